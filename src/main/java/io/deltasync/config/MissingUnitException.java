package io.deltasync.config;

/** A duration is given as a number alone. */
final class MissingUnitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MissingUnitException() {
		super("has no unit; write the unit behind the number: ms, s, m, h or d");
	}

}
