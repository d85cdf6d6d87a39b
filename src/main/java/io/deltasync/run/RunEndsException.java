package io.deltasync.run;

/**
 * Thrown out of what waited for another attempt when the run must end. The reason is
 * known already, so it is none itself.
 */
class RunEndsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunEndsException(String wait) {
		super(wait);
	}

	RunEndsException(Exception failure) {
		super("the run ends before another attempt", failure);
	}

}
