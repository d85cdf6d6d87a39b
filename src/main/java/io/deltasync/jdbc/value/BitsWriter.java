package io.deltasync.jdbc.value;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes BIT columns from bytes and numbers.
 */
final class BitsWriter extends ColumnWriter {

	private final boolean ofKey;

	BitsWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		if (value instanceof byte[] bytes) {
			long length = (column().size() + Byte.SIZE - 1) / Byte.SIZE;
			if (this.ofKey && bytes.length != length) {
				throw ValueRefusedException.of(column(),
						"it is part of the key and has %d bytes, but the value has %d; records would become one row"
							.formatted(length, bytes.length));
			}
			fitting(value, new BigInteger(1, bytes));
			values.add(bytes);
		}
		else {
			BigInteger number = fitting(value, Numbers.whole(column(), value, Long.SIZE));
			byte[] bytes = number.toByteArray();
			int sign = (bytes.length > 1 && bytes[0] == 0) ? 1 : 0;
			values.add(Arrays.copyOfRange(bytes, sign, bytes.length));
		}
	}

	private BigInteger fitting(Object value, @Nullable BigInteger number) throws ValueRefusedException {
		if (number == null || number.signum() < 0 || number.bitLength() > column().size()) {
			throw ValueRefusedException.of(column(),
					"%s does not fit into %d bits".formatted(
							(value instanceof byte[] bytes) ? "a value of %d bytes".formatted(bytes.length) : value,
							column().size()));
		}
		return number;
	}

}
