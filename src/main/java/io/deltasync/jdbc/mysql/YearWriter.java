package io.deltasync.jdbc.mysql;

import java.math.BigInteger;
import java.sql.SQLException;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.Numbers;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.ValueRefusedException;

/**
 * Writes years of MySQL: 1901 to 2155, and 0. Refuses years of two digits, which the
 * server would move to the current or the last century.
 */
final class YearWriter extends ColumnWriter {

	private static final int FIRST = 1901;

	private static final int LAST = 2155;

	YearWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		BigInteger number = Numbers.whole(column(), Numbers.parse(column(), value), Long.SIZE);
		int year = (number != null && number.bitLength() < Integer.SIZE) ? number.intValueExact() : -1;
		if (value instanceof String text && isYear(year)
				&& !text.equals((text.length() == 1) ? "0" : "%04d".formatted(year))) {
			throw Numbers.otherForm(column(), text);
		}
		if (year == 0) {
			// In text form, which bulk loads use, a single zero means the year 2000.
			values.add("0000");
		}
		else if (!isYear(year)) {
			throw ValueRefusedException.of(column(),
					"%s is out of the range %d to %d, and is not 0".formatted(value, FIRST, LAST));
		}
		else {
			values.add(year);
		}
	}

	private static boolean isYear(int year) {
		return year == 0 || (year >= FIRST && year <= LAST);
	}

}
