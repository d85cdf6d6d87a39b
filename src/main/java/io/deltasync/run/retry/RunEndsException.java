package io.deltasync.run.retry;

/**
 * Thrown instead of another call or attempt when the run must end. It is not the reason
 * for the end, which is already known.
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
