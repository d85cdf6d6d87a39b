package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.UUID;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of key and delta columns to text and binds them from text, without
 * loss: a later query must compare with exactly the value that was read.
 */
public final class KeyValue {

	private static final int LONG_DIGITS = 19;

	private KeyValue() {
	}

	/**
	 * Reads the text of a value that was selected with {@code Dialect.comparing}.
	 * @param times reads the query's dates and times
	 */
	public static @Nullable String read(ResultSet row, int index, Column column, StoredTimes times)
			throws SQLException {
		return switch (column.keyType()) {
			case INTEGER, DECIMAL -> {
				BigDecimal number = row.getBigDecimal(index);
				yield (number != null) ? number.toPlainString() : null;
			}
			case FLOAT, DOUBLE -> {
				double number = row.getDouble(index);
				yield row.wasNull() ? null : Double.toString(number);
			}
			case BOOLEAN -> {
				boolean bool = row.getBoolean(index);
				yield row.wasNull() ? null : Boolean.toString(bool);
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
			case TEXT, ENUM, TIME_SPAN, UUID -> row.getString(index);
			default -> throw new AbortRunException(String.valueOf(refusal(column)));
		};
	}

	/** Returns the reason why a column cannot be part of a key, or null. */
	public static @Nullable String refusal(Column column) {
		return switch (column.keyType()) {
			case JSON, BITS, OTHER -> "Column '%s' (%s) cannot be part of a key; name other columns in the option key"
				.formatted(column.name(), column.typeName());
			default -> null;
		};
	}

	/** Writes the value that a text stands for to a sink. */
	public static void bind(RowSink sink, Column column, String text) throws SQLException {
		switch (column.keyType()) {
			case INTEGER -> bindInteger(sink, new BigDecimal(text));
			case DECIMAL -> sink.add(new BigDecimal(text));
			case FLOAT, DOUBLE -> sink.add(Double.parseDouble(text));
			case BOOLEAN -> sink.add(Boolean.parseBoolean(text));
			case BINARY -> sink.add(HexFormat.of().parseHex(text));
			case DATE -> sink.add(LocalDate.parse(text));
			case TIME -> sink.add(LocalTime.parse(text));
			case LOCAL_DATE_TIME -> sink.add(LocalDateTime.parse(text));
			case INSTANT -> sink.add(Instant.parse(text));
			case OFFSET_DATE_TIME -> sink.add(OffsetDateTime.parse(text));
			case UUID -> sink.addObject(UUID.fromString(text));
			default -> sink.add(text);
		}
	}

	private static void bindInteger(RowSink sink, BigDecimal number) throws SQLException {
		if (number.precision() < LONG_DIGITS) {
			sink.add(number.longValueExact());
		}
		else {
			sink.add(number);
		}
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
