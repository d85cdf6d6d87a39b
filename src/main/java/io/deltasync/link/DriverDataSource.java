package io.deltasync.link;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connects through a driver. The pool is given this instead of the URL, because it would
 * write the URL to its log.
 */
final class DriverDataSource extends AbstractDataSource {

	private final ConnectionSettings settings;

	DriverDataSource(ConnectionSettings settings) {
		this.settings = settings;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return DriverManager.getConnection(this.settings.url(), DriverProperties.of(this.settings));
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("The user is configured with the connection");
	}

	/**
	 * There is no other way to limit how long a server may take to say hello once it has
	 * accepted the connection. The limit is that of the whole JVM; the pool sets it
	 * before it connects for the first time.
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
