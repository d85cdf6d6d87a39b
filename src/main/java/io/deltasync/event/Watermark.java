package io.deltasync.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where the window of a Link stands (seed: Delta Sync).
 *
 * @param sync the run timestamp of the newest successful run, or what a person set since;
 * null when there is neither
 * @param cursor the cursor as of that run; null when none was ever set
 * @param setAt when a person set it; null when it is a run's
 */
public record Watermark(@Nullable Instant sync, @Nullable String cursor, @Nullable Instant setAt) {

	/** No run was successful yet. */
	public static final Watermark NONE = new Watermark(null, null);

	/**
	 * Makes that of a run.
	 * @param sync its run timestamp, or null
	 * @param cursor its cursor, or null
	 */
	public Watermark(@Nullable Instant sync, @Nullable String cursor) {
		this(sync, cursor, null);
	}

	/**
	 * Tells which run this is as of, whatever window it left.
	 * @return the run timestamp of the newest successful run, or of the event by which a
	 * person set the window since; null when there is neither
	 */
	public @Nullable Instant asOf() {
		return (this.setAt != null) ? this.setAt : this.sync;
	}

}
