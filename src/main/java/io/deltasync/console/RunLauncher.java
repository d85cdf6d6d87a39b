package io.deltasync.console;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.deltasync.run.RunEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.event.EventListener;

/**
 * Starts runs in threads of their own and waits only until they are stored, so that a
 * refusal, for example of a busy Link, is reported to the person. Thread-safe.
 */
public class RunLauncher {

	/**
	 * How long a start is waited for, in seconds: longer than the checks before a run is
	 * stored may take.
	 */
	static final long PATIENCE = 50;

	private final JobOperator operator;

	private final JobRegistry jobs;

	private final Executor threads;

	/** The start that the current thread is to report. */
	private static final ThreadLocal<@Nullable CompletableFuture<Long>> starting = new ThreadLocal<>();

	/**
	 * Creates a launcher.
	 * @param operator starts, and runs a run in the calling thread
	 * @param jobs the jobs of the Links
	 * @param threads runs each run
	 */
	public RunLauncher(JobOperator operator, JobRegistry jobs, Executor threads) {
		this.operator = operator;
		this.jobs = jobs;
		this.threads = threads;
	}

	/**
	 * Starts a run.
	 * @param link the Link's name
	 * @param parameters its job parameters; missing ones are added
	 * @return the Sync Event; null if the run is not stored yet after {@value #PATIENCE}
	 * seconds, because a system does not answer
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	@Nullable Long start(String link, JobParameters parameters) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		return launch(() -> this.operator.start(job, parameters), false);
	}

	/**
	 * Executes a run that only changes the window, and waits for its end.
	 * @param link the Link's name
	 * @param parameters its job parameters; missing ones are added
	 * @return the Sync Event; null if the run has not ended after {@value #PATIENCE}
	 * seconds
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	@Nullable Long complete(String link, JobParameters parameters) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		return launch(() -> this.operator.start(job, parameters), true);
	}

	/**
	 * Restarts a run.
	 * @param execution its last attempt
	 * @return the Sync Event, or null as above
	 * @throws Exception any exception of the JobOperator
	 */
	@Nullable Long restart(JobExecution execution) throws Exception {
		return launch(() -> this.operator.restart(execution), false);
	}

	private @Nullable Long launch(Launch launch, boolean toItsEnd) throws Exception {
		CompletableFuture<Long> started = new CompletableFuture<>();
		this.threads.execute(() -> {
			if (!toItsEnd) {
				starting.set(started);
			}
			try {
				started.complete(launch.call().getJobInstanceId());
			}
			catch (Exception ex) {
				started.completeExceptionally(ex);
			}
			finally {
				starting.remove();
			}
		});
		try {
			return started.get(PATIENCE, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	/**
	 * Reports a start of this launcher as soon as it is stored.
	 * @param event the start of any run, published in the run's thread
	 */
	@EventListener
	public void started(RunEvent.Started event) {
		CompletableFuture<Long> start = starting.get();
		if (start != null) {
			start.complete(event.event());
		}
	}

	/** Starts or restarts a run. */
	private interface Launch {

		JobExecution call() throws Exception;

	}

}
