package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the server says it did for the queries on the source table: by kind of statement,
 * between two points in time.
 */
final class SourceReads {

	private static final String QUERY = """
			SELECT DIGEST, DIGEST_TEXT, COUNT_STAR, SUM_ROWS_EXAMINED, SUM_ROWS_SENT, SUM_SELECT_SCAN, SUM_NO_INDEX_USED
			FROM performance_schema.events_statements_summary_by_digest
			WHERE SCHEMA_NAME = '%s' AND DIGEST_TEXT LIKE '%%FROM%%`%s`%%'""".formatted(Dataset.SOURCE_DATABASE,
			Dataset.SOURCE_TABLE);

	private final Server server;

	private final Map<String, Reads> before;

	private SourceReads(Server server) throws SQLException {
		this.server = server;
		this.before = totals(server);
	}

	static SourceReads start(Server server) throws SQLException {
		return new SourceReads(server);
	}

	/** What was read since the start, the statements that read most rows first. */
	List<Reads> read() throws SQLException {
		List<Reads> reads = new ArrayList<>();
		totals(this.server).forEach((digest, now) -> {
			Reads since = now.minus(this.before.get(digest));
			if (since.executions() > 0) {
				reads.add(since);
			}
		});
		reads.sort((one, other) -> Long.compare(other.rowsExamined(), one.rowsExamined()));
		return reads;
	}

	private static Map<String, Reads> totals(Server server) throws SQLException {
		Map<String, Reads> totals = new LinkedHashMap<>();
		try (Connection connection = server.connect("");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(QUERY)) {
			while (row.next()) {
				totals.put(row.getString(1), new Reads(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5),
						row.getLong(6), row.getLong(7)));
			}
		}
		return totals;
	}

	/**
	 * One kind of statement.
	 *
	 * @param statement its text, with question marks for the values
	 * @param executions how often it ran
	 * @param rowsExamined the rows that the server looked at
	 * @param rowsSent the rows of its results
	 * @param fullScans how often the whole table or index was read
	 * @param withoutIndex how often no index was used
	 */
	record Reads(String statement, long executions, long rowsExamined, long rowsSent, long fullScans,
			long withoutIndex) {

		private Reads minus(@Nullable Reads other) {
			return (other != null) ? new Reads(this.statement, this.executions - other.executions,
					this.rowsExamined - other.rowsExamined, this.rowsSent - other.rowsSent,
					this.fullScans - other.fullScans, this.withoutIndex - other.withoutIndex) : this;
		}

	}

}
