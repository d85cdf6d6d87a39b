package io.deltasync.event;

import org.springframework.batch.core.BatchStatus;

/**
 * How an attempt of a run ended: the exit code of its job execution. Completion and
 * success are two things (DESIGN 2.1.4).
 */
public enum Outcome {

	/** Everything was fetched and delivered. */
	COMPLETED(BatchStatus.COMPLETED),

	/** It went on to the end, but some scopes or records failed. */
	COMPLETED_WITH_FAILURES(BatchStatus.FAILED),

	/** It could not go on. */
	ABORTED(BatchStatus.FAILED),

	/** A person or a signal stopped it. */
	STOPPED(BatchStatus.STOPPED),

	/** Its process died. */
	CRASHED(BatchStatus.FAILED);

	private final BatchStatus batchStatus;

	Outcome(BatchStatus batchStatus) {
		this.batchStatus = batchStatus;
	}

	/**
	 * Tells what Spring Batch calls it: whatever may be restarted is not COMPLETED.
	 * @return the status of the job execution
	 */
	public BatchStatus batchStatus() {
		return this.batchStatus;
	}

}
