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

	/** The driver's connectTimeout does this, without a setting for the whole JVM. */
	@Override
	public void setLoginTimeout(int timeout) {
	}

	@Override
	public String toString() {
		return this.settings.toString();
	}

}
