package io.deltasync.delivered;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * A run that meets records.
 *
 * @param event its Sync Event; 0 for records that were not returned by a source
 * @param startedAt its run timestamp, in microseconds since 1970
 */
public record MeetingRun(long event, long startedAt) {

	/** A run that does not mark records as seen: the marks of earlier runs are kept. */
	public static final MeetingRun NONE = new MeetingRun(0, 0);

	/**
	 * Creates the description of a run.
	 * @param event its Sync Event
	 * @param timestamp its run timestamp
	 * @return the run
	 */
	public static MeetingRun of(long event, Instant timestamp) {
		return new MeetingRun(event, ChronoUnit.MICROS.between(Instant.EPOCH, timestamp));
	}

	MeetingRun orLater(@Nullable MeetingRun other) {
		return (other != null && other.startedAt > this.startedAt) ? other : this;
	}

}
