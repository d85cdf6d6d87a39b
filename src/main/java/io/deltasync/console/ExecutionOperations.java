package io.deltasync.console;

import java.util.List;

import io.deltasync.audit.AuditLog;
import io.deltasync.config.Secrets;
import io.deltasync.event.StoredExecutions;
import io.deltasync.event.decision.AuditedAction;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Everything that a person can do with job executions. Those of Links go the way of their
 * Sync Events. Each action is stored in the audit log. Thread-safe.
 */
@Component
public class ExecutionOperations {

	private final JobExecutions executions;

	private final Operations events;

	private final Links links;

	private final JobRegistry jobs;

	private final JobOperator operator;

	private final JobRepository repository;

	private final JobStarter starter;

	private final AuditLog audit;

	public ExecutionOperations(JobExecutions executions, Operations events, Links links, JobRegistry jobs,
			JobOperator operator, JobRepository repository, JobStarter starter, AuditLog audit) {
		this.executions = executions;
		this.events = events;
		this.links = links;
		this.jobs = jobs;
		this.operator = operator;
		this.repository = repository;
		this.starter = starter;
		this.audit = audit;
	}

	/**
	 * Lists the jobs of this process that are not Links.
	 * @return their names, sorted
	 */
	public List<String> jobs() {
		return this.jobs.getJobNames().stream().filter((job) -> !this.links.names().contains(job)).sorted().toList();
	}

	/**
	 * Whether a job computes its parameters itself.
	 * @param job its name
	 * @return true if it has an incrementer, with which Spring Batch ignores given
	 * parameters
	 */
	public boolean hasIncrementer(String job) {
		return job(job).getJobParametersIncrementer() != null;
	}

	/**
	 * Starts a job that is not a Link: with the given parameters, or, if the job has an
	 * incrementer, with the next ones.
	 * @param name the job's name
	 * @param parameters one parameter a line, see {@link JobParameterLines}
	 * @param who the person
	 * @return the execution; null if it is not stored yet, because a system does not
	 * answer
	 * @throws Exception any exception of the JobOperator, for example when the instance
	 * is complete
	 */
	public @Nullable Long start(String name, String parameters, Person who) throws Exception {
		Job job = job(name);
		boolean next = job.getJobParametersIncrementer() != null;
		JobParameters given = JobParameterLines.parse(parameters);
		if (next && !given.isEmpty()) {
			throw new ConflictException(
					"The job '%s' has an incrementer, with which Spring Batch ignores parameters. Give none"
						.formatted(name));
		}
		AuditedAction action = AuditedAction.begin(this.audit, who.name(), "start-job", null, null, null,
				"job %s".formatted(name));
		return explained(() -> this.starter.start(job, (reporting) -> next ? this.operator.startNextInstance(reporting)
				: this.operator.start(reporting, given), action));
	}

	/**
	 * Restarts an execution: does what is missing of it.
	 * @param id its number
	 * @param who the person
	 * @return the newest execution of its instance, which may still be the old one if a
	 * system does not answer
	 * @throws Exception any exception of the JobOperator, for example when it is running
	 */
	public long restart(long id, Person who) throws Exception {
		JobExecutions.Details found = this.executions.find(id);
		if (found.event() != null) {
			this.events.restart(found.event(), who);
		}
		else {
			job(found.job());
			JobExecution execution = stored(found);
			AuditedAction action = begin("restart-job", found, who);
			explained(() -> this.starter.restart(() -> this.operator.restart(execution), action));
		}
		return this.executions.newestOf(found.instance());
	}

	/**
	 * Asks an execution to stop.
	 * @param id its number
	 * @param who the person
	 * @throws Exception any exception of the JobOperator, for example when it has ended
	 */
	public void stop(long id, Person who) throws Exception {
		JobExecutions.Details found = this.executions.find(id);
		if (found.event() != null) {
			this.events.stop(found.event(), who);
			return;
		}
		JobExecution execution = stored(found);
		AuditedAction action = begin("stop-job", found, who);
		explained(() -> action.carryOut(() -> this.operator.stop(execution)));
	}

	/**
	 * Abandons an execution: it cannot be restarted any more.
	 * @param id its number
	 * @param who the person
	 * @throws Exception any exception of the JobOperator, for example when it is running
	 */
	public void abandon(long id, Person who) throws Exception {
		JobExecutions.Details found = this.executions.find(id);
		if (found.event() != null) {
			throw new ConflictException(("Execution %d belongs to event %d of Link '%s', and runs of Links are not "
					+ "abandoned: the next run replaces it. Stop a run that is in progress")
				.formatted(id, found.event(), found.job()));
		}
		if ("COMPLETED".equals(found.status()) || "ABANDONED".equals(found.status())) {
			throw new ConflictException("Execution %d is %s already".formatted(id, found.status()));
		}
		JobExecution execution = stored(found);
		AuditedAction action = begin("abandon-job", found, who);
		explained(() -> action.carryOut(() -> this.operator.abandon(execution)));
	}

	/**
	 * Marks an execution as failed whose process has died.
	 * @param id its number
	 * @param who the person
	 * @throws Exception any exception of the JobOperator, for example when a live run
	 * holds the Link
	 */
	public void recover(long id, Person who) throws Exception {
		JobExecutions.Details found = this.executions.find(id);
		if (found.endedAt() != null) {
			throw new ConflictException("Execution %d has ended: it is %s".formatted(id, found.status()));
		}
		JobExecution execution = stored(found);
		AuditedAction action = begin("recover-job", found, who);
		explained(() -> action.carryOut(() -> this.operator.recover(execution)));
	}

	private AuditedAction begin(String action, JobExecutions.Details found, Person who) {
		return AuditedAction.begin(this.audit, who.name(), action, (found.event() != null) ? found.job() : null,
				found.event(), found.status(), "job %s, execution %d".formatted(found.job(), found.id()));
	}

	private Job job(String name) {
		if (this.links.names().contains(name)) {
			throw new ConflictException("The job '%s' is a Link. Run it on the page of the Link".formatted(name));
		}
		Job job = this.jobs.getJob(name);
		if (job == null) {
			throw new UnknownException("This process has no job '%s', so it cannot start it".formatted(name));
		}
		return job;
	}

	private JobExecution stored(JobExecutions.Details found) throws Exception {
		JobExecution execution = explained(() -> StoredExecutions.find(this.repository, found.id()).orElse(null));
		if (execution == null) {
			throw new UnknownException("Execution %d has just been deleted".formatted(found.id()));
		}
		return execution;
	}

	/** Shows what Spring Batch refuses by its message instead of as a failure. */
	private static <T> @Nullable T explained(Work<T> work) throws Exception {
		try {
			return work.call();
		}
		catch (JobExecutionException | ConflictException | DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ConflictException("Spring Batch refuses: " + Secrets.mask(String.valueOf(ex.getMessage())));
		}
	}

	/** Work that may throw anything. */
	private interface Work<T> {

		@Nullable T call() throws Exception;

	}

}
