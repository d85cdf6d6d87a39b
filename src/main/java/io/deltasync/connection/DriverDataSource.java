package io.deltasync.connection;

import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connects through a driver. The pool uses this class instead of the URL because it would
 * log the URL.
 */
final class DriverDataSource extends AbstractDataSource {

	private final ConnectionSettings settings;

	private final Map<Connection, Socket> sockets = Collections.synchronizedMap(new WeakHashMap<>());

	DriverDataSource(ConnectionSettings settings) {
		this.settings = settings;
	}

	@Override
	public Connection getConnection() throws SQLException {
		List<Socket> opened = new ArrayList<>();
		try {
			Connection connection = DriverSockets.record(opened::add,
					() -> DriverManager.getConnection(this.settings.url(), DriverProperties.of(this.settings)));
			if (!opened.isEmpty()) {
				// earlier sockets belong to hosts that did not answer
				this.sockets.put(connection, opened.get(opened.size() - 1));
			}
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the socket that a connection uses.
	 * @param connection the driver's own connection
	 * @return the socket, or null if the driver does not use {@link DriverSockets}
	 */
	@Nullable Socket socket(Connection connection) {
		return this.sockets.get(connection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("The user is configured with the connection");
	}

	/**
	 * Sets the driver manager's timeout, which is the only way to limit the wait for the
	 * server's greeting after it has accepted the connection. The limit applies to the
	 * whole JVM; the pool sets it before it first connects.
	 */
	@Override
	public void setLoginTimeout(int seconds) {
		DriverManager.setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() {
		return DriverManager.getLoginTimeout();
	}

	@Override
	public String toString() {
		return this.settings.toString();
	}

}
