package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows to be copied, the table they are copied into, and the comparison of the two.
 * Every value is a function of the row's id, so that each run moves the same rows and a
 * change can be taken back.
 */
final class Dataset implements AutoCloseable {

	static final String SOURCE_DATABASE = "deltasync_benchmark_source";

	static final String TARGET_DATABASE = "deltasync_benchmark_target";

	/** Where contenders that keep a job repository on the same server keep it. */
	static final String JOBS_DATABASE = "deltasync_benchmark_jobs";

	static final String SOURCE_TABLE = "src";

	static final String TARGET_TABLE = "dst";

	/** Like the target, but it refuses one row in a thousand, evenly spread. */
	static final String STRICT_TABLE = "strict";

	static final int REFUSED = 1000;

	static final String DELTA_INDEX = "updated";

	static final String SOURCE = SOURCE_DATABASE + "." + SOURCE_TABLE;

	static final String TARGET = TARGET_DATABASE + "." + TARGET_TABLE;

	static final String STRICT = TARGET_DATABASE + "." + STRICT_TABLE;

	private static final String COLUMNS = """
			id BIGINT NOT NULL PRIMARY KEY,
			name VARCHAR(64) NOT NULL,
			email VARCHAR(128),
			amount DECIMAL(12,2) NOT NULL,
			qty INT NOT NULL,
			active BOOLEAN NOT NULL,
			birth DATE,
			created_at DATETIME(6) NOT NULL,
			updated_at DATETIME(6) NOT NULL,
			note TEXT""";

	/** Compared as bytes: a collation would take some different texts for equal. */
	private static final List<String> COMPARED = List.of("id", "CAST(%1$s.name AS BINARY)",
			"CAST(%1$s.email AS BINARY)", "amount", "qty", "active", "birth", "created_at", "updated_at",
			"CAST(%1$s.note AS BINARY)");

	private static final String AMOUNT = "MOD(id * 7919, 1000000000) / 100";

	private static final String QUANTITY = "MOD(id * 31, 500)";

	/** Later than every generated time, earlier than every changed row's. */
	private static final String GENERATED_UNTIL = "'2025-01-01'";

	private static final String CREATED = "TIMESTAMPADD(MICROSECOND, id * 37123457, '2020-01-01 00:00:00')";

	/** Of more than four million rows, several have times close to each other. */
	private static final String UPDATED = "TIMESTAMPADD(MICROSECOND,"
			+ " MOD(id, 4000000) * 37123457 + MOD(id * 1000003, 86400000000), '2020-01-01 00:00:00')";

	private static final int BLOCK = 100_000;

	private final Connection connection;

	private final int rows;

	private Dataset(Connection connection, int rows) {
		this.connection = connection;
		this.rows = rows;
	}

	static Dataset create(Server server, int rows) throws SQLException {
		Dataset dataset = new Dataset(server.connect(""), rows);
		// two benchmarks at a time would measure, and empty, each other's tables
		if (dataset.count("SELECT GET_LOCK('deltasync_benchmark', 0)") != 1) {
			dataset.connection.close();
			throw new IllegalStateException("Another benchmark is running on this server");
		}
		try {
			// the columns have no zone: they hold UTC, whatever the server's own zone
			dataset.execute("SET time_zone = '+00:00'");
			dataset.createTables();
			dataset.fill();
			return dataset;
		}
		catch (SQLException | RuntimeException ex) {
			dataset.close();
			throw ex;
		}
	}

	private void createTables() throws SQLException {
		for (String database : List.of(SOURCE_DATABASE, TARGET_DATABASE)) {
			execute("DROP DATABASE IF EXISTS " + database);
			execute("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
		}
		forgetJobs();
		execute("CREATE TABLE " + SOURCE + " (" + COLUMNS + ", INDEX " + DELTA_INDEX + " (updated_at, id))");
		execute("CREATE TABLE " + TARGET + " (" + COLUMNS + ")");
		execute("CREATE TABLE " + STRICT + " (" + COLUMNS + ", CHECK (MOD(id, " + REFUSED + ") <> 500))");
	}

	private void fill() throws SQLException {
		for (int from = 0; from < this.rows; from += BLOCK) {
			execute("INSERT INTO " + SOURCE + """
					 WITH RECURSIVE thousand AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM thousand WHERE n < 999)
					SELECT id, CONCAT('Customer ', LPAD(id, 8, '0')), CONCAT(LOWER(HEX(id)), '@customers.example'),
					""" + AMOUNT + ", " + QUANTITY + ", MOD(id, 3) > 0," + """
					 IF(MOD(id, 50) = 0, NULL, DATE '1950-01-01' + INTERVAL MOD(id, 20000) DAY),
					""" + CREATED + ", " + UPDATED + "," + """
					 CONCAT(SHA2(id, 256), LEFT(SHA2(id + 1, 256), 36))
					FROM (SELECT 1 + a.n + 1000 * b.n + %1$d AS id FROM thousand a, thousand b
					WHERE b.n < %2$d) ids WHERE id <= %3$d ORDER BY id""".formatted(from, BLOCK / 1000, this.rows));
		}
		execute("ANALYZE TABLE " + SOURCE);
	}

	int rows() {
		return this.rows;
	}

	void emptyTarget() throws SQLException {
		execute("TRUNCATE TABLE " + TARGET);
		execute("TRUNCATE TABLE " + STRICT);
	}

	void forgetJobs() throws SQLException {
		execute("DROP DATABASE IF EXISTS " + JOBS_DATABASE);
		execute("CREATE DATABASE " + JOBS_DATABASE + " CHARACTER SET utf8mb4");
	}

	/**
	 * Changes rows, spread over the whole table, and stamps them with the present.
	 * @param rows how many; the table's size is a multiple of it
	 */
	void change(int rows) throws SQLException {
		execute("UPDATE " + SOURCE + " SET amount = amount + 1, qty = qty + 1, updated_at = UTC_TIMESTAMP(6)"
				+ " WHERE MOD(id, " + this.rows / rows + ") = 0");
	}

	/** Takes the change back, so that the next contender meets the same table. */
	void restore() throws SQLException {
		execute("UPDATE " + SOURCE + " SET amount = " + AMOUNT + ", qty = " + QUANTITY + ", updated_at = " + UPDATED
				+ " WHERE updated_at > " + GENERATED_UNTIL);
	}

	/** The server's clock, as the column {@code updated_at} would hold it. */
	String now() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)")) {
			result.next();
			return result.getString(1);
		}
	}

	/** Counts the rows that are missing, superfluous or different in any column. */
	long rowsNotEqual() throws SQLException {
		return rowsNotEqual(TARGET);
	}

	/**
	 * As many as the strict table refuses are missing there when all others are right.
	 */
	long rowsNotEqual(String target) throws SQLException {
		String equal = COMPARED.stream()
			.map((column) -> column.contains("%") ? column : "%1$s." + column)
			.map((column) -> column.formatted("s") + " <=> " + column.formatted("d"))
			.collect(Collectors.joining(" AND "));
		return count("SELECT COUNT(*) FROM " + SOURCE + " s LEFT JOIN " + target + " d ON d.id = s.id WHERE NOT ("
				+ equal + ")")
				+ count("SELECT COUNT(*) FROM " + target + " d LEFT JOIN " + SOURCE
						+ " s ON s.id = d.id WHERE s.id IS NULL");
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private long count(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getLong(1);
		}
	}

	@Override
	public void close() throws SQLException {
		try (this.connection) {
			for (String database : List.of(SOURCE_DATABASE, TARGET_DATABASE, JOBS_DATABASE)) {
				execute("DROP DATABASE IF EXISTS " + database);
			}
		}
	}

}
