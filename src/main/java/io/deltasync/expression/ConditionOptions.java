package io.deltasync.expression;

import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The options of a filter by a condition. One of the three conditions is given.
 *
 * @param keep A condition. Other records are dropped or, with a reason, ignored
 * @param ignore A condition of the records to ignore
 * @param drop A condition of the records to drop
 * @param reason Why records are ignored. Default: the condition
 * @param tables Tables for 'lookup': by name, from a text to another one
 * @param zone The time zone of the dates of moments
 */
public record ConditionOptions(@Nullable String keep, @Nullable String ignore, @Nullable String drop,
		@Nullable String reason, @Nullable Map<String, Map<String, String>> tables, @DefaultValue("UTC") ZoneId zone) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if there is not exactly one condition, or a reason
	 * for records that are dropped
	 */
	public ConditionOptions {
		if (Stream.of(keep != null, ignore != null, drop != null).filter(Boolean::booleanValue).count() != 1) {
			throw new IllegalArgumentException("has not exactly one condition; give one of keep, ignore and drop");
		}
		if (drop != null && reason != null) {
			throw new IllegalArgumentException("drop takes no reason; give ignore with a reason instead");
		}
	}

	String condition() {
		return (this.keep != null) ? this.keep : (this.ignore != null) ? this.ignore : String.valueOf(this.drop);
	}

}
