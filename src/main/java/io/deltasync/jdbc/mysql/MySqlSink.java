package io.deltasync.jdbc.mysql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;

import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.value.TimeText;

/**
 * Binds times as texts, and checks the size of long values. Points in time are bound in
 * UTC, the zone of the session.
 */
final class MySqlSink extends StatementSink {

	private final PacketSizeGuard longValues;

	MySqlSink(PreparedStatement statement) throws SQLException {
		super(statement);
		this.longValues = new PacketSizeGuard(statement.getConnection());
	}

	@Override
	public void continueAfter(int parameters) {
		super.continueAfter(parameters);
		this.longValues.beginRow();
	}

	@Override
	public void add(String text) throws SQLException {
		this.longValues.add(text);
		super.add(text);
	}

	@Override
	public void add(byte[] bytes) throws SQLException {
		this.longValues.add(bytes);
		super.add(bytes);
	}

	/** Binds the text that the driver would produce. */
	@Override
	public void add(Temporal time) throws SQLException {
		Temporal local = (time instanceof Instant instant) ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : time;
		String text = TimeText.of(local);
		if (text != null) {
			super.add(text);
		}
		else {
			super.add(local);
		}
	}

}
