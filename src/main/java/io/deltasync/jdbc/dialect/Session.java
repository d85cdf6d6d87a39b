package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * A connection borrowed from a pool, with the session settings that exact values need.
 * Closing it restores the settings and returns the connection. Confined to one thread.
 */
public final class Session implements AutoCloseable {

	private final Connection connection;

	private @Nullable String undo;

	private Session(Connection connection) {
		this.connection = connection;
	}

	/** Opens a session that reads; each statement is its own transaction. */
	public static Session forReading(DataSource dataSource, Dialect dialect, boolean instants) throws SQLException {
		return forReading(dataSource.getConnection(), dialect, instants);
	}

	/** Opens a session that reads on an open connection, which the session then owns. */
	static Session forReading(Connection connection, Dialect dialect, boolean instants) throws SQLException {
		Session session = new Session(connection);
		try {
			if (!session.connection.getAutoCommit()) {
				session.connection.setAutoCommit(true);
			}
			session.apply(dialect.settingsForReading(instants));
			return session;
		}
		catch (SQLException | RuntimeException ex) {
			session.close();
			throw ex;
		}
	}

	/**
	 * Opens a session for one transaction on an open connection, which the session owns.
	 */
	public static Session forWriting(Connection connection, @Nullable SessionSettings settings) throws SQLException {
		Session session = new Session(connection);
		try {
			session.apply(settings);
			session.connection.setAutoCommit(false);
			return session;
		}
		catch (SQLException | RuntimeException ex) {
			session.close();
			throw ex;
		}
	}

	/** Returns the connection, which belongs to this session and must not be closed. */
	public Connection connection() {
		return this.connection;
	}

	private void apply(@Nullable SessionSettings settings) throws SQLException {
		if (settings != null) {
			this.undo = settings.undo();
			execute(settings.apply());
		}
	}

	@Override
	public void close() throws SQLException {
		try (Connection closing = this.connection) {
			try {
				reset();
			}
			catch (SQLException ex) {
				discard(closing, ex);
				throw ex;
			}
		}
	}

	/** Aborts the connection without waiting for results that are still on their way. */
	public void abandon() {
		SQLException ended = new SQLException("The connection was abandoned");
		try (Connection closing = this.connection) {
			discard(closing, ended);
		}
		catch (SQLException ex) {
			// the connection is closed, as intended
		}
	}

	/**
	 * Prevents the pool from lending a connection whose settings could not be restored. A
	 * pool notices an abort only before the connection is returned, and only when a later
	 * call fails, hence the extra statement.
	 */
	private static void discard(Connection connection, SQLException cause) throws SQLException {
		connection.abort(Runnable::run);
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private void reset() throws SQLException {
		if (!this.connection.getAutoCommit()) {
			this.connection.setAutoCommit(true);
		}
		if (this.undo != null) {
			execute(this.undo);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			// Connector/J would set the session's row limit again.
			statement.setMaxRows(0);
			statement.execute(sql);
		}
	}

}
