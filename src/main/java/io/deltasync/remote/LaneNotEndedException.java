package io.deltasync.remote;

/**
 * Thrown when this worker has not finished a lane, so that the broker redelivers its
 * message to another worker.
 */
class LaneNotEndedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LaneNotEndedException(LaneRequest request) {
		super("%s is left to another worker".formatted(request));
	}

}
