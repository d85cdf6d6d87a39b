package io.deltasync.lease;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task at a fixed delay that is short enough to keep a lease alive: one second, or
 * a third of a shorter lease. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {

	private static final long SLOWEST_MILLIS = 1000;

	private final ScheduledExecutorService thread;

	/**
	 * Starts the heartbeat.
	 * @param name the thread's name
	 * @param lease how long the lease lasts without being renewed
	 * @param beat the task; an exception thrown by it ends the heartbeat
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	Heartbeat(String name, Duration lease, Runnable beat) {
		this.thread = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread thread = new Thread(work, name);
			thread.setDaemon(true);
			return thread;
		});
		long tick = Math.min(SLOWEST_MILLIS, lease.toMillis() / 3);
		this.thread.scheduleWithFixedDelay(beat, tick, tick, TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends the heartbeat after the current beat. The thread is not interrupted: an
	 * interrupt inside H2 would close its file for everybody.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
	}

}
