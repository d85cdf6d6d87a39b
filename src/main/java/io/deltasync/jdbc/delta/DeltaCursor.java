package io.deltasync.jdbc.delta;

import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes cursors that name their kind and column, such as
 * {@code time:updated_at:2026-11-21T08:00:00Z} or {@code number:seq:4711}. When the delta
 * column of a Link changes, the cursor of the old column must not be used for the new
 * one.
 */
final class DeltaCursor {

	static final String TIME = "time";

	static final String NUMBER = "number";

	private DeltaCursor() {
	}

	static String write(String kind, Column column, Object value) {
		return kind + ":" + column.name() + ":" + value;
	}

	/** Returns the value, or null when the cursor has another kind or column. */
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
