package io.deltasync.event;

import java.time.LocalDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * A run as the JobRepository stores it.
 *
 * @param id the id of the job instance
 * @param link the job's name
 * @param parameters the parameters of the last execution
 * @param summary the summary that the last execution stored, or null
 * @param executions all executions, oldest first, at least one
 */
record StoredRun(long id, String link, RunParameters parameters, @Nullable RunSummary summary,
		List<StoredExecution> executions) {

	StoredExecution last() {
		return this.executions.get(this.executions.size() - 1);
	}

	boolean isSuccessful() {
		return last().status() == BatchStatus.COMPLETED && Outcome.COMPLETED.name().equals(last().exitCode());
	}

	/** Whether the next window starts where this run's window ended. */
	boolean movesWindow() {
		return isSuccessful() && !this.parameters.testing() && this.parameters.mode().movesWindow();
	}

	boolean isRunning() {
		return last().status().isRunning();
	}

	/**
	 * A job execution.
	 *
	 * @param id its id
	 * @param status its status
	 * @param exitCode its exit code
	 * @param exitMessage its exit message
	 * @param startTime when it started, in the zone of the JVM that ran it
	 * @param endTime when it ended
	 */
	record StoredExecution(long id, BatchStatus status, String exitCode, @Nullable String exitMessage,
			@Nullable LocalDateTime startTime, @Nullable LocalDateTime endTime) {

	}

}
