package io.deltasync.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A connection to PostgreSQL whose server sets no limit to the time of a statement, nor
 * to that between two statements of a transaction, such as the one that holds Flyway's
 * lock. It gets its limits back when it is closed.
 */
final class PatientSession implements InvocationHandler {

	private static final String LIMITS = "SELECT current_setting('statement_timeout'), "
			+ "current_setting('idle_in_transaction_session_timeout')";

	private static final String LIMIT = "SELECT set_config('statement_timeout', ?, FALSE), "
			+ "set_config('idle_in_transaction_session_timeout', ?, FALSE)";

	private final Connection session;

	private final String statement;

	private final String idle;

	private PatientSession(Connection session) throws SQLException {
		this.session = session;
		try (Statement query = session.createStatement(); ResultSet limits = query.executeQuery(LIMITS)) {
			limits.next();
			this.statement = limits.getString(1);
			this.idle = limits.getString(2);
		}
	}

	static Connection of(Connection session) throws SQLException {
		PatientSession patient = new PatientSession(session);
		patient.limit("0", "0");
		return (Connection) Proxy.newProxyInstance(PatientSession.class.getClassLoader(),
				new Class<?>[] { Connection.class }, patient);
	}

	private void limit(String statementTime, String idleTime) throws SQLException {
		try (PreparedStatement change = this.session.prepareStatement(LIMIT)) {
			change.setString(1, statementTime);
			change.setString(2, idleTime);
			change.execute();
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getName().equals("close") && !this.session.isClosed()) {
			try {
				limit(this.statement, this.idle);
			}
			catch (SQLException ex) {
				// the connection is of no use to anybody any more
				this.session.abort(Runnable::run);
			}
		}
		try {
			return method.invoke(this.session, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
