package io.deltasync.jdbc.read;

import io.deltasync.api.AbortRunException;

/**
 * Thrown when the zone in which a delta column is read differs from the zone in which the
 * database fills it.
 */
final class WrongZoneException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	WrongZoneException(String message) {
		super(message);
	}

}
