package io.deltasync.mapping;

import java.util.function.UnaryOperator;

import io.deltasync.config.ShortText;
import org.jspecify.annotations.Nullable;

/**
 * A conversion of a property's values to another type. Immutable and thread-safe.
 *
 * @param expected the expected kind of value, in words that follow "is not"
 * @param keepsBlanks whether a blank text is a value rather than null
 * @param function converts a value; throws any RuntimeException if it cannot
 * @param masked whether values are hidden in messages
 */
record Conversion(String expected, boolean keepsBlanks, UnaryOperator<Object> function, boolean masked) {

	private static final String MASK = "***";

	Conversion(String expected, boolean keepsBlanks, UnaryOperator<Object> function) {
		this(expected, keepsBlanks, function, false);
	}

	/** Returns the same conversion for a property with confidential values. */
	Conversion withMask() {
		return new Conversion(this.expected, this.keepsBlanks, this.function, true);
	}

	/**
	 * Converts a value.
	 * @param value the value; may be null
	 * @return the converted value; null if there is no value
	 * @throws RuntimeException if the value cannot be converted
	 */
	@Nullable Object apply(@Nullable Object value) {
		if (value == null || (!this.keepsBlanks && value instanceof String text && text.isBlank())) {
			return null;
		}
		return this.function.apply(value);
	}

	/**
	 * Describes why a value cannot be converted.
	 * @param value the value
	 * @param failure the exception that {@link #apply} threw
	 * @return a short text that shows the beginning of the value, unless it is masked
	 */
	String misfit(@Nullable Object value, RuntimeException failure) {
		String reason = (failure instanceof SkippedTimeException skipped) ? skipped.reason()
				: "is not " + this.expected;
		return "'%s' %s".formatted(this.masked ? MASK : ShortText.of(value), reason);
	}

}
