package io.deltasync.lease;

/**
 * Thrown inside a run, or a worker's lane, that no longer holds what it works on: its
 * lease could not be renewed in time, and another may have begun.
 */
public class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says that a run has lost its Link.
	 * @param link the Link's name
	 */
	public LeaseLostException(String link) {
		super(("This run no longer holds Link '%s': its lease could not be renewed in time, so another run may have "
				+ "begun. Nothing more is delivered. Look for long pauses of this process or of the database")
			.formatted(link));
	}

	LeaseLostException(String link, long stepExecution) {
		super(("This worker no longer holds a lane of Link '%s' (step execution %d): another worker has taken it over, "
				+ "or its run has ended. What it had not stored is delivered again")
			.formatted(link, stepExecution));
	}

}
