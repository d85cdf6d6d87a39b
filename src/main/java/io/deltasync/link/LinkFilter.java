package io.deltasync.link;

import java.util.function.Supplier;

import io.deltasync.api.RecordFilter;

/**
 * A filter of a Link. Thread-safe.
 *
 * @param name the name of its bean
 * @param at its position
 * @param instances creates a configured instance at each call, one for each lane; throws
 * a BeansException if the filter's constructor fails
 */
public record LinkFilter(String name, Position at, Supplier<RecordFilter> instances) {

	/** The bean of the filter by a condition. */
	private static final String CONDITION = "deltasyncCondition";

	/**
	 * Whether the filter may change, add or remove properties.
	 * @return false for the filter by a condition, which only leaves out records
	 */
	public boolean changesProperties() {
		return !this.name.equals(CONDITION);
	}

	/** The position of a filter. */
	public enum Position {

		/** The filter receives the source properties. */
		BEFORE_MAPPING,

		/** The filter receives the target properties. */
		AFTER_MAPPING

	}

}
