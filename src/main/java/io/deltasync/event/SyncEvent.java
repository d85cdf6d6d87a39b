package io.deltasync.event;

import java.time.Instant;
import java.util.List;

import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of one run. Its components are the fields that an event has in JSON.
 *
 * @param id the id of the job instance
 * @param link the Link's name
 * @param mode what the run is for
 * @param testing whether targets were not to be changed
 * @param trigger who or what started it
 * @param status how far it has come
 * @param success whether it fetched and delivered everything
 * @param runTimestamp when it was started
 * @param windowStart from when on it fetched; null: everything
 * @param cursorBefore the cursor that the source was given
 * @param cursorAfter the cursor that the next run is given; null unless this run was
 * successful and moved the window
 * @param strategy the adapter's last answer, the one that decided the fetching
 * @param expectedTotalRecords the number that the adapter gave
 * @param scopes what became of the scopes
 * @param records what became of the records that the source gave
 * @param errors what went wrong; the first {@value #MAX_ERRORS}
 * @param warnings what the adapter warned of
 * @param attempts the job executions, oldest first
 * @param startedAt when the first attempt started
 * @param endedAt when the last attempt ended; null while it runs
 * @param replayOf the event that this one replays; null unless it is a replay
 * @param ignoredReasons why records were ignored, the most frequent reason first
 * @param deleted how many records that the source no longer has were deleted at the
 * target, or marked; they are not among the records
 */
public record SyncEvent(long id, String link, Mode mode, boolean testing, String trigger, Status status,
		boolean success, Instant runTimestamp, @Nullable Instant windowStart, @Nullable String cursorBefore,
		@Nullable String cursorAfter, @Nullable String strategy, @Nullable Long expectedTotalRecords,
		ScopeCounts scopes, RecordCounts records, List<Failure> errors, List<String> warnings, List<Attempt> attempts,
		@Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable Long replayOf,
		List<IgnoredReason> ignoredReasons, long deleted) {

	/** How many errors an event lists. */
	public static final int MAX_ERRORS = 100;

	/** How far a run has come. */
	public enum Status {

		/** The adapter is being asked how to fetch. */
		PLANNING,

		/** It waits because the adapter asked for it. */
		DELAYED,

		/** Records are being moved. */
		FETCHING,

		/** It went on to the end; whether everything was delivered is another thing. */
		COMPLETED,

		/** It could not go on. */
		ABORTED,

		/** A person or a signal stopped it. */
		STOPPED,

		/** Its process died. */
		CRASHED;

		/**
		 * Tells whether the run has ended.
		 * @return true unless it is still going on
		 */
		public boolean ended() {
			return compareTo(COMPLETED) >= 0;
		}

	}

	/**
	 * Something that went wrong.
	 *
	 * @param level what it stopped
	 * @param scope the ordinal of the scope, or null
	 * @param key the record's key, or null
	 * @param message what is wrong
	 */
	public record Failure(Level level, @Nullable Long scope, @Nullable String key, String message) {

		/** What an error stops. */
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
	 * One job execution of the run.
	 *
	 * @param jobExecutionId its id
	 * @param status its status in Spring Batch's words
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Attempt(long jobExecutionId, String status, @Nullable Instant startedAt, @Nullable Instant endedAt) {

	}

}
