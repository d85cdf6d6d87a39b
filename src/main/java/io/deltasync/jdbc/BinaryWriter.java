package io.deltasync.jdbc;

import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Writes bytes, and numbers to columns of bits.
 */
final class BinaryWriter extends ColumnWriter {

	BinaryWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		boolean bits = column().type() == ColumnType.BITS;
		byte[] bytes;
		if (value instanceof byte[] given) {
			bytes = given;
		}
		else if (bits) {
			bytes = bits(value);
		}
		else {
			throw ValueRefusedException.never(column(), value);
		}
		if (!bits && column().size() > 0 && bytes.length > column().size()) {
			throw ValueRefusedException.of(column(), "the value has %d bytes".formatted(bytes.length));
		}
		values.add(bytes);
	}

	private byte[] bits(Object value) throws ValueRefusedException {
		BigInteger number = Numbers.whole(column(), Numbers.exact(column(), value), Long.SIZE);
		if (number == null || number.signum() < 0 || number.bitLength() > column().size()) {
			throw ValueRefusedException.of(column(), "%s does not fit into %d bits".formatted(value, column().size()));
		}
		byte[] bytes = number.toByteArray();
		int sign = (bytes.length > 1 && bytes[0] == 0) ? 1 : 0;
		return java.util.Arrays.copyOfRange(bytes, sign, bytes.length);
	}

}
