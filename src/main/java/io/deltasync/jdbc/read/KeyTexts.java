package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.KeyValue;

/**
 * Converts the values of key columns from the texts that a person types, and to the texts
 * of {@link KeyValue}.
 */
final class KeyTexts {

	private KeyTexts() {
	}

	/**
	 * Converts a text to the value that a {@link ColumnReader} returns.
	 * @throws IllegalArgumentException if the text is not a value of the column
	 */
	static Object parse(Column column, String text) {
		try {
			return switch (column.type()) {
				case INTEGER -> integer(column, new BigDecimal(text.strip()).toBigIntegerExact());
				case DECIMAL -> new BigDecimal(text.strip());
				case FLOAT -> Float.valueOf(text.strip());
				case DOUBLE -> Double.valueOf(text.strip());
				case BOOLEAN -> bool(text);
				case BINARY, BITS -> HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
				case DATE -> LocalDate.parse(text);
				case TIME -> LocalTime.parse(text);
				case LOCAL_DATE_TIME -> LocalDateTime.parse(text.replace(' ', 'T'));
				case INSTANT -> Instant.parse(text);
				case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
				case UUID -> UUID.fromString(text);
				case TEXT, ENUM, TIME_SPAN -> text;
				case JSON, OTHER -> throw new AbortRunException(String.valueOf(KeyValue.refusal(column)));
			};
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("'%s' is not a value of the key column '%s' (%s); give %s"
				.formatted(text, column.name(), column.typeName(), expected(column)), ex);
		}
	}

	private static Object integer(Column column, BigInteger number) {
		return (column.unsigned() && column.size() == Long.SIZE) ? number : (Object) number.longValueExact();
	}

	private static Boolean bool(String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "true", "1" -> true;
			case "false", "0" -> false;
			default -> throw new IllegalArgumentException(text);
		};
	}

	private static String expected(Column column) {
		return switch (column.type()) {
			case INTEGER -> "a whole number that fits the column";
			case DECIMAL, FLOAT, DOUBLE -> "a number";
			case BOOLEAN -> "true or false";
			case BINARY, BITS -> "its bytes in hexadecimal digits";
			case DATE -> "a date such as 2026-11-21";
			case TIME -> "a time such as 08:00:00";
			case LOCAL_DATE_TIME -> "a time such as 2026-11-21T08:00:00";
			case INSTANT, OFFSET_DATE_TIME -> "a time such as 2026-11-21T08:00:00Z";
			case UUID -> "a UUID";
			default -> "another value";
		};
	}

	/**
	 * Returns the text by which rows are compared with a value.
	 * @throws IllegalArgumentException if the database compares by another type and the
	 * value has no number there
	 */
	static String text(Column column, Object value) {
		return switch (column.type()) {
			case BINARY -> HexFormat.of().formatHex((byte[]) value);
			case BITS -> new BigInteger(1, (byte[]) value).toString();
			case DECIMAL -> ((BigDecimal) value).toPlainString();
			case ENUM -> column.comparesOtherwise() ? member(column, (String) value) : (String) value;
			default -> value.toString();
		};
	}

	private static String member(Column column, String value) {
		int index = column.members().indexOf(value);
		if (index < 0) {
			throw new IllegalArgumentException("'%s' is not a value of the key column '%s' (%s); give one of: %s"
				.formatted(value, column.name(), column.typeName(), String.join(", ", column.members())));
		}
		return String.valueOf(index + 1);
	}

}
