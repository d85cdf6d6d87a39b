package io.deltasync.launch;

import java.time.Duration;
import java.util.Optional;

import io.deltasync.run.LiveRun;
import io.deltasync.run.LiveRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Stops the runs of this process when it is told to end, while the databases are still
 * there: a run that is stopped is stored as such, and its Link is free at once.
 */
class GracefulStop implements SmartLifecycle {

	/** The first to be stopped. */
	static final int PHASE = Integer.MAX_VALUE;

	/** What is not through by then ends as a crash does, and is recovered like one. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private static final Logger logger = LoggerFactory.getLogger(GracefulStop.class);

	private final LiveRuns runs;

	private volatile boolean running;

	GracefulStop(LiveRuns runs) {
		this.runs = runs;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.runs.close();
		this.runs.links().forEach((link) -> this.runs.find(link).ifPresent((run) -> requestStop(link, run)));
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		for (String link : this.runs.links()) {
			await(link, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
		}
	}

	private static void requestStop(String link, LiveRun run) {
		logger.info("Link '{}' is stopped, as this process is told to end", link);
		try {
			run.requestStop();
		}
		catch (DataAccessException ex) {
			logger.warn("Link '{}': only this process knows that the run is to stop, the database does not: {}", link,
					ex.getMessage());
		}
	}

	private void await(String link, Duration time) {
		Optional<LiveRun> run = this.runs.find(link);
		try {
			if (run.isPresent() && !run.get().awaitEnd(time)) {
				logger.warn("Link '{}' did not stop in {}; its window is fetched again", link, PATIENCE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
