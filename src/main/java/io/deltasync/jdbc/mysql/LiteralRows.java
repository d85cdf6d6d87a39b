package io.deltasync.jdbc.mysql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.HexFormat;

import io.deltasync.jdbc.value.SentValue;
import io.deltasync.jdbc.value.SentValueSink;
import io.deltasync.jdbc.value.TimeText;

/**
 * Collects rows as the literals of an INSERT. The drivers take several times as long for
 * the parameters of so many rows: they look for all of them in the statement, and go
 * through them several times. Confined to one thread.
 */
final class LiteralRows implements SentValueSink {

	/** The expected length of a value, for the first size of the statement. */
	private static final int VALUE = 24;

	private static final HexFormat HEX = HexFormat.of();

	private final StringBuilder sql;

	private final PacketSizeGuard longValues;

	private int rowStart;

	LiteralRows(Connection connection, String beginning, int values) {
		this.sql = new StringBuilder(beginning.length() + values * VALUE).append(beginning);
		this.longValues = new PacketSizeGuard(connection);
		this.rowStart = this.sql.length();
	}

	/** Begins a row, in the place of one that was begun but not ended. */
	void beginRow() {
		this.sql.setLength(this.rowStart);
		this.longValues.beginRow();
		this.sql.append('(');
	}

	/** Ends the current row. */
	void endRow() {
		this.sql.setCharAt(this.sql.length() - 1, ')');
		this.sql.append(',');
		this.rowStart = this.sql.length();
	}

	/**
	 * Returns the statement.
	 * @param end what follows the last row
	 */
	String statement(String end) {
		this.sql.setLength(this.rowStart - 1);
		return this.sql.append(end).toString();
	}

	@Override
	public void addNull() {
		this.sql.append("NULL,");
	}

	/**
	 * Adds a text. One with a quote or a backslash is written in hexadecimal digits, so
	 * that nothing in a text can end its literal, whatever the mode of the session is.
	 */
	@Override
	public void add(String text) throws SQLException {
		this.longValues.add(text);
		if (text.indexOf('\'') < 0 && text.indexOf('\\') < 0) {
			this.sql.append('\'').append(text);
		}
		else {
			this.sql.append("_utf8mb4 X'").append(HEX.formatHex(text.getBytes(StandardCharsets.UTF_8)));
		}
		this.sql.append("',");
	}

	@Override
	public void add(SentValue value) throws SQLException {
		if (value.column().type().isExactNumber()) {
			this.sql.append(value.text()).append(',');
		}
		else {
			add(value.text());
		}
	}

	@Override
	public void add(long number) {
		this.sql.append(number).append(',');
	}

	@Override
	public void add(double number) {
		this.sql.append(number).append(',');
	}

	@Override
	public void add(BigDecimal number) {
		this.sql.append(number.toPlainString()).append(',');
	}

	@Override
	public void add(boolean bool) {
		this.sql.append(bool ? "TRUE," : "FALSE,");
	}

	@Override
	public void add(byte[] bytes) {
		throw new IllegalArgumentException("Bytes are bound as parameters");
	}

	@Override
	public void add(Temporal time) {
		Temporal local = (time instanceof Instant instant) ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : time;
		String text = TimeText.of(local);
		this.sql.append('\'').append((text != null) ? text : local.toString()).append("',");
	}

	@Override
	public void addObject(Object object) {
		throw new IllegalArgumentException("There is no literal for " + object.getClass());
	}

}
