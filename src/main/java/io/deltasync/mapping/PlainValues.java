package io.deltasync.mapping;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * Converts values to texts and booleans.
 */
final class PlainValues {

	private static final String NONE = "it takes none";

	private static final int MOST_ZEROS = 1000;

	private PlainValues() {
	}

	static Conversion text(@Nullable String format) {
		if (format != null) {
			throw ValueType.badFormat(ValueType.TEXT, format, NONE);
		}
		return new Conversion("a single value", true, PlainValues::toText);
	}

	static Conversion bool(@Nullable String format) {
		if (format != null) {
			throw ValueType.badFormat(ValueType.BOOLEAN, format, NONE);
		}
		return new Conversion("one of true, yes, on, 1, false, no, off, 0", false, PlainValues::toBoolean);
	}

	private static Object toText(Object value) {
		if (value instanceof BigDecimal decimal) {
			// a large exponent could exhaust the memory
			return (Math.abs((long) decimal.scale()) <= MOST_ZEROS) ? decimal.toPlainString() : decimal.toString();
		}
		if (!BeanUtils.isSimpleValueType(value.getClass())) {
			throw new IllegalArgumentException();
		}
		return value.toString();
	}

	private static Object toBoolean(Object value) {
		if (value instanceof Boolean) {
			return value;
		}
		String text = (value instanceof Number) ? NumberValues.exact(value).stripTrailingZeros().toString()
				: (String) value;
		Boolean bool = DefaultConversionService.getSharedInstance().convert(text, Boolean.class);
		if (bool == null) {
			throw new IllegalArgumentException();
		}
		return bool;
	}

}
