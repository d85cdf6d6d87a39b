package io.deltasync.run;

/**
 * Thrown in place of another call or attempt when the run must end. The reason is known
 * already, so this is not one.
 */
class RunEndsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunEndsException(String wait) {
		super(wait);
	}

	RunEndsException() {
		super("the run ends before another call");
	}

	RunEndsException(Exception failure) {
		super("the run ends before another attempt", failure);
	}

}
