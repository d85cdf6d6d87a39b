package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of key and delta columns to text and binds them from text, without
 * loss: a later query must compare with exactly the value that was read.
 */
final class KeyValue {

	private static final int LONG_DIGITS = 19;

	private KeyValue() {
	}

	/**
	 * Reads the text of a value that was selected with {@link Dialect#comparing}.
	 * @param times reads the query's dates and times
	 */
	static @Nullable String read(ResultSet row, int index, Column column, StoredTimes times) throws SQLException {
		return switch (column.type().inKeys()) {
			case INTEGER, DECIMAL -> {
				BigDecimal number = row.getBigDecimal(index);
				yield (number != null) ? number.toPlainString() : null;
			}
			case FLOAT, DOUBLE -> {
				double number = row.getDouble(index);
				yield row.wasNull() ? null : Double.toString(number);
			}
			case BINARY -> {
				byte[] bytes = row.getBytes(index);
				yield (bytes != null) ? HexFormat.of().formatHex(bytes) : null;
			}
			case DATE -> text(times.date(row, index));
			case TIME -> text(row.getObject(index, LocalTime.class));
			case LOCAL_DATE_TIME -> text(times.dateTime(row, index));
			case INSTANT -> text(times.instant(row, index));
			case OFFSET_DATE_TIME -> text(row.getObject(index, OffsetDateTime.class));
			case BOOLEAN, TEXT, TIME_SPAN, UUID -> row.getString(index);
			default -> throw new AbortRunException(String.valueOf(refusal(column)));
		};
	}

	/** Returns the reason why a column cannot be part of a key, or null. */
	static @Nullable String refusal(Column column) {
		return switch (column.type().inKeys()) {
			case JSON, OTHER -> "Column '%s' (%s) cannot be part of a key; name other columns in the option key"
				.formatted(column.name(), column.typeName());
			default -> null;
		};
	}

	static void bind(PreparedStatement statement, int index, Column column, String text) throws SQLException {
		switch (column.type().inKeys()) {
			case INTEGER -> bindInteger(statement, index, new BigDecimal(text));
			case DECIMAL -> statement.setBigDecimal(index, new BigDecimal(text));
			case FLOAT, DOUBLE -> statement.setDouble(index, Double.parseDouble(text));
			case BOOLEAN -> statement.setBoolean(index, Boolean.parseBoolean(text));
			case BINARY -> statement.setBytes(index, HexFormat.of().parseHex(text));
			case DATE -> statement.setObject(index, LocalDate.parse(text));
			case TIME -> statement.setObject(index, LocalTime.parse(text));
			case LOCAL_DATE_TIME -> statement.setObject(index, LocalDateTime.parse(text));
			case INSTANT -> statement.setObject(index, LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC));
			case OFFSET_DATE_TIME -> statement.setObject(index, OffsetDateTime.parse(text));
			case UUID -> statement.setObject(index, UUID.fromString(text));
			default -> statement.setString(index, text);
		}
	}

	private static void bindInteger(PreparedStatement statement, int index, BigDecimal number) throws SQLException {
		if (number.precision() < LONG_DIGITS) {
			statement.setLong(index, number.longValueExact());
		}
		else {
			statement.setBigDecimal(index, number);
		}
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
