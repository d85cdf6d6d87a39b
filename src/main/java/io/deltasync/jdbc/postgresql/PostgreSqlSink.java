package io.deltasync.jdbc.postgresql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.dialect.StatementSink;

/** Binds times as texts, because the driver rounds them and knows infinity. */
final class PostgreSqlSink extends StatementSink {

	PostgreSqlSink(PreparedStatement statement) {
		super(statement);
	}

	@Override
	public void add(Temporal time) throws SQLException {
		super.add(PostgreSqlTexts.of(time));
	}

}
