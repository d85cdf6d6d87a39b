package io.deltasync.run.start;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;

import io.deltasync.event.RunParameters;
import io.deltasync.link.Links;
import io.deltasync.run.job.LinkJob;
import io.deltasync.run.retry.Messages;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.converter.JobParametersConverter;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Hands the jobs of Links to {@link RunStarter}, and all others to Spring Batch's own
 * operator. Intercepts its calls instead of implementing them, because half of the
 * methods of {@link JobOperator}, those that take names and numbers, are to be removed
 * from Spring Batch. Thread-safe.
 */
public final class LinkJobOperator implements MethodInterceptor {

	private final JobRegistry registry;

	private final JobRepository repository;

	private final JobParametersConverter converter;

	private final Links links;

	private final RunStarter starter;

	private final CrashRecovery crashRecovery;

	private LinkJobOperator(JobRegistry registry, JobRepository repository, JobParametersConverter converter,
			Links links, RunStarter starter, CrashRecovery crashRecovery) {
		this.registry = registry;
		this.repository = repository;
		this.converter = converter;
		this.links = links;
		this.starter = starter;
		this.crashRecovery = crashRecovery;
	}

	/**
	 * Creates an operator for the jobs of Links and all others.
	 * @param operator the operator for all others
	 * @param registry the jobs
	 * @param repository the executions
	 * @param converter reads parameters that are given as properties
	 * @param links the Links
	 * @param starter starts and stops runs of Links
	 * @param crashRecovery recovers runs of Links
	 * @return the operator
	 */
	public static JobOperator around(JobOperator operator, JobRegistry registry, JobRepository repository,
			JobParametersConverter converter, Links links, RunStarter starter, CrashRecovery crashRecovery) {
		ProxyFactory factory = new ProxyFactory(JobOperator.class,
				new LinkJobOperator(registry, repository, converter, links, starter, crashRecovery));
		factory.setTarget(operator);
		return (JobOperator) factory.getProxy();
	}

	@Override
	public @Nullable Object invoke(MethodInvocation call) throws Throwable {
		Method method = call.getMethod();
		@Nullable Object[] arguments = call.getArguments();
		@Nullable Object answer;
		try {
			answer = switch (method.getName()) {
				case "start", "run", "startNextInstance" -> start(arguments);
				case "restart", "stop", "recover" -> change(method.getName(), arguments[0]);
				default -> null;
			};
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw isDeclared(method, ex) ? ex : new UnexpectedJobExecutionException(Messages.of(ex), ex);
		}
		if (answer instanceof JobExecution execution && method.getReturnType() == Long.class) {
			return execution.getId();
		}
		return (answer != null) ? answer : call.proceed();
	}

	private static boolean isDeclared(Method method, Exception ex) {
		return Arrays.stream(method.getExceptionTypes()).anyMatch((type) -> type.isInstance(ex));
	}

	/** Returns null if the job is none of a Link. */
	private @Nullable JobExecution start(@Nullable Object[] arguments) throws Exception {
		Job job = (arguments[0] instanceof String name) ? this.registry.getJob(name) : (Job) arguments[0];
		if (!(job instanceof LinkJob)) {
			return null;
		}
		Object given = (arguments.length > 1) ? arguments[1] : new JobParameters();
		JobParameters parameters = (given instanceof Properties properties)
				? this.converter.getJobParameters(properties) : (JobParameters) Objects.requireNonNull(given);
		return this.starter.start(this.links.get(job.getName()), job, parameters);
	}

	/** Returns null if the execution is none of a Link. */
	private @Nullable Object change(String method, @Nullable Object given) throws Exception {
		JobExecution execution = (given instanceof Long id) ? this.repository.getJobExecution(id)
				: (JobExecution) given;
		if (execution == null || !isOfLink(execution)) {
			return null;
		}
		return switch (method) {
			case "restart" -> restart(execution);
			case "stop" -> stop(execution);
			default -> this.crashRecovery.recover(execution);
		};
	}

	private JobExecution restart(JobExecution execution) throws JobRestartException {
		String link = execution.getJobInstance().getJobName();
		Job job = this.registry.getJob(link);
		if (job == null) {
			throw new JobRestartException("Link '%s' of event %d is not configured in this process".formatted(link,
					execution.getJobInstanceId()));
		}
		return this.starter.restart(this.links.get(link), job, execution);
	}

	/**
	 * Spring Batch's own stop is not used for the job of a Link, because it would
	 * conflict with the run, which writes to the same rows.
	 */
	private boolean stop(JobExecution execution) throws JobExecutionNotRunningException {
		String link = execution.getJobInstance().getJobName();
		boolean configured = this.registry.getJob(link) != null;
		if (!this.starter.stop(link, configured ? this.links.get(link) : null, execution.getJobInstanceId())) {
			throw new JobExecutionNotRunningException(
					"Link '%s': no run of event %d is going on, and no replay waits to follow it".formatted(link,
							execution.getJobInstanceId()));
		}
		return true;
	}

	/**
	 * Whether an execution belongs to a Link. The parameters decide if the Link is not
	 * configured in this process.
	 */
	private boolean isOfLink(JobExecution execution) {
		Job job = this.registry.getJob(execution.getJobInstance().getJobName());
		JobParameters parameters = execution.getJobParameters();
		return job instanceof LinkJob || (job == null && parameters.getParameter(RunParameters.RUN_TIMESTAMP) != null
				&& parameters.getParameter(RunParameters.MODE) != null
				&& parameters.getParameter(RunParameters.TRIGGER) != null);
	}

}
