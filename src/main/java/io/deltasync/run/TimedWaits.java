package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.deltasync.lease.Lease;

/**
 * The waits of a run for a time to pass. They end early if the run must end. Thread-safe.
 */
public final class TimedWaits {

	/** How often a wait checks for an abort; a stop request ends the wait immediately. */
	private static final long SLICE_NANOS = 200_000_000L;

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final Lease lease;

	private final RunEnding ending;

	TimedWaits(Lease lease, RunEnding ending) {
		this.lease = lease;
		this.ending = ending;
	}

	/**
	 * Waits for a fixed time.
	 * @param time how long to wait
	 * @return false if the run must end before the time has passed
	 * @throws io.deltasync.lease.LeaseLostException if the run no longer holds the Link
	 */
	public boolean pause(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		try {
			for (long left = time.toNanos(); left > 0 && !this.ending.mustEnd()
					&& !this.lease.isLost(); left = until - System.nanoTime()) {
				this.lease.awaitStopRequest(Duration.ofNanos(Math.min(left, SLICE_NANOS)));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.ending.abortInterrupted();
		}
		this.lease.checkLocally();
		return !this.ending.mustEnd();
	}

	/**
	 * Waits until a point in time, in parts because the clock may be set in the meantime.
	 * @param until the point in time
	 * @param clock the clock that tells whether it has come
	 * @return false if the run must end before that
	 * @throws io.deltasync.lease.LeaseLostException if the run no longer holds the Link
	 */
	public boolean pauseUntil(Instant until, InstantSource clock) {
		boolean continues = !this.ending.mustEnd();
		for (Instant now = clock.instant(); continues && now.isBefore(until); now = clock.instant()) {
			Duration left = Duration.between(now, until);
			continues = pause((left.compareTo(LONGEST) < 0) ? left : LONGEST);
		}
		return continues;
	}

}
