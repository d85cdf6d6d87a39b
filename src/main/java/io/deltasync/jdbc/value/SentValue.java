package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Objects;

import io.deltasync.api.UnreadValue;
import org.jspecify.annotations.Nullable;

/**
 * A value as the ASCII text that a server sent. A column of the same type that is large
 * enough takes the text as it is.
 */
public final class SentValue implements UnreadValue {

	private final Column column;

	private final byte[] text;

	private SentValue(Column column, byte[] text) {
		this.column = column;
		this.text = text;
	}

	/**
	 * Returns a value that is not read yet.
	 * @param column the column from which it comes: whole numbers that are
	 * {@linkplain Column#isLong long}, decimals, texts, dates, or dates with times
	 * @param text what the server sent; must not be changed afterwards
	 * @return null if the text is none of a value of this type in its usual form, which
	 * is ASCII
	 */
	public static @Nullable SentValue of(Column column, byte[] text) {
		boolean usual = switch (column.type()) {
			case INTEGER -> isNumber(text, 0);
			case DECIMAL -> isNumber(text, 1);
			case TEXT -> isAscii(text);
			case DATE, LOCAL_DATE_TIME -> isTime(column, text);
			default -> false;
		};
		return usual ? new SentValue(column, text) : null;
	}

	private static boolean isNumber(byte[] text, int points) {
		int start = (text.length > 0 && text[0] == '-') ? 1 : 0;
		int left = points;
		for (int i = start; i < text.length; i++) {
			boolean point = text[i] == '.' && i > start && i < text.length - 1 && left-- > 0;
			if (!point && (text[i] < '0' || text[i] > '9')) {
				return false;
			}
		}
		return text.length > start;
	}

	/** Not for zero dates and others that do not exist. */
	private static boolean isTime(Column column, byte[] text) {
		TemporalAccessor time = DateTimeText.usual(text);
		return (column.type() == ColumnType.DATE) ? time instanceof LocalDate date && date.getYear() > 0
				: time instanceof LocalDateTime local && local.getYear() > 0;
	}

	private static boolean isAscii(byte[] text) {
		for (byte each : text) {
			if (each < 0) {
				return false;
			}
		}
		return true;
	}

	/** Returns the column from which it comes. */
	public Column column() {
		return this.column;
	}

	/** Returns the text, which must not be changed. */
	public byte[] bytes() {
		return this.text;
	}

	/** Returns the text. */
	public String text() {
		return new String(this.text, StandardCharsets.ISO_8859_1);
	}

	@Override
	public int size() {
		return this.text.length;
	}

	@Override
	public Object read() {
		return switch (this.column.type()) {
			case INTEGER -> Long.valueOf(text());
			case DECIMAL -> new BigDecimal(text());
			case TEXT -> text();
			default -> Objects.requireNonNull(DateTimeText.usual(this.text));
		};
	}

}
