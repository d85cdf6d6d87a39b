package io.deltasync.jdbc.read;

import io.deltasync.api.AbortRunException;

/**
 * Thrown when a delta column is read in another zone than the database fills it in.
 */
final class WrongZoneException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	WrongZoneException(String message) {
		super(message);
	}

}
