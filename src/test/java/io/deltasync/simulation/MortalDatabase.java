package io.deltasync.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The JobRepository's database as a process sees it that may die: before and after each
 * commit, and each statement that is a transaction of its own. Once it is dead, nothing
 * it does reaches the database, but that what it had begun is rolled back.
 */
final class MortalDatabase extends DelegatingDataSource {

	/** What the database does automatically when a process dies. */
	private static final Set<String> LAST = Set.of("rollback", "close", "isClosed", "setAutoCommit", "getAutoCommit",
			"setReadOnly", "isReadOnly", "getTransactionIsolation", "setTransactionIsolation", "toString", "hashCode",
			"equals", "unwrap", "isWrapperFor", "clearWarnings");

	private final Life life;

	private final Set<Connection> open = ConcurrentHashMap.newKeySet();

	MortalDatabase(DataSource database, Life life) {
		super(database);
		this.life = life;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.life.check();
		Connection connection = super.getConnection();
		this.open.add(connection);
		return mortal(connection);
	}

	/**
	 * What a server does once a process is dead: it ends the connections that were left
	 * open, by code that was in the middle of something, with what they had locked.
	 */
	void bury() {
		for (Connection left : this.open) {
			this.open.remove(left);
			JdbcUtils.closeConnection(left);
		}
	}

	private Connection mortal(Connection connection) {
		boolean[] wrote = new boolean[1];
		return (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
			String name = method.getName();
			if (name.equals("close")) {
				this.open.remove(connection);
			}
			if (LAST.contains(name)) {
				return invoke(method, connection, arguments);
			}
			if (name.equals("commit")) {
				return around(wrote[0], () -> {
					wrote[0] = false;
					return invoke(method, connection, arguments);
				});
			}
			this.life.check();
			Object result = invoke(method, connection, arguments);
			if (result instanceof Statement statement) {
				boolean writes = name.equals("createStatement")
						|| !((String) arguments[0]).strip().toUpperCase(Locale.ROOT).startsWith("SELECT");
				wrote[0] |= writes;
				return mortal(connection, statement, writes);
			}
			return result;
		});
	}

	private Object mortal(Connection connection, Statement statement, boolean writes) {
		Class<?> type = (statement instanceof PreparedStatement) ? PreparedStatement.class : Statement.class;
		return proxy(type, (proxy, method, arguments) -> {
			if (LAST.contains(method.getName())) {
				return invoke(method, statement, arguments);
			}
			this.life.check();
			if (writes && method.getName().startsWith("execute")) {
				this.life.change();
			}
			boolean alone = writes && method.getName().startsWith("execute") && connection.getAutoCommit();
			return around(alone, () -> invoke(method, statement, arguments));
		});
	}

	private Object around(boolean changes, Call call) throws Throwable {
		if (!changes) {
			this.life.check();
			return call.call();
		}
		this.life.pass();
		Object result = call.call();
		this.life.pass();
		return result;
	}

	private static Object proxy(Class<?> type, java.lang.reflect.InvocationHandler handler) {
		return Proxy.newProxyInstance(MortalDatabase.class.getClassLoader(), new Class<?>[] { type }, handler);
	}

	private static Object invoke(java.lang.reflect.Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private interface Call {

		Object call() throws Throwable;

	}

}
