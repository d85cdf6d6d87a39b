package io.deltasync.lease;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does something again and again, often enough for what it keeps alive: each second, or
 * more often where a lease is that short. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {

	private static final long SLOWEST_MILLIS = 1000;

	private final ScheduledExecutorService thread;

	/**
	 * Begins to beat.
	 * @param name the thread's name
	 * @param lease how long what it keeps alive lasts by itself
	 * @param beat what is done; what it throws ends the beating
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
	 * Ends it after the beat under way. Nothing is interrupted: an interrupt inside H2
	 * would close its file for everybody.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
	}

}
