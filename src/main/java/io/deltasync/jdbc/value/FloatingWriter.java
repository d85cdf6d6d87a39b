package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Writes floating-point numbers. These are approximate by nature, so the nearest number
 * that the column holds is accepted, except in a key. A whole number must stay exact.
 */
public final class FloatingWriter extends ColumnWriter {

	private final boolean ofKey;

	private final boolean infinite;

	private final boolean single;

	/**
	 * Creates the writer of a column.
	 * @param ofKey whether the column is part of the key
	 * @param infinite whether the column stores infinity and NaN
	 */
	public FloatingWriter(Column column, boolean ofKey, boolean infinite) {
		super(column);
		this.infinite = infinite;
		this.ofKey = ofKey;
		this.single = column.type() == ColumnType.FLOAT;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		boolean floating = value instanceof Float || value instanceof Double;
		if (floating && !Double.isFinite(((Number) value).doubleValue())) {
			if (!this.infinite) {
				throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
			}
			values.add(((Number) value).doubleValue());
			return;
		}
		BigDecimal exact = Numbers.parse(column(), value);
		double number = floating ? ((Number) value).doubleValue() : exact.doubleValue();
		double held = this.single ? (float) number : number;
		if (!Double.isFinite(held) || (held == 0 && exact.signum() != 0)) {
			throw ValueRefusedException.of(column(), "%s is out of range".formatted(value));
		}
		if (value instanceof String text) {
			checkForm(text, exact, number);
		}
		if (column().scale() != Column.FLOATING && exact.stripTrailingZeros().scale() > column().scale()) {
			throw ValueRefusedException.of(column(), "%s has more than %d digits after the point, and would be rounded"
				.formatted(value, column().scale()));
		}
		if (isWhole(value, exact) && new BigDecimal(held).compareTo(exact) != 0) {
			throw rounded(value, held);
		}
		if ((this.ofKey && held != number && !(value instanceof Float))
				|| (this.ofKey && !floating && new BigDecimal(shortest(held)).compareTo(exact) != 0)) {
			throw rounded(value, held);
		}
		// Also for a float: the shortest text of the largest one exceeds MySQL's range.
		values.add(number);
	}

	private void checkForm(String text, BigDecimal exact, double number) throws ValueRefusedException {
		boolean written = text.equals(Numbers.plain(exact)) || text.equals(exact.toString())
				|| text.equals(Double.toString(number)) || text.equals(Float.toString((float) number));
		if (!written || this.ofKey) {
			throw Numbers.otherForm(column(), text);
		}
	}

	private static boolean isWhole(Object value, BigDecimal exact) {
		return value instanceof Long || value instanceof Integer || value instanceof BigInteger
				|| (value instanceof String && exact.scale() <= 0);
	}

	private String shortest(double held) {
		return this.single ? Float.toString((float) held) : Double.toString(held);
	}

	private ValueRefusedException rounded(Object value, double held) {
		return ValueRefusedException.of(column(),
				"%s would become %s, which is the nearest number that it holds; make the column a DECIMAL"
					.formatted(value, shortest(held)));
	}

}
