package io.deltasync.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The start of a Link's window: its newest success.
 *
 * @param sync the run timestamp of the newest successful run, or the time that a person
 * has set since; null when there is neither
 * @param cursor the cursor as of that run; null when none was ever set
 * @param setAt the run timestamp of the event by which a person set it; null when it
 * comes from a run
 */
public record Watermark(@Nullable Instant sync, @Nullable String cursor, @Nullable Instant setAt) {

	/** No run was successful yet. */
	public static final Watermark NONE = new Watermark(null, null);

	/**
	 * Creates the watermark of a run.
	 * @param sync its run timestamp, or null
	 * @param cursor its cursor, or null
	 */
	public Watermark(@Nullable Instant sync, @Nullable String cursor) {
		this(sync, cursor, null);
	}

	/**
	 * Returns the event that determined this watermark, whatever window it left.
	 * @return the run timestamp of the newest successful run, or of the event by which a
	 * person set the window since; null when there is neither
	 */
	public @Nullable Instant asOf() {
		return (this.setAt != null) ? this.setAt : this.sync;
	}

}
