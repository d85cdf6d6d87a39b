package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How many rows of the source table the server has read, by which index, and what CPU
 * time it has spent on everything. The server counts rows per table; its statistics of
 * statements would tell more, but are full on a server that has seen many.
 *
 * @param byDelta by the index on the delta column
 * @param byKey by the primary key
 * @param withoutIndex by going through the whole table
 * @param cpu user and system time of the server's process; zero where it is not known
 */
record SourceReads(long byDelta, long byKey, long withoutIndex, Duration cpu) {

	/** Nothing that was counted. */
	static final SourceReads NONE = new SourceReads(0, 0, 0, Duration.ZERO);

	private static final String QUERY = """
			SELECT SUM(IF(INDEX_NAME = '%s', COUNT_FETCH, 0)), SUM(IF(INDEX_NAME = 'PRIMARY', COUNT_FETCH, 0)),
			SUM(IF(INDEX_NAME IS NULL, COUNT_FETCH, 0)), @@pid_file, @@datadir
			FROM performance_schema.table_io_waits_summary_by_index_usage
			WHERE OBJECT_SCHEMA = '%s' AND OBJECT_NAME = '%s'""".formatted(Dataset.DELTA_INDEX, Dataset.SOURCE_DATABASE,
			Dataset.SOURCE_TABLE);

	/** What was read since the table was made. */
	static SourceReads now(Server server) throws SQLException {
		try (Connection connection = server.connect("");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(QUERY)) {
			row.next();
			return new SourceReads(row.getLong(1), row.getLong(2), row.getLong(3),
					cpu(Path.of(row.getString(5)).resolve(row.getString(4))));
		}
	}

	/** The server runs on this machine, perhaps as a user whose files cannot be read. */
	private static Duration cpu(Path pidFile) {
		try {
			long pid = Long.parseLong(Files.readString(pidFile).strip());
			return ProcessHandle.of(pid).flatMap((process) -> process.info().totalCpuDuration()).orElse(Duration.ZERO);
		}
		catch (IOException ex) {
			return Duration.ZERO;
		}
	}

	SourceReads minus(SourceReads before) {
		return new SourceReads(this.byDelta - before.byDelta, this.byKey - before.byKey,
				this.withoutIndex - before.withoutIndex, this.cpu.minus(before.cpu));
	}

}
