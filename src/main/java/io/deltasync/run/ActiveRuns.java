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
 * The runs that this process carries out, at most one a Link. Thread-safe.
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
	 * @return the run, or empty when this process does not run the Link now
	 */
	public Optional<ActiveRun> find(String link) {
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
	public ActiveRun of(JobExecution execution) {
		return find(execution).orElseThrow(() -> new IllegalStateException(
				"Link '%s' was not started through the JobOperator bean, which takes its lease and completes its parameters; start it there"
					.formatted(execution.getJobInstance().getJobName())));
	}

	public Optional<ActiveRun> find(JobExecution execution) {
		String timestamp = execution.getJobParameters().getString(RunParameters.RUN_TIMESTAMP);
		return find(execution.getJobInstance().getJobName())
			.filter((run) -> timestamp != null && run.parameters().runTimestamp().equals(Instant.parse(timestamp)));
	}

	/**
	 * Tells what has become of the records of a Link in this process.
	 * @param link the Link's name
	 * @return the tally, the same one at each call
	 */
	public Tally tally(String link) {
		return this.tallies.computeIfAbsent(link, (name) -> new Tally());
	}

	/**
	 * Has a listener told of each run that ends from now on.
	 * @param listener the listener
	 */
	public void addListener(RunListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Adds a run, unless one of the same Link is still being carried out, or no more are
	 * to begin.
	 */
	public boolean add(ActiveRun run) {
		String link = run.link().name();
		if (this.runs.putIfAbsent(link, run) != null) {
			return false;
		}
		if (isClosed()) {
			// whoever closed it may not have seen the run
			this.runs.remove(link, run);
			return false;
		}
		run.countIn(tally(link));
		return true;
	}

	/**
	 * Waits between two runs.
	 * @param time how long
	 * @return false when this process is to end before
	 */
	public boolean pause(Duration time) {
		try {
			return !this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Lets no run begin any more. */
	@Override
	public void close() {
		this.closed.countDown();
	}

	/**
	 * Tells whether no run begins any more.
	 * @return true once this process is to end
	 */
	public boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Waits until no run begins any more.
	 * @param time how long at most
	 * @return true once this process is to end, false when the time has passed
	 * @throws InterruptedException when the thread is interrupted
	 */
	public boolean awaitClose(Duration time) throws InterruptedException {
		return this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Ends a run that was carried out, and tells who wants to know. */
	public void end(ActiveRun run) {
		remove(run);
		for (RunListener listener : this.listeners) {
			try {
				listener.ended(run);
			}
			catch (RuntimeException ex) {
				logger.warn("Link '{}': {} failed after a run", run.link().name(), listener, ex);
			}
		}
	}

	/** Ends a run in this process: its lanes, if any are left, and its lease. */
	public void remove(ActiveRun run) {
		if (this.runs.remove(run.link().name(), run)) {
			run.abort("the run has ended");
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
