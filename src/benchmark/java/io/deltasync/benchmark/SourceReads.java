package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many rows of the source table the server has read, and by which index. The server
 * counts them per table; its statistics of statements would tell more, but are full on a
 * server that has seen many.
 *
 * @param byDelta by the index on the delta column
 * @param byKey by the primary key
 * @param withoutIndex by going through the whole table
 */
record SourceReads(long byDelta, long byKey, long withoutIndex) {

	private static final String QUERY = """
			SELECT SUM(IF(INDEX_NAME = '%s', COUNT_FETCH, 0)), SUM(IF(INDEX_NAME = 'PRIMARY', COUNT_FETCH, 0)),
			SUM(IF(INDEX_NAME IS NULL, COUNT_FETCH, 0))
			FROM performance_schema.table_io_waits_summary_by_index_usage
			WHERE OBJECT_SCHEMA = '%s' AND OBJECT_NAME = '%s'""".formatted(Dataset.DELTA_INDEX, Dataset.SOURCE_DATABASE,
			Dataset.SOURCE_TABLE);

	/** What was read since the table was made. */
	static SourceReads now(Server server) throws SQLException {
		try (Connection connection = server.connect("");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(QUERY)) {
			row.next();
			return new SourceReads(row.getLong(1), row.getLong(2), row.getLong(3));
		}
	}

	SourceReads minus(SourceReads before) {
		return new SourceReads(this.byDelta - before.byDelta, this.byKey - before.byKey,
				this.withoutIndex - before.withoutIndex);
	}

}
