package io.deltasync.jdbc.read;

import java.sql.SQLException;

/**
 * Thrown while iterating over rows when the next one cannot be read.
 */
public final class ReadException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ReadException(SQLException cause) {
		super(cause.getMessage(), cause);
	}

}
