package io.deltasync.jdbc.read;

import io.deltasync.jdbc.dialect.Column;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that says what it is of, such as {@code time:updated_at:2026-11-21T08:00:00Z}
 * or {@code number:seq:4711}: after a Link was given another delta column, the old
 * column's cursor must not be taken for the new one's.
 */
final class DeltaCursor {

	static final String TIME = "time";

	static final String NUMBER = "number";

	private DeltaCursor() {
	}

	static String write(String kind, Column column, Object value) {
		return kind + ":" + column.name() + ":" + value;
	}

	/** The value, or null when the cursor is not of this kind and column. */
	static @Nullable String read(String kind, Column column, String cursor) {
		String prefix = kind + ":" + column.name() + ":";
		return cursor.startsWith(prefix) ? cursor.substring(prefix.length()) : null;
	}

	static String notOfThisColumn(String cursor, Column column) {
		return ("The last run's cursor '%s' is not one of delta column '%s', perhaps because the Link was changed "
				+ "since; everything is read, once")
			.formatted(cursor, column.name());
	}

}
