package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of any class, as one class.
 */
final class Numbers {

	private Numbers() {
	}

	/**
	 * Makes a whole number, whose digits are counted first: an exponent may stand for
	 * more of them than there is memory, before the point or behind it.
	 * @param bits as many as it may have, or somewhat more
	 * @return the number; null when it has more
	 */
	static @Nullable BigInteger whole(Column column, BigDecimal number, int bits) throws ValueRefusedException {
		BigDecimal plain = (number.scale() != 0) ? number.stripTrailingZeros() : number;
		if (plain.scale() > 0) {
			throw ValueRefusedException.of(column, "%s is not a whole number".formatted(number));
		}
		return (digitsBeforePoint(plain) <= bits) ? plain.toBigIntegerExact() : null;
	}

	/** Counts digits; 0 or less where the first ones are behind the point. */
	static long digitsBeforePoint(BigDecimal number) {
		return (long) number.precision() - number.scale();
	}

	static BigDecimal exact(Column column, Object value) throws ValueRefusedException {
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

}
