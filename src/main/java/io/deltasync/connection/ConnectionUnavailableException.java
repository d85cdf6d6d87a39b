package io.deltasync.connection;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if no connection is available: the server does not respond, the login is
 * refused, or all connections of the pool are in use. Has the SQL state and the error
 * code of the driver's exception, but no credentials.
 */
public class ConnectionUnavailableException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final String connection;

	ConnectionUnavailableException(String connection, String message, @Nullable SQLException reason,
			@Nullable Throwable cause) {
		super(message, (reason != null) ? reason.getSQLState() : null, (reason != null) ? reason.getErrorCode() : 0,
				cause);
		this.connection = connection;
	}

	/**
	 * Returns the name of the connection.
	 * @return its name under {@code deltasync.connections}
	 */
	public String connection() {
		return this.connection;
	}

}
