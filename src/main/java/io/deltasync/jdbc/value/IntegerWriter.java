package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Writes whole numbers within the column's range.
 */
final class IntegerWriter extends ColumnWriter {

	private final BigInteger lowest;

	private final BigInteger highest;

	private final long lowestLong;

	private final long highestLong;

	IntegerWriter(Column column) {
		super(column);
		int bits = (int) column.size();
		this.lowest = column.unsigned() ? BigInteger.ZERO : BigInteger.TWO.pow(bits - 1).negate();
		this.highest = BigInteger.TWO.pow(column.unsigned() ? bits : bits - 1).subtract(BigInteger.ONE);
		this.lowestLong = this.lowest.longValueExact();
		this.highestLong = this.highest.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
			long number = ((Number) value).longValue();
			if (number < this.lowestLong || number > this.highestLong) {
				throw outOfRange(value);
			}
			values.add(number);
			return;
		}
		BigInteger number = Numbers.whole(column(), value, Long.SIZE);
		if (number == null || number.compareTo(this.lowest) < 0 || number.compareTo(this.highest) > 0) {
			throw outOfRange(value);
		}
		if (number.bitLength() < Long.SIZE) {
			values.add(number.longValueExact());
		}
		else {
			values.add(new BigDecimal(number));
		}
	}

	private ValueRefusedException outOfRange(Object value) {
		return ValueRefusedException.of(column(),
				"%s is out of the range %s to %s".formatted(value, this.lowest, this.highest));
	}

}
