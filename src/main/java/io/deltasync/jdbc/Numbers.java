package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers of any class, as one class.
 */
final class Numbers {

	private Numbers() {
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
