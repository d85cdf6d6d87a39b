package io.deltasync.run.plan;

import io.deltasync.event.RunRefusedException;

/**
 * Thrown if the keys of a Link's source and target do not correspond, so that different
 * records would become one row, or rows of other records would be deleted. No run was
 * started.
 */
public class KeyMismatchException extends RunRefusedException {

	private static final long serialVersionUID = 1L;

	KeyMismatchException(String message) {
		super(message);
	}

}
