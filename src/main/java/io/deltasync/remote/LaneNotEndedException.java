package io.deltasync.remote;

/**
 * A lane that this worker has not carried out to its end: its message is to go to another
 * one.
 */
class LaneNotEndedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LaneNotEndedException(LaneRequest request) {
		super("%s is left to another worker".formatted(request));
	}

}
