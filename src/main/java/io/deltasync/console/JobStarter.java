package io.deltasync.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParametersIncrementer;
import org.springframework.batch.core.job.parameters.JobParametersValidator;
import org.springframework.stereotype.Component;

/**
 * Starts jobs that are not Links in threads of their own, and waits only until an
 * execution is stored, so that a refusal is reported to the person. Thread-safe.
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
	 * @return the number of the execution; null if it is not stored yet
	 * @throws Exception any exception of the launch
	 */
	@Nullable Long start(Job job, Launch launch) throws Exception {
		CompletableFuture<Long> stored = new CompletableFuture<>();
		return await(stored, () -> launch.launch(reporting(job, stored)), PATIENCE);
	}

	/**
	 * Restarts an execution.
	 * @param restart restarts it
	 * @return the number of the new execution if it has ended; otherwise null
	 * @throws Exception an exception of the restart, if it comes soon
	 */
	@Nullable Long restart(Restart restart) throws Exception {
		return await(new CompletableFuture<>(), restart, PATIENCE_OF_RESTART);
	}

	private @Nullable Long await(CompletableFuture<Long> stored, Restart work, Duration patience) throws Exception {
		this.threads.execute(() -> {
			try {
				stored.complete(work.restart().getId());
			}
			catch (Exception ex) {
				stored.completeExceptionally(ex);
			}
		});
		try {
			return stored.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private static Job reporting(Job job, CompletableFuture<Long> stored) {
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
				stored.complete(execution.getId());
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
