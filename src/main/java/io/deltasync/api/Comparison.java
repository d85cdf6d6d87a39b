package io.deltasync.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a target says about a record that it would receive.
 *
 * @param kind the result
 * @param held what the target holds in the properties that differ, by their names; empty
 * unless the record differs
 * @param reason why the target would refuse the record, for operators; null unless it
 * would
 */
public record Comparison(Kind kind, Map<String, @Nullable Object> held, @Nullable String reason) {

	/** The target holds exactly what a delivery would write. */
	public static final Comparison SAME = new Comparison(Kind.SAME, Map.of(), null);

	/** The target has no row for the record. */
	public static final Comparison MISSING = new Comparison(Kind.MISSING, Map.of(), null);

	/**
	 * Creates the result for a record of which the target holds other values.
	 * @param held what it holds in the properties that differ, by their names; values may
	 * be null
	 * @return the result
	 */
	public static Comparison different(Map<String, ? extends @Nullable Object> held) {
		return new Comparison(Kind.DIFFERENT, Collections.unmodifiableMap(new LinkedHashMap<>(held)), null);
	}

	/**
	 * Creates the result for a record that the target would refuse.
	 * @param reason why, written for operators
	 * @return the result
	 */
	public static Comparison refused(String reason) {
		return new Comparison(Kind.REFUSED, Map.of(), reason);
	}

	/** The kinds of results. */
	public enum Kind {

		/** The target holds exactly what a delivery would write. */
		SAME,

		/** The target has no row for the record. */
		MISSING,

		/** The target holds other values, or the same key in other letters. */
		DIFFERENT,

		/** The target would not accept the record. */
		REFUSED

	}

}
