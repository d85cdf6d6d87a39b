package io.deltasync.jdbc.duckdb;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.deltasync.jdbc.dialect.StatementSink;

/** Binds the numbers of 128 bits that are no DECIMAL as texts, which a cast converts. */
final class DuckDbSink extends StatementSink {

	private static final int DECIMAL_DIGITS = 38;

	DuckDbSink(PreparedStatement statement) {
		super(statement);
	}

	@Override
	public void add(BigDecimal number) throws SQLException {
		if (number.precision() > DECIMAL_DIGITS) {
			add(number.toPlainString());
		}
		else {
			super.add(number);
		}
	}

}
