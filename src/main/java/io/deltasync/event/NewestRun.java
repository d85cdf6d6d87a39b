package io.deltasync.event;

import java.time.Instant;
import java.util.Optional;

import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The newest run of a Link, with what the next run takes from it. Remains valid while a
 * lease keeps other runs of the Link from starting. Immutable.
 *
 * @param event its event; empty if the Link was never run
 * @param lastSuccess the newest success; {@link Watermark#NONE} when there is none
 * @param lastIdentity the identity that the next delta run is compared with, or null
 * @see SyncEvents#lastSuccess
 * @see SyncEvents#lastIdentity
 */
public record NewestRun(Optional<SyncEvent> event, Watermark lastSuccess, @Nullable LinkIdentity lastIdentity) {

	/**
	 * Whether a run timestamp is later than those of all runs. An instance whose process
	 * died before an attempt of it was stored is not a run.
	 * @param runTimestamp the timestamp
	 * @return true if there is no run, or the newest one has an earlier timestamp
	 */
	public boolean isBefore(Instant runTimestamp) {
		return this.event.filter((event) -> !event.runTimestamp().isBefore(runTimestamp)).isEmpty();
	}

}
