package io.deltasync.event;

import java.util.Arrays;
import java.util.Locale;

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

	/**
	 * Says it as the command line does.
	 * @return one or a few words
	 */
	public String words() {
		return switch (this) {
			case COMPLETED -> "successful";
			case COMPLETED_WITH_FAILURES -> "completed, not successful";
			default -> name().toLowerCase(Locale.ROOT);
		};
	}

	/**
	 * Says in words what the exit code of a job execution means.
	 * @param exitCode the name of an outcome, or whatever Spring Batch stored
	 * @return the words; the exit code itself where it is none of ours
	 */
	public static String words(String exitCode) {
		return Arrays.stream(values())
			.filter((outcome) -> outcome.name().equals(exitCode))
			.map(Outcome::words)
			.findFirst()
			.orElse(exitCode);
	}

}
