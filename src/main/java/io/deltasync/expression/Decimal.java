package io.deltasync.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * A number in an expression. Numbers that differ only in trailing zeros are equal, unlike
 * those of {@link BigDecimal}. Immutable.
 *
 * @param value the value
 */
record Decimal(BigDecimal value) implements Comparable<Decimal> {

	/** Keeps the memory and time of an operation small, whatever the record contains. */
	private static final int MAX_DIGITS = 1000;

	Decimal {
		if (Math.abs((long) value.scale()) > MAX_DIGITS || value.precision() > MAX_DIGITS) {
			throw new ExpressionException("a number has more than %d digits".formatted(MAX_DIGITS));
		}
	}

	static Decimal of(Number number) {
		try {
			return new Decimal(
					(number instanceof BigDecimal decimal) ? decimal : new BigDecimal(String.valueOf(number)));
		}
		catch (NumberFormatException ex) {
			throw new ExpressionException("a number is infinite or not a number");
		}
	}

	static Decimal of(long number) {
		return new Decimal(BigDecimal.valueOf(number));
	}

	Decimal plus(Decimal other) {
		return new Decimal(this.value.add(other.value));
	}

	Decimal minus(Decimal other) {
		return new Decimal(this.value.subtract(other.value));
	}

	Decimal times(Decimal other) {
		return new Decimal(this.value.multiply(other.value));
	}

	Decimal by(Decimal other) {
		return new Decimal(this.value.divide(divisor(other), MathContext.DECIMAL128));
	}

	Decimal remainder(Decimal other) {
		return new Decimal(this.value.remainder(divisor(other)));
	}

	private static BigDecimal divisor(Decimal other) {
		if (other.value.signum() == 0) {
			throw new ExpressionException("it divides by zero");
		}
		return other.value;
	}

	Decimal negated() {
		return new Decimal(this.value.negate());
	}

	Decimal rounded(int digits) {
		return new Decimal(
				this.value.setScale(Math.min(Math.max(digits, -MAX_DIGITS), MAX_DIGITS), RoundingMode.HALF_UP));
	}

	/** Returns a whole number, such as a position in a text. */
	int whole() {
		try {
			return this.value.intValueExact();
		}
		catch (ArithmeticException ex) {
			throw new ExpressionException("a position or count is not a whole number, or out of range");
		}
	}

	@Override
	public int compareTo(Decimal other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Decimal decimal && compareTo(decimal) == 0;
	}

	@Override
	public int hashCode() {
		return this.value.stripTrailingZeros().hashCode();
	}

	@Override
	public String toString() {
		return this.value.toPlainString();
	}

}
