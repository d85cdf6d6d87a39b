package io.deltasync.run.start;

import java.time.Duration;
import java.time.Instant;

import io.deltasync.lease.LeaseState;

/**
 * An automatic replay that is to follow the newest run of a Link.
 *
 * @param follows the Sync Event of the newest run
 * @param event the Sync Event to replay: the same, or the one whose replay was
 * interrupted
 * @param slot the run timestamp of the replayed event, which the replay claims as its
 * slot
 * @param ended when the newest run ended, by the clock of its process
 * @param delay how long to wait after that
 * @param number which replay it is, from 1
 */
public record AutoReplay(long follows, long event, Instant slot, Instant ended, Duration delay, int number) {

	/**
	 * Returns when the replay is to be started.
	 * @param known a time at which the run was known to have ended, by the database's
	 * clock: the clock of its process may be ahead of it
	 * @return the time
	 */
	public Instant due(Instant known) {
		return (this.ended.isBefore(known) ? this.ended : known).plus(this.delay);
	}

	/**
	 * Whether the replay is prevented by a stop that was requested while the run was
	 * already ending.
	 * @param lease the holder of the Link
	 * @return false for a replay that was interrupted: if a person stopped it, its slot
	 * stays taken
	 */
	public boolean isPrevented(LeaseState lease) {
		return lease.stopRequested() && this.follows == this.event;
	}

}
