package io.deltasync.cli.server;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.cli.process.SecondSignal;
import io.deltasync.cli.text.Printable;
import io.deltasync.cli.text.Progress;
import io.deltasync.cli.text.ProgressDisplay;
import io.deltasync.event.SyncEvent;

/**
 * Follows a run of a server until its end, and shows its progress. A signal to this
 * process stops the run, as if it were its own; a second signal leaves it.
 */
final class FollowedRun {

	private static final Duration INTERVAL = Duration.ofMillis(300);

	/** How long the server may be away meanwhile. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApiClient api;

	private final PrintWriter err;

	private volatile SyncEvent last;

	private boolean toldToStop;

	private long answered = System.nanoTime();

	/**
	 * Creates it.
	 * @param api the server
	 * @param event the run
	 * @param err is told what hinders
	 */
	FollowedRun(ApiClient api, SyncEvent event, PrintWriter err) {
		this.api = api;
		this.last = event;
		this.err = err;
	}

	/**
	 * Waits for the end of the run.
	 * @return the event as it has ended
	 * @throws ServerException if the server is away for too long
	 */
	@SuppressWarnings("try")
	SyncEvent await() {
		try (ProgressDisplay display = ProgressDisplay.of(() -> Progress.of(this.last))) {
			while (!this.last.status().ended()) {
				if (SecondSignal.isReceived() && !this.toldToStop) {
					stop();
				}
				LockSupport.parkNanos(INTERVAL.toNanos());
				read();
			}
		}
		return this.last;
	}

	private void read() {
		try {
			this.last = this.api.get("events/" + this.last.id(), SyncEvent.class);
			this.answered = System.nanoTime();
		}
		catch (ServerException ex) {
			if (!ex.isOutage() || System.nanoTime() - this.answered > PATIENCE.toNanos()) {
				throw ex;
			}
		}
	}

	private void stop() {
		this.toldToStop = true;
		try {
			this.api.request("POST", "events/%d/stop".formatted(this.last.id()), null, null);
		}
		catch (ServerException ex) {
			// also if it has just ended, which the next answer shows
			this.err.println(Printable.lines(String.valueOf(ex.getMessage())));
			this.err.flush();
		}
	}

}
