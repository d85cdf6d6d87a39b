package io.deltasync.cli;

import java.time.Duration;
import java.util.Optional;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Stops the runs of this process when it is told to end, while the databases are still
 * there: a run that is stopped is stored as such, and its Link is free at once.
 */
public class GracefulStop implements SmartLifecycle {

	/** The first to be stopped. */
	static final int PHASE = Integer.MAX_VALUE;

	/** What is not through by then ends as a crash does, and is recovered like one. */
	static final Duration PATIENCE = Duration.ofSeconds(25);

	/**
	 * What a run has not been given by then it is not given any more, so that there is
	 * time to store how far it came.
	 */
	private static final Duration LAST_CALL = Duration.ofSeconds(18);

	private static final Logger logger = LoggerFactory.getLogger(GracefulStop.class);

	private final ActiveRuns runs;

	private volatile boolean running;

	public GracefulStop(ActiveRuns runs) {
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
		this.runs.links().forEach((link) -> this.runs.find(link).ifPresent((run) -> {
			// if the database does not answer, the other runs must not wait for that
			Thread thread = new Thread(() -> requestStop(link, run), "deltasync-stop");
			thread.setDaemon(true);
			thread.start();
		}));
		long began = System.nanoTime();
		if (!await(began + LAST_CALL.toNanos())) {
			this.runs.links().forEach((link) -> this.runs.find(link).ifPresent(ActiveRun::abortWaits));
			if (!await(began + PATIENCE.toNanos())) {
				this.runs.links()
					.forEach((link) -> logger.warn("Link '{}' did not stop within {} s; its window is fetched again",
							link, PATIENCE.toSeconds()));
			}
		}
	}

	/** Whether all runs have ended by then. */
	private boolean await(long deadline) {
		return this.runs.links()
			.stream()
			.map((link) -> hasEnded(link, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))
			.reduce(true, Boolean::logicalAnd);
	}

	private static void requestStop(String link, ActiveRun run) {
		logger.info("Link '{}' is stopped, as this process is told to end", link);
		try {
			run.requestStop();
		}
		catch (DataAccessException ex) {
			logger.warn("Link '{}': only this process knows that the run is to stop, the database does not: {}", link,
					ex.getMessage());
		}
	}

	private boolean hasEnded(String link, Duration time) {
		Optional<ActiveRun> run = this.runs.find(link);
		try {
			return run.isEmpty() || run.get().awaitEnd(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
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
