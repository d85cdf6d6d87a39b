package io.deltasync.event;

import java.time.Instant;
import java.util.Optional;

import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The newest run of a Link, with what the next run takes from it. Stays true for as long
 * as a lease keeps other runs of the Link from starting.
 *
 * @param event its event; empty if the Link was never run
 * @param lastSuccess the newest success; {@link Watermark#NONE} when there is none
 * @param lastIdentity the identity that the next delta run is compared with, or null
 * @see SyncEvents#lastSuccess
 * @see SyncEvents#lastIdentity
 */
public record NewestRun(Optional<SyncEvent> event, Watermark lastSuccess, @Nullable LinkIdentity lastIdentity) {

	/**
	 * Whether a run is newer than all runs that are stored.
	 * @param runTimestamp the run's timestamp
	 * @return true if it was started after the newest run, whatever the clock says
	 */
	public boolean isBefore(Instant runTimestamp) {
		return this.event.filter((event) -> !event.runTimestamp().isBefore(runTimestamp)).isEmpty();
	}

}
