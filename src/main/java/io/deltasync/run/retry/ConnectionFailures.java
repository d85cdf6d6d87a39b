package io.deltasync.run.retry;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * Distinguishes failures of a connection, which mean that a system is not available, from
 * failures of a record or scope.
 */
public final class ConnectionFailures {

	/** SQLSTATE class 08 is "connection exception". */
	private static final String CONNECTION_EXCEPTION = "08";

	private ConnectionFailures() {
	}

	public static boolean isOutage(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = next(cause)) {
			if (cause instanceof ConnectException || cause instanceof UnknownHostException
					|| cause instanceof NoRouteToHostException || cause instanceof SQLTransientConnectionException
					|| cause instanceof SQLNonTransientConnectionException || (cause instanceof SQLException sql
							&& sql.getSQLState() != null && sql.getSQLState().startsWith(CONNECTION_EXCEPTION))) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Throwable next(Throwable thrown) {
		return (thrown.getCause() != thrown) ? thrown.getCause() : null;
	}

}
