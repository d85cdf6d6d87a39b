package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.event.RunParameters;
import org.springframework.batch.core.job.JobExecution;

/**
 * The runs that this process carries out, at most one a Link. Thread-safe.
 */
public class LiveRuns implements AutoCloseable {

	private final Map<String, LiveRun> runs = new ConcurrentHashMap<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	/**
	 * Finds the run of a Link.
	 * @param link the Link's name
	 * @return the run, or empty when this process does not run the Link now
	 */
	public Optional<LiveRun> find(String link) {
		return Optional.ofNullable(this.runs.get(link));
	}

	/**
	 * Lists the Links that this process runs now.
	 * @return their names; may be empty
	 */
	public Set<String> links() {
		return Set.copyOf(this.runs.keySet());
	}

	/**
	 * Finds the run of a job execution. A run that has lost its Link is not given its
	 * successor's.
	 */
	LiveRun of(JobExecution execution) {
		String link = execution.getJobInstance().getJobName();
		Instant timestamp = RunParameters.of(execution.getJobParameters()).runTimestamp();
		return find(link).filter((run) -> run.parameters().runTimestamp().equals(timestamp))
			.orElseThrow(() -> new IllegalStateException(
					"Link '%s' was not started through the JobOperator bean, which takes its lease and completes its parameters; start it there"
						.formatted(link)));
	}

	/** Adds a run, unless one of the same Link is still being carried out. */
	boolean add(LiveRun run) {
		return this.runs.putIfAbsent(run.link().name(), run) == null;
	}

	/**
	 * Waits between two runs.
	 * @param time how long
	 * @return false when this process is to end before
	 */
	boolean pause(Duration time) {
		try {
			return !this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Lets no run follow another by itself any more. */
	@Override
	public void close() {
		this.closed.countDown();
	}

	/** Ends a run in this process: its lanes, if any are left, and its lease. */
	void remove(LiveRun run) {
		if (this.runs.remove(run.link().name(), run)) {
			run.abort("the run has ended");
			try {
				run.lease().close();
			}
			finally {
				run.end();
			}
		}
	}

}
