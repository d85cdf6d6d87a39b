package io.deltasync.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * Converts values to what columns hold, and back. Times are stored in UTC without a time
 * zone, so that neither the server nor a driver converts them.
 */
public final class Columns {

	/** What stands for U+0000, which PostgreSQL cannot store. */
	private static final char NO_CHARACTER = '\uFFFD';

	/** The length of most columns with a message, in characters. */
	public static final int MESSAGE = 2000;

	private Columns() {
	}

	/**
	 * Returns the value of a column for a time.
	 * @param time the time
	 * @return the time in UTC
	 */
	public static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
	}

	/**
	 * Returns the value of a column for a time that may be missing.
	 * @param time the time, or null
	 * @return the time in UTC; null for null
	 */
	public static @Nullable LocalDateTime utcOrNull(@Nullable Instant time) {
		return (time != null) ? utc(time) : null;
	}

	/**
	 * Reads a time.
	 * @param row the row
	 * @param column the column's name
	 * @return the time, or null
	 * @throws SQLException when the column cannot be read
	 */
	public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		LocalDateTime time = row.getObject(column, LocalDateTime.class);
		return (time != null) ? time.toInstant(ZoneOffset.UTC) : null;
	}

	/**
	 * Whether every database can store a text. If not, no row has it, and PostgreSQL
	 * refuses to look for it.
	 * @param text the text
	 * @return false if it contains U+0000
	 */
	public static boolean canHold(String text) {
		return text.indexOf('\0') < 0;
	}

	/**
	 * Converts a text for people to what a column holds.
	 * @param text the text
	 * @param length the maximum length, in characters
	 * @return the text, or its beginning with an ellipsis, without U+0000
	 */
	public static String cut(String text, int length) {
		String part = (text.length() <= length) ? text : text.substring(0, length - 1) + "…";
		return part.replace('\0', NO_CHARACTER);
	}

	/**
	 * Converts a text for people that may be missing.
	 * @param text the text, or null
	 * @param length the maximum length, in characters
	 * @return the text, or its beginning with an ellipsis, without U+0000; null for null
	 */
	public static @Nullable String cutOrNull(@Nullable String text, int length) {
		return (text != null) ? cut(text, length) : null;
	}

}
