package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same rows as those of {@link Dataset}, in a PostgreSQL server on this machine,
 * whose URL is in the environment as {@value #URL_VARIABLE}.
 */
final class PostgreSqlDataset implements AutoCloseable {

	static final String URL_VARIABLE = "DELTASYNC_POSTGRESQL_URL";

	static final String SOURCE = "src";

	static final String TARGET = "dst";

	static final String COLUMNS = "id, name, email, amount, qty, active, birth, created_at, updated_at, note";

	private static final Pattern URL = Pattern.compile(
			"(?<start>jdbc:postgresql://(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d+)?/)[^?]*(?<options>(?:\\?.*)?)");

	private static final String DATABASE = "deltasync_benchmark";

	private static final String TYPES = """
			(id BIGINT PRIMARY KEY, name VARCHAR(64) NOT NULL, email VARCHAR(128), amount NUMERIC(12,2) NOT NULL,
			qty INT NOT NULL, active BOOLEAN NOT NULL, birth DATE, created_at TIMESTAMP NOT NULL,
			updated_at TIMESTAMP NOT NULL, note TEXT)""";

	private static final String AMOUNT = "MOD(id * 7919, 1000000000) / 100.0";

	private static final String UPDATED = "TIMESTAMP '2020-01-01' + (MOD(id, 4000000) * 37123457 + MOD(id * 1000003, 86400000000)) * INTERVAL '1 microsecond'";

	private final String url;

	private final Connection connection;

	private final int rows;

	private PostgreSqlDataset(String url, Connection connection, int rows) {
		this.url = url;
		this.connection = connection;
		this.rows = rows;
	}

	static PostgreSqlDataset create(String server, int rows) throws SQLException {
		Matcher matcher = URL.matcher(server);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(URL_VARIABLE + " is no URL of a PostgreSQL server on this machine");
		}
		try (Connection connection = DriverManager.getConnection(server);
				Statement statement = connection.createStatement()) {
			statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
			statement.execute("CREATE DATABASE " + DATABASE);
		}
		String url = matcher.group("start") + DATABASE + matcher.group("options");
		PostgreSqlDataset dataset = new PostgreSqlDataset(url, DriverManager.getConnection(url), rows);
		dataset.execute("CREATE TABLE " + SOURCE + TYPES);
		dataset.execute("CREATE TABLE " + TARGET + TYPES);
		dataset.execute("INSERT INTO " + SOURCE + """
				 SELECT id, 'Customer ' || LPAD(id::text, 8, '0'), TO_HEX(id) || '@customers.example',
				""" + AMOUNT + """
				, MOD(id * 31, 500), MOD(id, 3) > 0,
				CASE WHEN MOD(id, 50) = 0 THEN NULL ELSE DATE '1950-01-01' + MOD(id, 20000)::int END,
				TIMESTAMP '2020-01-01' + id * 37123457 * INTERVAL '1 microsecond',
				""" + UPDATED + """
				, MD5(id::text) || MD5((id + 1)::text) || LEFT(MD5((id + 2)::text), 36)
				FROM GENERATE_SERIES(1::bigint, %d) id""".formatted(rows));
		dataset.execute("CREATE INDEX updated ON " + SOURCE + " (updated_at, id)");
		dataset.execute("VACUUM ANALYZE " + SOURCE);
		return dataset;
	}

	String url() {
		return this.url;
	}

	String description() throws SQLException {
		return "PostgreSQL %s, %s %s".formatted(this.connection.getMetaData().getDatabaseProductVersion(),
				this.connection.getMetaData().getDriverName(), this.connection.getMetaData().getDriverVersion());
	}

	void emptyTarget() throws SQLException {
		execute("TRUNCATE TABLE " + TARGET);
	}

	/** The server's clock, as the column {@code updated_at} would hold it. */
	String now() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT (CLOCK_TIMESTAMP() AT TIME ZONE 'UTC')::text")) {
			row.next();
			return row.getString(1);
		}
	}

	/** Changes rows, spread over the whole table, and stamps them with the present. */
	void change(int changed) throws SQLException {
		execute("UPDATE %s SET amount = amount + 1, updated_at = CLOCK_TIMESTAMP() AT TIME ZONE 'UTC' WHERE MOD(id, %d) = 0"
			.formatted(SOURCE, this.rows / changed));
	}

	/** Takes the change back. */
	void restore() throws SQLException {
		execute("UPDATE %s SET amount = %s, updated_at = %s WHERE updated_at > '2025-01-01' AND updated_at <> %3$s"
			.formatted(SOURCE, AMOUNT, UPDATED));
		execute("VACUUM " + SOURCE);
	}

	/** Counts the rows that are missing, superfluous or different in any column. */
	long rowsNotEqual() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT COUNT(*) FROM %s s FULL JOIN %s d ON s.id = d.id WHERE s.* IS DISTINCT FROM d.*"
							.formatted(SOURCE, TARGET))) {
			row.next();
			return row.getLong(1);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
