package io.deltasync.event;

import java.util.Arrays;
import java.util.Locale;

import org.springframework.batch.core.BatchStatus;

/**
 * The outcome of an attempt of a run: the exit code of its job execution. A completed run
 * is not necessarily successful.
 */
public enum Outcome {

	/** Everything was fetched and delivered. */
	COMPLETED(BatchStatus.COMPLETED),

	/** The run reached its end, but some scopes or records failed. */
	COMPLETED_WITH_FAILURES(BatchStatus.FAILED),

	/** The run could not continue. */
	ABORTED(BatchStatus.FAILED),

	/** A person or a signal stopped the run. */
	STOPPED(BatchStatus.STOPPED),

	/** The process of the run died. */
	CRASHED(BatchStatus.FAILED);

	private final BatchStatus batchStatus;

	Outcome(BatchStatus batchStatus) {
		this.batchStatus = batchStatus;
	}

	/**
	 * Returns the corresponding status of Spring Batch. An outcome that may be restarted
	 * is not COMPLETED.
	 * @return the status of the job execution
	 */
	public BatchStatus batchStatus() {
		return this.batchStatus;
	}

	/**
	 * Returns the words that the command line prints.
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
	 * Returns the words for the exit code of a job execution.
	 * @param exitCode the name of an outcome, or another code that Spring Batch stored
	 * @return the words; the exit code itself if it is not the name of an outcome
	 */
	public static String words(String exitCode) {
		return Arrays.stream(values())
			.filter((outcome) -> outcome.name().equals(exitCode))
			.map(Outcome::words)
			.findFirst()
			.orElse(exitCode);
	}

}
