package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.SourceAdapter;
import io.deltasync.event.RunParameters;
import io.deltasync.run.retry.Instances;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;

/**
 * The runs of this process, at most one for each Link. Thread-safe.
 */
public class ActiveRuns implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ActiveRuns.class);

	private final Map<String, ActiveRun> runs = new ConcurrentHashMap<>();

	private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

	private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	/**
	 * Finds the run of a Link.
	 * @param link the Link's name
	 * @return the run, or empty if this process is not running the Link
	 */
	public Optional<ActiveRun> find(String link) {
		return Optional.ofNullable(this.runs.get(link));
	}

	/**
	 * Returns the Links that this process is running.
	 * @return their names; may be empty
	 */
	public Set<String> links() {
		return Set.copyOf(this.runs.keySet());
	}

	/**
	 * Returns the run of a job execution. A run that has lost its Link does not get the
	 * run that succeeded it.
	 * @throws IllegalStateException if this process is not running the execution
	 */
	public ActiveRun of(JobExecution execution) {
		return find(execution).orElseThrow(() -> new IllegalStateException(
				"Link '%s' was not started through the JobOperator bean, which acquires its lease and completes its parameters; start it there"
					.formatted(execution.getJobInstance().getJobName())));
	}

	public Optional<ActiveRun> find(JobExecution execution) {
		String timestamp = execution.getJobParameters().getString(RunParameters.RUN_TIMESTAMP);
		return find(execution.getJobInstance().getJobName())
			.filter((run) -> timestamp != null && run.parameters().runTimestamp().equals(Instant.parse(timestamp)));
	}

	/**
	 * Returns the counts of a Link's records in this process.
	 * @param link the Link's name
	 * @return the tally, the same instance for each call
	 */
	public Tally tally(String link) {
		return this.tallies.computeIfAbsent(link, (name) -> new Tally());
	}

	/**
	 * Adds a listener that is called after each run that ends from now on.
	 * @param listener the listener
	 */
	public void addListener(RunListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Adds a run, unless the same Link is still running in this process or this process
	 * starts no more runs.
	 * @return whether the run was added
	 */
	public boolean add(ActiveRun run) {
		String link = run.link().name();
		if (this.runs.putIfAbsent(link, run) != null) {
			return false;
		}
		if (isClosed()) {
			// close() may have come between the two checks
			this.runs.remove(link, run);
			return false;
		}
		run.counters().countIn(tally(link));
		return true;
	}

	/** Prevents further runs from starting. Runs in progress continue. */
	@Override
	public void close() {
		this.closed.countDown();
	}

	/**
	 * Whether no more runs start.
	 * @return true once this process is ending
	 */
	public boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Waits until this process is ending.
	 * @param time how long to wait at most
	 * @return true once no more runs start, false if the time has passed
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitClose(Duration time) throws InterruptedException {
		return this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Removes a run that has ended and calls the listeners. */
	public void end(ActiveRun run) {
		remove(run);
		for (RunListener listener : this.listeners) {
			try {
				listener.ended(run);
			}
			catch (RuntimeException ex) {
				logger.warn("Link '{}': listener {} failed after a run", run.link().name(), listener, ex);
			}
		}
	}

	/** Removes a run: aborts lanes that are still running and closes its lease. */
	public void remove(ActiveRun run) {
		if (this.runs.remove(run.link().name(), run)) {
			run.ending().abort("the run has ended");
			SourceAdapter planned = run.takePlanned();
			if (planned != null) {
				Instances.close(List.of(planned));
			}
			try {
				run.lease().close();
			}
			finally {
				run.end();
			}
		}
	}

}
