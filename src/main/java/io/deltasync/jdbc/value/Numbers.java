package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Converts numbers of any class.
 */
public final class Numbers {

	/** Above this number of digits, a number is written with its exponent. */
	private static final int MOST_ZEROS = 1000;

	private Numbers() {
	}

	/**
	 * Converts a number to a whole number. Counts the digits first, because an exponent
	 * may stand for more digits than fit in memory.
	 * @param bits the maximum size, which is not checked exactly
	 * @return the number; null when it is certainly larger
	 */
	public static @Nullable BigInteger whole(Column column, BigDecimal number, int bits) throws ValueRefusedException {
		BigDecimal plain = (number.scale() != 0) ? number.stripTrailingZeros() : number;
		if (plain.scale() > 0) {
			throw ValueRefusedException.of(column, "%s is not a whole number".formatted(number));
		}
		return (digitsBeforePoint(plain) <= bits) ? plain.toBigIntegerExact() : null;
	}

	/** Converts a value to a whole number; a text must be in the form of the column. */
	public static @Nullable BigInteger whole(Column column, Object value, int bits) throws ValueRefusedException {
		BigDecimal number = exact(column, value);
		if (value instanceof String text && number.scale() > 0) {
			throw otherForm(column, text);
		}
		return whole(column, number, bits);
	}

	/** Returns the number of digits before the point; 0 or less for numbers below 1. */
	public static long digitsBeforePoint(BigDecimal number) {
		return (long) number.precision() - number.scale();
	}

	/** Converts a value to a number; a text must be in the form of the column. */
	public static BigDecimal exact(Column column, Object value) throws ValueRefusedException {
		BigDecimal number = parse(column, value);
		if (value instanceof String text && !text.equals(plain(number))) {
			throw otherForm(column, text);
		}
		return number;
	}

	/** Converts a value to a number; a text may have any form of that number. */
	public static BigDecimal parse(Column column, Object value) throws ValueRefusedException {
		try {
			if (value instanceof BigDecimal decimal) {
				return decimal;
			}
			if (value instanceof BigInteger integer) {
				return new BigDecimal(integer);
			}
			if (value instanceof Number || value instanceof String) {
				return new BigDecimal(value.toString().strip());
			}
		}
		catch (NumberFormatException ex) {
			throw ValueRefusedException.of(column, "'%s' is not a number".formatted(value));
		}
		if (value instanceof Boolean bool) {
			return bool ? BigDecimal.ONE : BigDecimal.ZERO;
		}
		throw ValueRefusedException.never(column, value);
	}

	/**
	 * Creates the refusal of a text such as 007 or 1e3, which the column would change.
	 */
	public static ValueRefusedException otherForm(Column column, String text) {
		return ValueRefusedException.of(column,
				"'%s' is not how the column writes that number, and would be changed; if it is meant as a number, give '%s' the type integer or decimal under mapping.types"
					.formatted(text, column.name()));
	}

	/** Returns a number without an exponent, unless that would take too many digits. */
	public static String plain(BigDecimal number) {
		return (Math.abs((long) number.scale()) <= MOST_ZEROS) ? number.toPlainString() : number.toString();
	}

}
