package io.deltasync.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connections that a task has borrowed from pools and not yet returned, so that
 * another thread can end whatever the task is waiting for. Thread-safe.
 */
public final class BorrowedConnections {

	private static final ThreadLocal<@Nullable BorrowedConnections> CURRENT = new ThreadLocal<>();

	private final Set<BorrowedConnection> open = ConcurrentHashMap.newKeySet();

	private volatile boolean interrupted;

	/**
	 * Runs a task, and tracks the connections that this thread borrows meanwhile.
	 * @param <T> the result's type
	 * @param work the task
	 * @return the task's result
	 * @throws Exception any exception of the task
	 */
	public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
		BorrowedConnections before = CURRENT.get();
		CURRENT.set(this);
		try {
			return work.call();
		}
		finally {
			CURRENT.set(before);
		}
	}

	static @Nullable BorrowedConnections ofThisThread() {
		return CURRENT.get();
	}

	void add(BorrowedConnection connection) {
		this.open.add(connection);
	}

	void remove(BorrowedConnection connection) {
		this.open.remove(connection);
	}

	/**
	 * Asks the servers to cancel the statements that do not belong to a transaction. Does
	 * not wait for them.
	 */
	public void cancel() {
		this.open.stream().filter((connection) -> !connection.isInTransaction()).forEach((connection) -> {
			this.interrupted = true;
			// the driver opens another connection for this, and the server may not answer
			Thread thread = new Thread(connection::cancel, "deltasync-cancel");
			thread.setDaemon(true);
			thread.start();
		});
	}

	/** Aborts the connections that are not in a transaction. */
	public void abort() {
		this.open.stream().filter((connection) -> !connection.isInTransaction()).forEach(this::abort);
	}

	/** Aborts all connections. Uncommitted transactions are rolled back. */
	public void abortAll() {
		this.open.forEach(this::abort);
	}

	private void abort(BorrowedConnection connection) {
		this.interrupted = true;
		connection.abort();
	}

	/**
	 * Whether the task was interrupted.
	 * @return true once a connection was aborted or a statement cancelled
	 */
	public boolean wereInterrupted() {
		return this.interrupted;
	}

	/**
	 * Tracks the connections of another pool for the tasks that borrow them.
	 * @param pool the pool, or any other data source
	 * @return a data source for the same connections
	 */
	public static DataSource tracked(DataSource pool) {
		BorrowedConnections lent = new BorrowedConnections();
		return new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				return BorrowedConnection.wrap(pool.getConnection(),
						pool.isWrapperFor(HikariDataSource.class) ? pool.unwrap(HikariDataSource.class) : null, null,
						lent);
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				throw new SQLFeatureNotSupportedException("The user is configured with the pool");
			}

		};
	}

}
