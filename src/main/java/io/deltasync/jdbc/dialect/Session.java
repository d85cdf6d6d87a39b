package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
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

	private boolean streaming;

	private boolean readsOnToClose;

	private Session(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Opens a session that reads. Each statement is its own transaction, unless the
	 * driver streams rows in transactions only.
	 */
	public static Session forReading(DataSource dataSource, Dialect dialect, boolean instants) throws SQLException {
		return forReading(dataSource.getConnection(), dialect, instants);
	}

	/** Opens a session that reads on an open connection, which the session then owns. */
	static Session forReading(Connection connection, Dialect dialect, boolean instants) throws SQLException {
		Session session = new Session(connection);
		try {
			session.streaming = dialect.streamsInTransaction();
			session.readsOnToClose = dialect.readsOnToClose();
			if (session.streaming) {
				// read-only also marks a transaction that may be ended at any time
				session.connection.setReadOnly(true);
			}
			if (session.connection.getAutoCommit() == session.streaming) {
				session.connection.setAutoCommit(!session.streaming);
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
			session.connection.setAutoCommit(false);
			session.apply(settings);
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

	/**
	 * Closes the session together with rows that it has streamed.
	 * @param rows the rows
	 * @param atEnd whether all of them have been read; otherwise the connection may have
	 * to be given up
	 */
	@SuppressWarnings("try")
	public void close(ResultSet rows, boolean atEnd) throws SQLException {
		if (!atEnd && this.readsOnToClose) {
			abandon();
			return;
		}
		// Rows first: a streaming session accepts no statement before they are closed.
		try (Session closing = this; ResultSet ending = rows) {
			return;
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
			if (this.streaming) {
				this.connection.rollback();
			}
			this.connection.setAutoCommit(true);
		}
		if (this.streaming) {
			this.connection.setReadOnly(false);
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
