package io.deltasync.jdbc.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a driver reads ahead, so that they fit into memory. Where columns tell
 * their longest value, that decides; where they do not, the first reads are short, and
 * the rows that have arrived tell the length of the next ones. Not thread-safe.
 */
final class ReadAhead {

	/** The most rows, unless configured. */
	static final int MOST_ROWS = 100;

	/** The most memory, unless configured. */
	private static final long MOST_BYTES = 4 << 20;

	private static final int FIRST_ROWS = 4;

	private static final int GROWTH = 4;

	private final int most;

	private final boolean adapts;

	private int rows;

	private int arrived;

	private long length;

	private long longest = 1;

	/**
	 * Creates an instance for one query.
	 * @param columns the columns to read
	 * @param configured the configured number of rows; null if there is none
	 */
	ReadAhead(Dialect dialect, List<Column> columns, @Nullable Integer configured) {
		this.most = (configured != null) ? configured : rowsAtATime(columns);
		// elsewhere the driver takes the size from the statement only, or streams anyway
		this.adapts = configured == null && dialect.streamsInTransaction()
				&& columns.stream().anyMatch(ReadAhead::hasNoLimit);
		this.rows = this.adapts ? Math.min(FIRST_ROWS, this.most) : this.most;
	}

	private static int rowsAtATime(List<Column> columns) {
		long width = columns.stream().mapToLong(ReadAhead::mostBytes).sum();
		return (int) Math.max(1, Math.min(MOST_ROWS, MOST_BYTES / Math.max(1, width)));
	}

	private static long mostBytes(Column column) {
		return switch (column.type()) {
			case TEXT, BINARY -> column.size();
			// short as a rule if the database knows no limit
			case JSON, OTHER -> (column.size() > 0) ? MOST_BYTES : 0;
			default -> 0;
		};
	}

	private static boolean hasNoLimit(Column column) {
		return switch (column.type()) {
			case TEXT, BINARY, JSON, OTHER -> column.size() == 0;
			default -> false;
		};
	}

	/** Returns the fetch size of the next query. */
	int rows() {
		return this.rows;
	}

	/** Takes a value of the current row. */
	void take(@Nullable Object value) {
		if (this.adapts) {
			if (value instanceof String text) {
				this.length += text.length();
			}
			else if (value instanceof byte[] bytes) {
				this.length += bytes.length;
			}
		}
	}

	/** Ends the current row, and may tell the driver how many to read next. */
	void endRow(ResultSet result) throws SQLException {
		if (!this.adapts) {
			return;
		}
		this.longest = Math.max(this.longest, this.length);
		this.length = 0;
		if (++this.arrived == this.rows) {
			this.arrived = 0;
			int next = (int) Math.max(1, Math.min(Math.min(this.most, this.rows * GROWTH), MOST_BYTES / this.longest));
			if (next != this.rows) {
				this.rows = next;
				result.setFetchSize(next);
			}
		}
	}

}
