package io.deltasync.event;

import java.time.Instant;
import java.util.List;

import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.verified.Verification;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of one run. Its components are its fields in JSON.
 *
 * @param id the id of the job instance
 * @param link the Link's name
 * @param mode the purpose of the run
 * @param testing whether the target had to stay unchanged
 * @param trigger who or what started it
 * @param status how far it has come
 * @param success whether it fetched and delivered everything
 * @param runTimestamp when it was started
 * @param windowStart the start of the window that it fetched; null: everything
 * @param cursorBefore the cursor that the source received
 * @param cursorAfter the cursor for the next run; null unless this run was successful and
 * moved the window
 * @param strategy the strategy of the adapter's last answer, which decided the fetching
 * @param expectedTotalRecords the number of records that the adapter expected
 * @param scopes the counts of scopes
 * @param records the counts of the records that the source returned
 * @param errors what went wrong; the first {@value #MAX_ERRORS}
 * @param warnings the adapter's warnings
 * @param attempts the job executions, oldest first
 * @param startedAt when the first attempt started
 * @param endedAt when the last attempt ended; null while it runs
 * @param replayOf the event that this one replays; null unless it is a replay
 * @param ignoredReasons why records were ignored, the most frequent reason first
 * @param deleted how many records that the source no longer has were deleted at the
 * target, or marked; they are not among the records
 * @param verification what a verification has found; null for all other runs
 */
public record SyncEvent(long id, String link, Mode mode, boolean testing, String trigger, Status status,
		boolean success, Instant runTimestamp, @Nullable Instant windowStart, @Nullable String cursorBefore,
		@Nullable String cursorAfter, @Nullable String strategy, @Nullable Long expectedTotalRecords,
		ScopeCounts scopes, RecordCounts records, List<Failure> errors, List<String> warnings, List<Attempt> attempts,
		@Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable Long replayOf,
		List<IgnoredReason> ignoredReasons, long deleted, @Nullable Verification verification) {

	/** How many errors an event lists at most. */
	public static final int MAX_ERRORS = 100;

	/** How far a run has come. */
	public enum Status {

		/** The adapter is being asked how to fetch. */
		PLANNING,

		/** The run waits because the adapter asked for it. */
		DELAYED,

		/** Records are being fetched and delivered. */
		FETCHING,

		/** The run reached its end, whether or not everything was delivered. */
		COMPLETED,

		/** The run could not continue. */
		ABORTED,

		/** A person or a signal stopped the run. */
		STOPPED,

		/** The process of the run died. */
		CRASHED;

		/**
		 * Whether the run has ended.
		 * @return true unless it is still running
		 */
		public boolean ended() {
			return compareTo(COMPLETED) >= 0;
		}

	}

	/**
	 * An error of a run.
	 *
	 * @param level what it stopped
	 * @param scope the ordinal of the scope, or null
	 * @param key the record's key, or null
	 * @param message what is wrong
	 */
	public record Failure(Level level, @Nullable Long scope, @Nullable String key, String message) {

		/** The part of a run that an error stops. */
		public enum Level {

			/** The run. */
			SYSTEM,

			/** One scope. */
			SCOPE,

			/** One record. */
			RECORD

		}

	}

	/**
	 * A job execution of the run.
	 *
	 * @param jobExecutionId its id
	 * @param status its status in Spring Batch's terms
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Attempt(long jobExecutionId, String status, @Nullable Instant startedAt, @Nullable Instant endedAt) {

	}

}
