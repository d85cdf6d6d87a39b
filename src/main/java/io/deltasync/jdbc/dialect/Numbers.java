package io.deltasync.jdbc.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of any class, as one class.
 */
public final class Numbers {

	/** Beyond so many digits a number is written with its exponent. */
	private static final int MOST_ZEROS = 1000;

	private Numbers() {
	}

	/**
	 * Makes a whole number, whose digits are counted first: an exponent may stand for
	 * more of them than there is memory, before the point or behind it.
	 * @param bits as many as it may have, or somewhat more
	 * @return the number; null when it has more
	 */
	public static @Nullable BigInteger whole(Column column, BigDecimal number, int bits) throws ValueRefusedException {
		BigDecimal plain = (number.scale() != 0) ? number.stripTrailingZeros() : number;
		if (plain.scale() > 0) {
			throw ValueRefusedException.of(column, "%s is not a whole number".formatted(number));
		}
		return (digitsBeforePoint(plain) <= bits) ? plain.toBigIntegerExact() : null;
	}

	/** Makes a whole number of a value, of a text only if that is how it is written. */
	public static @Nullable BigInteger whole(Column column, Object value, int bits) throws ValueRefusedException {
		BigDecimal number = exact(column, value);
		if (value instanceof String text && number.scale() > 0) {
			throw otherForm(column, text);
		}
		return whole(column, number, bits);
	}

	/** Counts digits; 0 or less where the first ones are behind the point. */
	public static long digitsBeforePoint(BigDecimal number) {
		return (long) number.precision() - number.scale();
	}

	/** Makes a number of a value, of a text only if that is how the number is written. */
	public static BigDecimal exact(Column column, Object value) throws ValueRefusedException {
		BigDecimal number = parse(column, value);
		if (value instanceof String text && !text.equals(plain(number))) {
			throw otherForm(column, text);
		}
		return number;
	}

	/** Makes a number of a value, however it is written. */
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

	/** Of a text such as 007 or 1e3, which the column would not give back. */
	public static ValueRefusedException otherForm(Column column, String text) {
		return ValueRefusedException.of(column,
				"'%s' is not how the column writes that number, and would be changed; if it is meant as a number, give '%s' the type integer or decimal under mapping.types"
					.formatted(text, column.name()));
	}

	/** Without an exponent, unless it stands for too many digits. */
	public static String plain(BigDecimal number) {
		return (Math.abs((long) number.scale()) <= MOST_ZEROS) ? number.toPlainString() : number.toString();
	}

}
