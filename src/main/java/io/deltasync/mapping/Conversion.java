package io.deltasync.mapping;

import java.util.function.UnaryOperator;

import io.deltasync.config.ShortText;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a property are made into another type. Immutable and safe for use by
 * many threads.
 *
 * @param expected what a value must be, in words that go on from "is not"
 * @param keepsBlanks whether a text of blanks is a value, rather than none
 * @param function makes the value; throws whatever it likes where it cannot
 * @param masked whether values are not to be shown
 */
record Conversion(String expected, boolean keepsBlanks, UnaryOperator<Object> function, boolean masked) {

	private static final String MASK = "***";

	Conversion(String expected, boolean keepsBlanks, UnaryOperator<Object> function) {
		this(expected, keepsBlanks, function, false);
	}

	/** The same for a property whose values are nobody's business. */
	Conversion withMask() {
		return new Conversion(this.expected, this.keepsBlanks, this.function, true);
	}

	/**
	 * Converts a value.
	 * @param value the value; may be null
	 * @return the value as the other type; null when there is none
	 * @throws RuntimeException when there is one, but it cannot be converted
	 */
	@Nullable Object apply(@Nullable Object value) {
		if (value == null || (!this.keepsBlanks && value instanceof String text && text.isBlank())) {
			return null;
		}
		return this.function.apply(value);
	}

	/**
	 * Says that a value cannot be converted.
	 * @param value the value
	 * @param failure what {@link #apply} threw
	 * @return a short text that shows the beginning of the value, unless it is masked
	 */
	String misfit(@Nullable Object value, RuntimeException failure) {
		String reason = (failure instanceof SkippedTimeException skipped) ? skipped.reason()
				: "is not " + this.expected;
		return "'%s' %s".formatted(this.masked ? MASK : ShortText.of(value), reason);
	}

}
