package io.deltasync.event;

/**
 * Thrown inside a run that no longer holds its Link: it could not renew its lease in
 * time, and another run may have begun.
 */
public class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LeaseLostException(String link) {
		super(("This run no longer holds Link '%s': its lease could not be renewed in time, so another run may have "
				+ "begun. Nothing more is delivered. Look for long pauses of this process or of the database")
			.formatted(link));
	}

}
