package io.deltasync.run.retry;

/**
 * Thrown in place of another call or attempt when the run must end. The reason is known
 * already, so this is not one.
 */
public class RunEndsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public RunEndsException(String wait) {
		super(wait);
	}

	public RunEndsException() {
		super("the run ends before another call");
	}

	RunEndsException(Exception failure) {
		super("the run ends before another attempt", failure);
	}

}
