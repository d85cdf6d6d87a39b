package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a server has done since it was started, for whomever.
 *
 * @param statements how many statements clients sent
 * @param commits how many transactions were committed by a statement of their own
 * @param reads how many rows were read
 * @param writes how many rows were inserted, updated or deleted
 * @param log how many bytes went to the redo log
 */
record ServerStatus(long statements, long commits, long reads, long writes, long log) {

	static ServerStatus of(Server server) throws SQLException {
		Map<String, Long> status = new HashMap<>();
		try (Connection connection = server.connect("");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions',"
						+ " 'Com_commit', 'Innodb_rows_read', 'Innodb_rows_inserted', 'Innodb_rows_updated',"
						+ " 'Innodb_rows_deleted', 'Innodb_os_log_written')")) {
			while (rows.next()) {
				status.put(rows.getString(1), rows.getLong(2));
			}
		}
		return new ServerStatus(sum(status, "Questions"), sum(status, "Com_commit"), sum(status, "Innodb_rows_read"),
				sum(status, "Innodb_rows_inserted", "Innodb_rows_updated", "Innodb_rows_deleted"),
				sum(status, "Innodb_os_log_written"));
	}

	private static long sum(Map<String, Long> status, String... names) {
		return Stream.of(names).map(status::get).mapToLong(Objects::requireNonNull).sum();
	}

	ServerStatus since(ServerStatus before) {
		return new ServerStatus(this.statements - before.statements, this.commits - before.commits,
				this.reads - before.reads, this.writes - before.writes, this.log - before.log);
	}

}
