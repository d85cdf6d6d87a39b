package io.deltasync.link;

import java.util.function.Supplier;

import io.deltasync.api.RecordFilter;

/**
 * One of a Link's filters. Safe for use by many threads.
 *
 * @param name the name of its bean
 * @param at where it stands
 * @param instances makes an instance with the Link's options each time it is asked, one
 * for each lane; throws what the filter's constructor throws, inside a BeansException
 */
public record LinkFilter(String name, Position at, Supplier<RecordFilter> instances) {

	/** Where a filter stands. */
	public enum Position {

		/** It sees the properties as the source gives them. */
		BEFORE_MAPPING,

		/** It sees the properties as the target is to have them. */
		AFTER_MAPPING

	}

}
