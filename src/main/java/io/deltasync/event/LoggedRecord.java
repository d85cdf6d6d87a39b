package io.deltasync.event;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one delivery of a record.
 *
 * @param scope the scope that returned it; null where a reject was retried on its own
 * @param key identifies the record to a person; null when its source does not provide
 * this
 * @param outcome the outcome
 * @param message the reason or the warning; null when there is none
 */
public record LoggedRecord(@Nullable Long scope, @Nullable String key, Outcome outcome, @Nullable String message) {

	/** The outcome of a delivery, or of a comparison. */
	public enum Outcome {

		/** The target accepted the record. */
		WRITTEN,

		/** The record is a reject. */
		FAILED,

		/** The record was ignored for a reason. */
		IGNORED,

		/** A filter removed the record. */
		DROPPED,

		/** A verification found no row for the record at the target. */
		MISSING,

		/** A verification found other values at the target. */
		DIFFERENT,

		/** A verification found a row that the source no longer has. */
		GONE,

		/** A verification found a difference, and has repaired it. */
		REPAIRED

	}

}
