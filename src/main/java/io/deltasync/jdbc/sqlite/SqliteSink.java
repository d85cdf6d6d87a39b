package io.deltasync.jdbc.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.dialect.StatementSink;
import org.jspecify.annotations.Nullable;

/** Binds numbers as SQLite stores them, and dates, times and UUIDs as texts. */
final class SqliteSink extends StatementSink {

	SqliteSink(PreparedStatement statement) {
		super(statement);
	}

	@Override
	public void add(BigDecimal number) throws SQLException {
		BigInteger whole = whole(number);
		if (whole != null) {
			add(whole.longValueExact());
		}
		else {
			add(number.doubleValue());
		}
	}

	/** Returns a number that is stored as a whole number; null for others. */
	static @Nullable BigInteger whole(BigDecimal number) {
		boolean countable = number.precision() - (long) number.scale() <= Long.SIZE;
		if (number.signum() != 0 && (!countable || number.stripTrailingZeros().scale() > 0)) {
			return null;
		}
		BigInteger whole = number.toBigInteger();
		return (whole.bitLength() < Long.SIZE) ? whole : null;
	}

	@Override
	public void add(Temporal time) throws SQLException {
		add(SqliteTimes.text(time));
	}

	@Override
	public void addObject(Object object) throws SQLException {
		add(object.toString());
	}

}
