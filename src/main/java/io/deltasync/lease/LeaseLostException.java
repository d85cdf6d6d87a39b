package io.deltasync.lease;

/**
 * Thrown inside a run or a worker's lane that has lost its lease: the lease was not
 * renewed in time, and another process may have acquired it.
 */
public class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception for a run that has lost its Link.
	 * @param link the Link's name
	 */
	public LeaseLostException(String link) {
		super(("This run no longer holds Link '%s': its lease could not be renewed in time, so another run may have "
				+ "begun. Nothing more is delivered. Look for long pauses of this process or of the database")
			.formatted(link));
	}

	LeaseLostException(String link, long stepExecution) {
		super(("This worker no longer holds a lane of Link '%s' (step execution %d): another worker has claimed it, "
				+ "or its run has ended. Records whose delivery was not stored are delivered again")
			.formatted(link, stepExecution));
	}

}
