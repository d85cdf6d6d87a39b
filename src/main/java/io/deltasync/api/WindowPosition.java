package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * The position of a record relative to the window of the next delta run. Values are texts
 * for people.
 *
 * @param place the position
 * @param property the property by which changes are found; null if everything is fetched
 * @param value the record's value of this property, or null if it has none
 * @param from the lowest value that is fetched, with the overlap; null if everything is
 * fetched
 * @param to the end of the window; null if everything is fetched
 */
public record WindowPosition(Place place, @Nullable String property, @Nullable String value, @Nullable String from,
		@Nullable String to) {

	/** A position. */
	public enum Place {

		/** The next run fetches everything. */
		EVERYTHING,

		/** The next delta run fetches the record. */
		WITHIN,

		/** Delta runs have passed the record, and none fetches it again. */
		BEFORE,

		/** Delta runs fetch the record only when they have reached its value. */
		AFTER,

		/** The record has no value, so no delta run fetches it. */
		NO_VALUE

	}

}
