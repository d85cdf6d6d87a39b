package io.deltasync.autoconfigure;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.cli.process.OwnApplication;
import io.deltasync.event.RunContextSerializer;
import io.deltasync.event.RunTimestampKey;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Leases;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.lease.Slots;
import io.deltasync.link.Links;
import io.deltasync.notify.LinkNotices;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.start.AutoReplays;
import io.deltasync.run.start.CrashRecovery;
import io.deltasync.run.start.LinkJobOperator;
import io.deltasync.run.start.RunStarter;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.batch.core.configuration.BatchConfigurationException;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.converter.DefaultJobParametersConverter;
import org.springframework.batch.core.converter.JobParametersConverter;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.batch.infrastructure.item.database.support.DataFieldMaxValueIncrementerFactory;
import org.springframework.batch.infrastructure.item.database.support.DefaultDataFieldMaxValueIncrementerFactory;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.batch.autoconfigure.BatchConversionServiceCustomizer;
import org.springframework.boot.batch.autoconfigure.BatchTaskExecutor;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.ConfigurableConversionService;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.support.incrementer.DataFieldMaxValueIncrementer;
import org.springframework.resilience.retry.MethodRetrySpec;
import org.springframework.resilience.retry.SimpleRetryInterceptor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * Configures Spring Batch with a JDBC JobRepository, a readable execution context, run
 * timestamps as job keys, and an operator that applies the rules of Links. Replaces
 * Boot's own configuration, which cannot set the job keys, and honours its settings.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnlyBatchConfiguration.class)
@EnableConfigurationProperties(BatchJdbcProperties.class)
public class BatchConfiguration extends JdbcDefaultBatchConfiguration {

	private static final int RETRIES = 5;

	private static final Duration RETRY_DELAY = Duration.ofMillis(20);

	private static final Duration LONGEST_RETRY_DELAY = Duration.ofSeconds(1);

	private final RepositoryDatabase database;

	private final TaskExecutor taskExecutor;

	private final RunContextSerializer serializer;

	private final BatchJdbcProperties properties;

	private final List<BatchConversionServiceCustomizer> conversions;

	private final JobParametersConverter parameters;

	BatchConfiguration(RepositoryDatabase database, @BatchTaskExecutor ObjectProvider<TaskExecutor> taskExecutor,
			@Qualifier("deltasyncRunContextSerializer") RunContextSerializer serializer, BatchJdbcProperties properties,
			ObjectProvider<BatchConversionServiceCustomizer> conversions,
			ObjectProvider<JobParametersConverter> parameters) {
		this.database = database;
		this.taskExecutor = taskExecutor.getIfAvailable(SyncTaskExecutor::new);
		this.serializer = serializer;
		this.properties = properties;
		this.conversions = conversions.orderedStream().toList();
		this.parameters = parameters.getIfAvailable(DefaultJobParametersConverter::new);
	}

	/** Retries storing a launch or a step, which may be rolled back by a deadlock. */
	@Bean
	@Override
	public JobRepository jobRepository() {
		NameMatchMethodPointcutAdvisor creations = new NameMatchMethodPointcutAdvisor(new SimpleRetryInterceptor(
				new MethodRetrySpec((method, thrown) -> thrown instanceof PessimisticLockingFailureException, RETRIES,
						RETRY_DELAY, RETRY_DELAY, 2, LONGEST_RETRY_DELAY)));
		creations.setMappedName("create*");
		ProxyFactory repository = new ProxyFactory(super.jobRepository());
		repository.addAdvisor(creations);
		return (JobRepository) repository.getProxy();
	}

	/** Keeps the application's serializer for the application's own jobs. */
	@Bean(defaultCandidate = false)
	static RunContextSerializer deltasyncRunContextSerializer(ObjectProvider<ExecutionContextSerializer> application,
			Environment environment) {
		return new RunContextSerializer(application.getIfAvailable(() -> OwnApplication.is(environment)
				? new JacksonExecutionContextStringSerializer() : new DefaultExecutionContextSerializer()));
	}

	@Bean
	@ConditionalOnMissingBean
	static JobRegistry jobRegistry(BeanFactory beans) {
		return new LinkJobRegistry(beans);
	}

	/**
	 * Excludes the registry from lazy initialization: it learns of jobs only if it is
	 * created with the application.
	 */
	@Bean
	static LazyInitializationExcludeFilter deltasyncEagerJobRegistry() {
		return LazyInitializationExcludeFilter.forBeanTypes(JobRegistry.class);
	}

	@Bean
	static CrashRecovery deltasyncCrashRecovery(JobRepository repository, SyncEvents events, Leases leases,
			RunTables tables, RunTransactions transactions, Slots slots, ApplicationEventPublisher publisher,
			LinkNotices notices) {
		return new CrashRecovery(repository, events, leases, tables, transactions, slots,
				new RunEventPublisher(publisher), notices);
	}

	/** Looks up further dependencies, because the superclass fixes the parameters. */
	@Bean
	@Override
	public JobOperator jobOperator(JobRepository jobRepository) {
		JobRegistry registry = bean(JobRegistry.class);
		CrashRecovery crashRecovery = bean(CrashRecovery.class);
		RunStarter starter = new RunStarter(jobRepository, this.taskExecutor, bean(ActiveRuns.class),
				bean(Leases.class), bean(SyncEvents.class), crashRecovery, bean(AutoReplays.class),
				bean(RunTables.class), bean(RunTransactions.class), bean(Slots.class),
				new RunEventPublisher(this.applicationContext));
		return LinkJobOperator.around(ownJobs(jobRepository, registry), registry, jobRepository, this.parameters,
				bean(Links.class), starter, crashRecovery);
	}

	/** Creates the operator of the jobs that the application brings. */
	private JobOperator ownJobs(JobRepository repository, JobRegistry registry) {
		TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
		operator.setJobRepository(repository);
		operator.setJobRegistry(registry);
		operator.setTaskExecutor(this.taskExecutor);
		// by name, because a later version of Spring Batch no longer has this property
		BeanWrapper properties = new BeanWrapperImpl(operator);
		if (properties.isWritableProperty("jobParametersConverter")) {
			properties.setPropertyValue("jobParametersConverter", this.parameters);
		}
		try {
			operator.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new BatchConfigurationException("The job operator could not be set up", ex);
		}
		return operator;
	}

	private <T> T bean(Class<T> type) {
		return this.applicationContext.getBean(type);
	}

	@Override
	protected DataSource getDataSource() {
		return this.database.dataSource();
	}

	@Override
	protected PlatformTransactionManager getTransactionManager() {
		return this.database.transactionManager();
	}

	@Override
	protected ExecutionContextSerializer getExecutionContextSerializer() {
		return this.serializer;
	}

	@Override
	protected JobKeyGenerator getJobKeyGenerator() {
		return new RunTimestampKey();
	}

	@Override
	protected boolean getValidateTransactionState() {
		return this.properties.isValidateTransactionState();
	}

	/**
	 * Replaces SERIALIZABLE, the default, with which concurrent starts deadlock on MySQL.
	 */
	@Override
	public Isolation getIsolationLevelForCreate() {
		Isolation configured = this.properties.getIsolationLevelForCreate();
		return (configured != null) ? configured : Isolation.READ_COMMITTED;
	}

	@Override
	protected DataFieldMaxValueIncrementerFactory getIncrementerFactory() {
		return new DefaultDataFieldMaxValueIncrementerFactory(getDataSource()) {

			@Override
			public DataFieldMaxValueIncrementer getIncrementer(String databaseType, String name) {
				return DatabaseType.MYSQL.name().equals(databaseType) ? new MySqlSequence(getDataSource(), name)
						: super.getIncrementer(databaseType, name);
			}

		};
	}

	@Override
	protected ConfigurableConversionService getConversionService() {
		ConfigurableConversionService service = super.getConversionService();
		this.conversions.forEach((customizer) -> customizer.customize(service));
		return service;
	}

}
