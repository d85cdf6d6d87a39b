package io.deltasync.run.fetch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * A borrowed connection on which a LOCATOR query returns all its rows: without limits set
 * by a server, an account or a URL, and with texts in UTF-8, which the drivers of MySQL
 * and MariaDB expect. On PostgreSQL it is in a transaction, outside which the driver
 * would read all rows at once. Closing it restores and returns the connection. Confined
 * to one thread.
 */
final class LocatorSession implements AutoCloseable {

	private static final String LIMITS = "SET @deltasync_rows = @@SESSION.sql_select_limit, sql_select_limit = 18446744073709551615, "
			+ "@deltasync_big = @@SESSION.sql_big_selects, sql_big_selects = 1, "
			+ "@deltasync_results = @@SESSION.character_set_results, character_set_results = 'utf8mb4', "
			+ "@deltasync_time = @@SESSION.%1$s, %1$s = 0";

	private static final String UNDO = "SET sql_select_limit = @deltasync_rows, sql_big_selects = @deltasync_big, "
			+ "character_set_results = @deltasync_results, %s = @deltasync_time";

	/** Without them, PostgreSQL may end the query, or the transaction while it waits. */
	private static final String POSTGRESQL_LIMITS = "SET LOCAL statement_timeout = 0; "
			+ "SET LOCAL idle_in_transaction_session_timeout = 0";

	private final Connection connection;

	private @Nullable String undo;

	/** How the connection commits outside this transaction; null without one. */
	private @Nullable Boolean autoCommit;

	private LocatorSession(Connection connection) {
		this.connection = connection;
	}

	static LocatorSession open(DataSource local) throws SQLException {
		LocatorSession session = new LocatorSession(local.getConnection());
		try {
			// read-only because it is DeltaSync's own database by default
			session.connection.setReadOnly(true);
			String timeLimit = timeLimit(session.connection);
			if (session.connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
				session.autoCommit = session.connection.getAutoCommit();
				session.connection.setAutoCommit(false);
				session.execute(POSTGRESQL_LIMITS);
			}
			else if (timeLimit != null) {
				session.execute(LIMITS.formatted(timeLimit));
				session.undo = UNDO.formatted(timeLimit);
			}
			return session;
		}
		catch (SQLException | RuntimeException ex) {
			session.close();
			throw ex;
		}
	}

	/** Returns the variable that limits a statement's time; null if there is none. */
	private static @Nullable String timeLimit(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName() + " "
				+ connection.getMetaData().getDatabaseProductVersion();
		if (product.contains("MariaDB")) {
			return "max_statement_time";
		}
		return product.startsWith("MySQL") ? "max_execution_time" : null;
	}

	Connection connection() {
		return this.connection;
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			// otherwise Connector/J would set the session's limit on rows again
			statement.setMaxRows(0);
			statement.execute(sql);
		}
	}

	/**
	 * Aborts the connection without waiting for rows that the server still has to send.
	 */
	void abandon() {
		this.undo = null;
		abort();
	}

	@Override
	public void close() {
		try {
			if (this.undo != null) {
				execute(this.undo);
			}
			if (this.autoCommit != null) {
				this.connection.rollback();
				this.connection.setAutoCommit(this.autoCommit);
			}
			this.connection.setReadOnly(false);
		}
		catch (SQLException ex) {
			abort();
		}
		finally {
			JdbcUtils.closeConnection(this.connection);
		}
	}

	/**
	 * Aborts the connection, because a pool must not lend one that could not be restored.
	 */
	private void abort() {
		try {
			this.connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// the connection is already broken
		}
	}

}
