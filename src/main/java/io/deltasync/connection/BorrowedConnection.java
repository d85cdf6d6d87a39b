package io.deltasync.connection;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wrapper of a pool's connection while it is borrowed. Unlike the pool's own wrapper,
 * it can be aborted from another thread while a call waits for the server, and aborted
 * connections never return to the pool. Not thread-safe, except for {@link #cancel()} and
 * {@link #abort()}.
 */
final class BorrowedConnection implements InvocationHandler {

	private static final Logger logger = LoggerFactory.getLogger(BorrowedConnection.class);

	private final Connection connection;

	private final @Nullable HikariDataSource pool;

	private final @Nullable Socket socket;

	/** The groups that may cancel or abort this connection. */
	private final List<BorrowedConnections> holders;

	/** The statements of this connection, weakly referenced. */
	private final Set<Statement> statements = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private volatile boolean inTransaction;

	private volatile boolean readOnly;

	private boolean returned;

	/** Whether a server was asked to cancel a statement, which it may do later. */
	private boolean cancelled;

	private BorrowedConnection(Connection connection, @Nullable HikariDataSource pool, @Nullable Socket socket,
			List<BorrowedConnections> holders) throws SQLException {
		this.connection = connection;
		this.pool = pool;
		this.socket = socket;
		this.holders = holders;
		this.inTransaction = !connection.getAutoCommit();
	}

	/**
	 * Wraps a connection and tracks it for the current thread's task.
	 * @param connection the pool's connection
	 * @param pool the pool; null if there is none or it is of another type
	 * @param socket the socket that the driver uses, or null if unknown
	 * @param lent all connections that the pool has lent
	 * @return the connection to use
	 * @throws SQLException if the connection is broken
	 */
	static Connection wrap(Connection connection, @Nullable HikariDataSource pool, @Nullable Socket socket,
			BorrowedConnections lent) throws SQLException {
		BorrowedConnections borrower = BorrowedConnections.ofThisThread();
		List<BorrowedConnections> holders = (borrower != null) ? List.of(lent, borrower) : List.of(lent);
		BorrowedConnection borrowed = new BorrowedConnection(connection, pool, socket, holders);
		holders.forEach((holder) -> holder.add(borrowed));
		return (Connection) Proxy.newProxyInstance(BorrowedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, borrowed);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
		switch (method.getName()) {
			case "equals" -> {
				return proxy == Objects.requireNonNull(args)[0];
			}
			case "hashCode" -> {
				return System.identityHashCode(proxy);
			}
			case "abort" -> {
				abort();
				return null;
			}
			case "close" -> giveBack();
			case "setAutoCommit" ->
				this.inTransaction = this.inTransaction || Boolean.FALSE.equals(Objects.requireNonNull(args)[0]);
			default -> {
			}
		}
		Object result = call(method, args);
		if (method.getName().equals("setAutoCommit")) {
			this.inTransaction = Boolean.FALSE.equals(Objects.requireNonNull(args)[0]);
		}
		else if (method.getName().equals("setReadOnly")) {
			this.readOnly = Boolean.TRUE.equals(Objects.requireNonNull(args)[0]);
		}
		else if (result instanceof Statement statement) {
			this.statements.add(statement);
		}
		return result;
	}

	private @Nullable Object call(Method method, @Nullable Object @Nullable [] args) throws Throwable {
		try {
			return method.invoke(this.connection, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Returns the connection to the pool, or closes it if a server may still be about to
	 * cancel a statement: it would cancel a statement of the next borrower.
	 */
	private synchronized void giveBack() throws SQLException {
		if (this.cancelled && !this.returned) {
			if (this.pool != null) {
				this.pool.evictConnection(this.connection);
			}
			else {
				this.connection.abort(Runnable::run);
			}
		}
		this.returned = true;
		this.holders.forEach((holder) -> holder.remove(this));
	}

	/**
	 * Whether the borrower is in a transaction that may write.
	 * @return true while auto-commit is switched off; false where the connection can only
	 * read, as PostgreSQL's driver reads row by row in transactions only
	 */
	boolean isInTransaction() {
		return this.inTransaction && !this.readOnly;
	}

	/**
	 * Asks the server to cancel the statements of this connection, unless it was
	 * returned. May wait for the server.
	 */
	void cancel() {
		synchronized (this) {
			if (this.returned) {
				return;
			}
			this.cancelled = true;
		}
		for (Statement statement : List.copyOf(this.statements)) {
			try {
				statement.cancel();
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("A statement was not cancelled", ex);
			}
		}
	}

	/**
	 * Closes the connection and ends calls that wait for it, without waiting for the
	 * server.
	 */
	synchronized void abort() {
		if (this.returned) {
			return;
		}
		try {
			if (this.pool != null) {
				this.pool.evictConnection(this.connection);
			}
			if (this.socket != null) {
				this.socket.close();
			}
			else {
				this.connection.abort(Runnable::run);
			}
		}
		catch (SQLException | IOException | RuntimeException ex) {
			logger.debug("A connection was not aborted", ex);
		}
	}

}
