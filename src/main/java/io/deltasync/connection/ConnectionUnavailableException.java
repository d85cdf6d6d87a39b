package io.deltasync.connection;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A connection cannot be had: nobody answers, the login is refused, or all connections of
 * the pool are in use. Holds the SQL state and the error code of what the driver threw,
 * but no credentials.
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
	 * Names the connection.
	 * @return its name under {@code deltasync.connections}
	 */
	public String connection() {
		return this.connection;
	}

}
