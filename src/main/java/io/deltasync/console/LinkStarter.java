package io.deltasync.console;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.deltasync.event.decision.AuditedAction;
import io.deltasync.run.RunEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.event.EventListener;

/**
 * Starts runs of Links, which report by a {@link RunEvent} that they are stored.
 * Thread-safe.
 */
public class LinkStarter {

	/** Longer than the checks before a run is stored may take. */
	private static final Duration PATIENCE = Duration.ofSeconds(50);

	/** The start that the current thread is to report. */
	private static final ThreadLocal<@Nullable Start> starting = new ThreadLocal<>();

	private final JobOperator operator;

	private final JobRegistry jobs;

	private final Executor threads;

	/**
	 * Creates a starter.
	 * @param operator starts, and runs a run in the calling thread
	 * @param jobs the jobs of the Links
	 * @param threads runs each run
	 */
	public LinkStarter(JobOperator operator, JobRegistry jobs, Executor threads) {
		this.operator = operator;
		this.jobs = jobs;
		this.threads = threads;
	}

	/**
	 * Starts a run.
	 * @param link the Link's name
	 * @param parameters its job parameters; missing ones are added
	 * @param action its entry in the audit log
	 * @return the Sync Event; null if the run is not stored yet, because a system does
	 * not answer
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	@Nullable Long start(String link, JobParameters parameters, AuditedAction action) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		return launch(() -> this.operator.start(job, parameters), false, action);
	}

	/**
	 * Executes a run that only changes the window, and waits for its end.
	 * @param link the Link's name
	 * @param parameters its job parameters; missing ones are added
	 * @param action its entry in the audit log
	 * @return the Sync Event; null if the run has not ended yet
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	@Nullable Long complete(String link, JobParameters parameters, AuditedAction action) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		return launch(() -> this.operator.start(job, parameters), true, action);
	}

	/**
	 * Restarts a run.
	 * @param execution its last attempt
	 * @param action its entry in the audit log
	 * @return the Sync Event, or null as above
	 * @throws Exception any exception of the JobOperator
	 */
	@Nullable Long restart(JobExecution execution, AuditedAction action) throws Exception {
		return launch(() -> this.operator.restart(execution), false, action);
	}

	private @Nullable Long launch(Launch launch, boolean toItsEnd, AuditedAction action) throws Exception {
		Start start = new Start(new CompletableFuture<>(), toItsEnd, action);
		return BackgroundStart.await(this.threads, start.stored(), () -> {
			starting.set(start);
			try {
				return action.carryOut(() -> launch.call().getJobInstanceId());
			}
			finally {
				starting.remove();
			}
		}, PATIENCE);
	}

	/**
	 * Reports a start of this starter as soon as it is stored.
	 * @param event the start of any run, published in the run's thread
	 */
	@EventListener
	public void started(RunEvent.Started event) {
		Start start = starting.get();
		if (start != null) {
			start.action().started(event.event());
			if (!start.toItsEnd()) {
				start.stored().complete(event.event());
			}
		}
	}

	/**
	 * A start that is going on.
	 *
	 * @param stored is completed with the Sync Event
	 * @param toItsEnd whether the end of the run is waited for
	 * @param action its entry in the audit log
	 */
	private record Start(CompletableFuture<Long> stored, boolean toItsEnd, AuditedAction action) {

	}

	/** Starts or restarts a run. */
	private interface Launch {

		JobExecution call() throws Exception;

	}

}
