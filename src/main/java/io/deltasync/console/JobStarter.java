package io.deltasync.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

import io.deltasync.event.decision.AuditedAction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParametersIncrementer;
import org.springframework.batch.core.job.parameters.JobParametersValidator;
import org.springframework.stereotype.Component;

/**
 * Starts jobs that are not Links, which report when they are executed that they are
 * stored. Thread-safe.
 */
@Component
public class JobStarter {

	/** Long enough for the checks before an execution is stored. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** A restart does not report when it is stored. */
	private static final Duration PATIENCE_OF_RESTART = Duration.ofSeconds(3);

	private final AtomicInteger number = new AtomicInteger();

	/** Creates as many threads as there are jobs; they end with the process. */
	private final Executor threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "deltasync-console-job-" + this.number.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Starts a job.
	 * @param job the job
	 * @param launch starts the given job, which is a view of it that reports
	 * @param action its entry in the audit log
	 * @return the number of the execution; null if it is not stored yet
	 * @throws Exception any exception of the launch
	 */
	@Nullable Long start(Job job, Launch launch, AuditedAction action) throws Exception {
		CompletableFuture<Long> stored = new CompletableFuture<>();
		Job reporting = reporting(job, (execution) -> {
			action.amend("job %s, execution %d".formatted(job.getName(), execution));
			stored.complete(execution);
		});
		return BackgroundStart.await(this.threads, stored,
				() -> action.carryOut(() -> launch.launch(reporting).getId()), PATIENCE);
	}

	/**
	 * Restarts an execution.
	 * @param restart restarts it
	 * @param action its entry in the audit log
	 * @return the number of the new execution if it has ended; otherwise null
	 * @throws Exception an exception of the restart, if it comes soon
	 */
	@Nullable Long restart(Restart restart, AuditedAction action) throws Exception {
		return BackgroundStart.await(this.threads, new CompletableFuture<>(),
				() -> action.carryOut(() -> restart.restart().getId()), PATIENCE_OF_RESTART);
	}

	private static Job reporting(Job job, LongConsumer stored) {
		return new Job() {

			@Override
			public String getName() {
				return job.getName();
			}

			@Override
			public boolean isRestartable() {
				return job.isRestartable();
			}

			@Override
			public @Nullable JobParametersIncrementer getJobParametersIncrementer() {
				return job.getJobParametersIncrementer();
			}

			@Override
			public JobParametersValidator getJobParametersValidator() {
				return job.getJobParametersValidator();
			}

			@Override
			public void execute(JobExecution execution) throws JobInterruptedException {
				stored.accept(execution.getId());
				job.execute(execution);
			}

		};
	}

	/** Starts a job. */
	interface Launch {

		JobExecution launch(Job job) throws Exception;

	}

	/** Restarts an execution. */
	interface Restart {

		JobExecution restart() throws Exception;

	}

}
