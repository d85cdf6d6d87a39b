package io.deltasync.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.ScopeReset;
import io.deltasync.run.lane.WorkerApplication;
import io.deltasync.run.plan.Restart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with scripted adapters, whose JobRepository is on any database. A
 * subclass has {@link EachDatabase}, and its instance is shared by all databases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ScriptedRuns {

	public static final String LINK = "people";

	/** Whether each test is run on its own in one JVM, as mutation testing does. */
	private static final boolean KEEP = Boolean.getBoolean("deltasync.keepApplications");

	private static final Map<Object, ConfigurableApplicationContext> KEPT = new ConcurrentHashMap<>();

	@Parameter
	public TestDatabase database;

	private final String sourceAdapter;

	private final List<String> settings;

	public ConfigurableApplicationContext application;

	public Script script;

	public JobOperator operator;

	public SyncEvents events;

	public Job job;

	public @Nullable WorkerApplication worker;

	private List<String> properties = List.of();

	public ScriptedRuns(String sourceAdapter, String... settings) {
		this.sourceAdapter = sourceAdapter;
		this.settings = List.of(settings);
	}

	/** Whether its lanes are carried out by another application, with the same script. */
	public boolean isRemote() {
		return false;
	}

	@BeforeParameterizedClassInvocation
	void start() throws Exception {
		Object key = List.of(getClass(), this.database);
		ConfigurableApplicationContext kept = KEPT.get(key);
		this.application = (kept != null) ? kept : startApplication();
		if (KEEP && !isRemote()) {
			KEPT.put(key, this.application);
		}
		this.script = this.application.getBean(Script.class);
		if (this.worker != null) {
			this.worker.start(this.script);
		}
		this.operator = this.application.getBean(JobOperator.class);
		this.events = this.application.getBean(SyncEvents.class);
		this.job = this.application.getBeansOfType(Job.class)
			.values()
			.stream()
			.filter((bean) -> bean.getName().equals(LINK))
			.findFirst()
			.orElseThrow();
	}

	private ConfigurableApplicationContext startApplication() throws Exception {
		String schema = this.database.createSchema();
		List<String> properties = new ArrayList<>(List.of("spring.datasource.url=" + this.database.url(schema),
				"deltasync.lease=5s", "logging.level.root=WARN", "logging.level.org.springframework.batch=OFF",
				"spring.main.banner-mode=off", "deltasync.links.people.batch-size-limit=50",
				"deltasync.links.people.lanes=3", "deltasync.links.people.retry.delay=1ms",
				"deltasync.links.people.source.adapter=" + this.sourceAdapter,
				"deltasync.links.people.source.table=person", "deltasync.links.people.target.adapter=scriptedTarget",
				"deltasync.links.people.target.table=contact"));
		if (this.database.username() != null) {
			properties.add("spring.datasource.username=" + this.database.username());
			properties.add("spring.datasource.password=");
		}
		if (isRemote()) {
			this.worker = WorkerApplication.prepare(properties);
		}
		properties.addAll(this.settings);
		this.properties = properties;
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	/** Starts another process that shares the database, the source and the target. */
	public ConfigurableApplicationContext startAnother() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(this.properties.toArray(String[]::new))
			.initializers((context) -> context.getBeanFactory().registerSingleton("sharedScript", this.script))
			.run();
	}

	@AfterParameterizedClassInvocation
	void stop() throws Exception {
		if (this.worker != null) {
			this.worker.close();
			this.worker = null;
		}
		if (this.application != null && !KEPT.containsValue(this.application)) {
			this.application.close();
		}
	}

	@BeforeEach
	public void forget() {
		JobTables.empty(this.application.getBean(JdbcTemplate.class));
		this.script.reset();
	}

	/** Whatever way their execution contexts have ended. */
	@AfterEach
	void instancesWereClosedOnceEach() {
		// some are closed after the end of the run, such as those of a worker
		await(() -> this.script.closed.size() >= this.script.made.size());
		assertThat(this.script.closed).containsExactlyInAnyOrderElementsOf(this.script.made);
	}

	public SyncEvent run() throws Exception {
		return run("DELTA");
	}

	public SyncEvent runTesting() throws Exception {
		return run("DELTA", "testing");
	}

	public SyncEvent run(String mode, String... flags) throws Exception {
		JobParametersBuilder parameters = new JobParametersBuilder().addString("mode", mode, false);
		for (String flag : flags) {
			parameters.addString(flag, "true", false);
		}
		JobExecution execution = this.operator.start(this.job, parameters.toJobParameters());
		return this.events.find(execution.getJobInstance().getId()).orElseThrow();
	}

	public SyncEvent replay(SyncEvent event) throws Exception {
		JobExecution execution = this.operator.start(this.job,
				new JobParametersBuilder().addString("mode", "REPLAY", false)
					.addLong("replayOf", event.id(), false)
					.toJobParameters());
		return this.events.find(execution.getJobInstance().getId()).orElseThrow();
	}

	public void scopes(int count, int recordsEach) {
		this.script.plan = (source, context) -> FetchStrategy
			.scopes(IntStream.range(0, count).mapToObj(String::valueOf).toList(), (long) count * recordsEach);
		this.script.fetch = (source, context, scope) -> {
			int from = Integer.parseInt(scope) * recordsEach;
			return Script.records(from, from + recordsEach);
		};
	}

	/** Lets scopes fail, and returns what fetched before. */
	public Script.Fetch breaking(String... broken) {
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (List.of(broken).contains(scope)) {
				throw new IllegalStateException("corrupt");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		return fetch;
	}

	public SyncEvent restart(SyncEvent event) throws Exception {
		this.operator.restart(execution(event));
		return this.events.find(event.id()).orElseThrow();
	}

	public JobExecution execution(SyncEvent event) {
		return this.application.getBean(JobRepository.class)
			.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
	}

	/** The transactions of a process that dies in one of them, before it is committed. */
	public RunTransactions dyingIn(int transaction) {
		RunTransactions transactions = this.application.getBean(RunTransactions.class);
		AtomicInteger number = new AtomicInteger();
		TransactionTemplate dying = new TransactionTemplate(transactions.template().getTransactionManager()) {
			@Override
			public <T> T execute(TransactionCallback<T> action) {
				return super.execute((status) -> {
					T result = action.doInTransaction(status);
					if (number.getAndIncrement() == transaction) {
						throw new IllegalStateException("killed");
					}
					return result;
				});
			}
		};
		return new RunTransactions(dying, transactions.clock());
	}

	/** Begins a restart and dies in one of its transactions, before it is committed. */
	public void takeUpAndDie(SyncEvent event, int transaction) throws Exception {
		RunTables tables = this.application.getBean(RunTables.class);
		Link link = this.application.getBean(Links.class).get(LINK);
		try (Lease lease = this.application.getBean(Leases.class).acquire(LINK)) {
			ActiveRun run = new ActiveRun(link, RunParameters.of(execution(event).getJobParameters()), lease,
					this.application.getBean(RunTransactions.class).now());
			new Restart(tables.plans(), tables.pages(), tables.failedScopes(), dyingIn(transaction),
					new ScopeReset(tables))
				.resume(run, event.id(), tables.plans().find(event.id()));
		}
	}

	/**
	 * Has the database roll back each transaction of the engine once, as after a
	 * deadlock, before it lets it pass.
	 */
	public <T> T rollingBackOnce(Callable<T> action) throws Exception {
		TransactionTemplate transaction = this.application.getBean(RunTransactions.class).template();
		PlatformTransactionManager manager = transaction.getTransactionManager();
		ThreadLocal<Boolean> rolledBack = ThreadLocal.withInitial(() -> false);
		transaction.setTransactionManager(new PlatformTransactionManager() {

			@Override
			public TransactionStatus getTransaction(TransactionDefinition definition) {
				return manager.getTransaction(definition);
			}

			@Override
			public void commit(TransactionStatus status) {
				rolledBack.set(!rolledBack.get());
				if (rolledBack.get()) {
					manager.rollback(status);
					throw new CannotAcquireLockException("deadlock");
				}
				manager.commit(status);
			}

			@Override
			public void rollback(TransactionStatus status) {
				manager.rollback(status);
			}

		});
		try {
			return action.call();
		}
		finally {
			transaction.setTransactionManager(manager);
		}
	}

	/** Acknowledges all rejects that wait. They are tried again in some minutes. */
	public void acknowledge() {
		Rejects rejects = this.application.getBean(RunTables.class).rejects();
		RunTransactions transactions = this.application.getBean(RunTransactions.class);
		transactions.run(() -> rejects.waiting(LINK, 100)
			.forEach((reject) -> rejects.acknowledge(reject.id(), transactions.clock().instant())));
	}

	/** Waits for what another thread does; only what is asked decides how long. */
	public static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("timed out after a minute");
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	/** Runs in a thread of its own. */
	public CompletableFuture<SyncEvent> runAside() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/** Makes an event look as if its process had died before it could say so. */
	public void kill(SyncEvent event) {
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', EXIT_CODE = 'UNKNOWN', END_TIME = NULL "
					+ "WHERE JOB_INSTANCE_ID = ?", event.id());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		/** Lets a test have the JobRepository fail. */
		@Bean
		static BeanPostProcessor scriptedRepository(ObjectProvider<Script> script) {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof JobRepository repository) ? around(repository, script) : bean;
				}

			};
		}

		private static Object around(JobRepository repository, ObjectProvider<Script> script) {
			return Proxy.newProxyInstance(JobRepository.class.getClassLoader(), new Class<?>[] { JobRepository.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("update") && arguments[0] instanceof StepExecution step) {
							script.getObject().stepUpdate.accept(step);
						}
						if (method.getName().equals("createStepExecution")) {
							script.getObject().stepCreation.accept((String) arguments[0]);
						}
						if (method.getName().equals("getJobExecutions")) {
							script.getObject().jobLookedUp.run();
						}
						try {
							Object answer = method.invoke(repository, arguments);
							if (method.getName().equals("createJobExecution")) {
								script.getObject().jobCreated.run();
							}
							return answer;
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		/** A worker has the script of the application that it works for. */
		@Bean
		@ConditionalOnMissingBean
		Script script() {
			return new Script();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedSource scriptedSource(Script script) {
			return new ScriptedSource(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedTarget scriptedTarget(Script script) {
			return new ScriptedTarget(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedFilter scriptedFilter(Script script) {
			return new ScriptedFilter(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedDelayedSource scriptedDelayedSource(Script script) {
			return new ScriptedDelayedSource(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedAnySource scriptedAnySource(Script script) {
			return new ScriptedAnySource(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedChainSource scriptedChainSource(Script script) {
			return new ScriptedChainSource(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedRowSource scriptedRowSource(Script script) {
			return new ScriptedRowSource(script);
		}

	}

}
