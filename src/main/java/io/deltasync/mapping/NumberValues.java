package io.deltasync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Converts values to numbers exactly. Values that would have to be rounded are refused.
 */
final class NumberValues {

	private static final String COMMA = "comma";

	private NumberValues() {
	}

	static Conversion integer(@Nullable String format) {
		if (format != null) {
			throw ValueType.badFormat(ValueType.INTEGER, format, "it takes none");
		}
		return new Conversion("a whole number", false, NumberValues::toInteger);
	}

	static Conversion decimal(@Nullable String format) {
		if (format == null) {
			return new Conversion("a decimal number such as 1234.56", false, NumberValues::exact);
		}
		if (!format.equals(COMMA)) {
			throw ValueType.badFormat(ValueType.DECIMAL, format,
					"leave it out for numbers such as 1234.56, or give 'comma' for such as 1.234,56");
		}
		return new Conversion("a decimal number such as 1.234,56", false,
				(value) -> exact((value instanceof String text) ? pointed(text.strip()) : value));
	}

	private static Object toInteger(Object value) {
		if (value instanceof Long) {
			return value;
		}
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return ((Number) value).longValue();
		}
		BigDecimal number = exact(value).stripTrailingZeros();
		// a large exponent could exhaust the memory, with either sign
		if (number.scale() > 0 || number.precision() - (long) number.scale() > Long.SIZE) {
			throw new ArithmeticException();
		}
		BigInteger whole = number.toBigIntegerExact();
		return (whole.bitLength() < Long.SIZE) ? (Object) whole.longValueExact() : whole;
	}

	static BigDecimal exact(Object value) {
		if (value instanceof BigDecimal decimal) {
			return decimal;
		}
		if (value instanceof Boolean bool) {
			return bool ? BigDecimal.ONE : BigDecimal.ZERO;
		}
		if (value instanceof Number || value instanceof String) {
			return new BigDecimal(value.toString().strip());
		}
		throw new IllegalArgumentException();
	}

	/** Converts 1.234,56 to 1234.56, but refuses 1.23, which is ambiguous. */
	private static String pointed(String text) {
		int comma = text.indexOf(',');
		String whole = (comma < 0) ? text : text.substring(0, comma);
		String fraction = (comma < 0) ? "" : "." + text.substring(comma + 1);
		int first = whole.indexOf('.');
		if (fraction.indexOf('.', 1) >= 0 || (first >= 0 && !isGrouped(whole, first))) {
			throw new NumberFormatException();
		}
		return whole.replace(".", "") + fraction;
	}

	private static boolean isGrouped(String whole, int first) {
		int digits = Character.isDigit(whole.charAt(0)) ? first : first - 1;
		if (digits < 1 || digits > 3 || (whole.length() - first) % 4 != 0) {
			return false;
		}
		for (int i = first; i < whole.length(); i++) {
			boolean fits = ((i - first) % 4 == 0) ? whole.charAt(i) == '.' : Character.isDigit(whole.charAt(i));
			if (!fits) {
				return false;
			}
		}
		return true;
	}

}
