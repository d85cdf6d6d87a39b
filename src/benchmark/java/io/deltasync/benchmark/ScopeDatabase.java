package io.deltasync.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * Where a program keeps its jobs and writes its records: two databases, empty at first.
 *
 * @param directory where H2's files are
 * @param server what holds them, or null for H2 in files
 */
record ScopeDatabase(Path directory, @Nullable Server server) {

	static final String TABLE = "dst";

	private static final String TARGET_DATABASE = "deltasync_benchmark_scopes";

	private static final String CREATE = "CREATE TABLE " + TABLE
			+ " (id INT NOT NULL PRIMARY KEY, name VARCHAR(64), amount DECIMAL(12,2))";

	/** Makes both anew. */
	void create() throws SQLException {
		if (this.server != null) {
			drop();
			execute(this.server.url(""), "CREATE DATABASE " + TARGET_DATABASE + " CHARACTER SET utf8mb4");
			execute(this.server.url(""), "CREATE DATABASE " + Dataset.JOBS_DATABASE + " CHARACTER SET utf8mb4");
		}
		execute(targetUrl(), CREATE);
	}

	/** Makes the table beside the jobs, for a program that knows one database only. */
	void createBesideJobs() throws SQLException {
		create();
		execute(jobsUrl(), CREATE);
	}

	void drop() throws SQLException {
		if (this.server != null) {
			execute(this.server.url(""), "DROP DATABASE IF EXISTS " + TARGET_DATABASE);
			execute(this.server.url(""), "DROP DATABASE IF EXISTS " + Dataset.JOBS_DATABASE);
		}
	}

	/** Takes all records out of the target. */
	void empty() throws SQLException {
		execute(targetUrl(), "TRUNCATE TABLE " + TABLE);
	}

	String targetUrl() {
		return (this.server != null) ? this.server.url(TARGET_DATABASE) : h2("target", "DATABASE_TO_LOWER=TRUE");
	}

	/** Commits survive a kill, as with the product's own default. */
	String jobsUrl() {
		return (this.server != null) ? this.server.url(Dataset.JOBS_DATABASE) : h2("jobs", "WRITE_DELAY=0");
	}

	String user() {
		return (this.server != null) ? this.server.user() : "sa";
	}

	private String h2(String name, String option) {
		return "jdbc:h2:file:" + this.directory.resolve(name) + ";DB_CLOSE_ON_EXIT=FALSE;" + option;
	}

	/** The beginning of the product's configuration: where jobs are. */
	String configuration() {
		return """
				spring:
				  profiles:
				    active: "%s"
				  datasource:
				    url: "%s"
				    username: "%s"
				""".formatted((this.server != null) ? "mysql" : "default", jobsUrl(), user());
	}

	/** Counts the records that are missing or too many. */
	long recordsNotEqual(String url, int records) throws SQLException {
		try (Connection connection = connect(url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*), SUM(CASE WHEN id >= 0 AND id < " + records
						+ " AND amount * 100 = id THEN 1 ELSE 0 END) FROM " + TABLE)) {
			row.next();
			return records + row.getLong(1) - 2 * row.getLong(2);
		}
	}

	private void execute(String url, String sql) throws SQLException {
		try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection connect(String url) throws SQLException {
		return (this.server != null) ? DriverManager.getConnection(url) : DriverManager.getConnection(url, "sa", "");
	}

}
