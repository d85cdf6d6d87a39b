package io.deltasync.config;

/** Thrown if a duration is a number without a unit. */
final class MissingUnitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MissingUnitException() {
		super("has no unit; write the unit behind the number: ms, s, m, h or d");
	}

}
