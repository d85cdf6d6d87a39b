package io.deltasync.cli.process;

import java.time.Duration;
import java.util.Optional;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Stops the runs of this process on shutdown, before the databases are closed: the runs
 * are stored as stopped, and their Links are released at once.
 */
public class GracefulStop implements SmartLifecycle {

	/** Stopped before all other beans. */
	public static final int PHASE = Integer.MAX_VALUE;

	/** A run that has not ended by then counts as crashed and is recovered as such. */
	public static final Duration PATIENCE = Duration.ofSeconds(25);

	/**
	 * The time after which waits for sources and targets are interrupted, so that there
	 * is time to store the run's progress.
	 */
	private static final Duration LAST_CALL = Duration.ofSeconds(18);

	private static final Logger logger = LoggerFactory.getLogger(GracefulStop.class);

	private final ActiveRuns runs;

	private volatile boolean running;

	/**
	 * Creates the handler of a shutdown.
	 * @param runs the runs of this process, which it stops
	 */
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
			// a database that does not answer must not delay the other runs
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

	/** Returns whether all runs end before the deadline. */
	private boolean await(long deadline) {
		return this.runs.links()
			.stream()
			.map((link) -> hasEnded(link, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))
			.reduce(true, Boolean::logicalAnd);
	}

	private static void requestStop(String link, ActiveRun run) {
		logger.info("Link '{}' is being stopped, because this process was told to end", link);
		try {
			run.requestStop();
		}
		catch (DataAccessException ex) {
			logger.warn("Link '{}': the stop request could not be stored, only this process knows of it: {}", link,
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
