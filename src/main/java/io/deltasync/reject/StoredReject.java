package io.deltasync.reject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;

/**
 * The stored part of a reject that decides its next state when its record fails again.
 *
 * @param id the number of its reject; 0 while it has none
 * @param state the state of the reject
 * @param contentId the digest of the version that failed last; empty when it no longer
 * waits
 * @param attempts in how many runs it failed
 * @param lastEvent the last of these runs
 * @param lastExecution the attempt of this run: the id of the job execution
 * @param ordinal the scope in which it failed last, or null
 * @param acknowledged whether the last run counts it as acknowledged
 * @param formerState the state in which another version waited when this one was
 * delivered; null when none did
 * @param formerContentId the digest of this other version, or null
 */
record StoredReject(long id, State state, String contentId, int attempts, long lastEvent, long lastExecution,
		@Nullable Long ordinal, boolean acknowledged, @Nullable State formerState, @Nullable String formerContentId) {

	private static final Duration FIRST_DELAY = Duration.ofMinutes(1);

	private static final Duration LAST_DELAY = Duration.ofDays(1);

	private static final int DOUBLINGS = 11;

	static final String COLUMNS = "RECORD_ID, REJECT_ID, STATE, CONTENT_ID, ATTEMPTS, LAST_EVENT, LAST_EXECUTION, "
			+ "ORDINAL, ACKNOWLEDGED, "
			+ "(SELECT F.STATE FROM SYNC_REJECT_FORMER F WHERE F.REJECT_ID = SYNC_REJECT.REJECT_ID) FORMER_STATE, "
			+ "(SELECT F.CONTENT_ID FROM SYNC_REJECT_FORMER F WHERE F.REJECT_ID = SYNC_REJECT.REJECT_ID) "
			+ "FORMER_CONTENT_ID";

	static StoredReject of(ResultSet row) throws SQLException {
		String former = row.getString("FORMER_STATE");
		return new StoredReject(row.getLong("REJECT_ID"), State.valueOf(row.getString("STATE")),
				row.getString("CONTENT_ID"), row.getInt("ATTEMPTS"), row.getLong("LAST_EVENT"),
				row.getLong("LAST_EXECUTION"), (Long) row.getObject("ORDINAL"), row.getBoolean("ACKNOWLEDGED"),
				(former != null) ? State.valueOf(former) : null, row.getString("FORMER_CONTENT_ID"));
	}

	/** Returns the reject of a record that fails for the first time. */
	static StoredReject first(RejectingRun run, FailedRecord record) {
		return new StoredReject(0, record.first(run), record.identity().contentId(), 1, run.event(), run.execution(),
				record.ordinal(), false, null, null);
	}

	/**
	 * Returns the reject as it was before another version of the record was delivered, if
	 * the version that was waiting then fails again: its acknowledgement remains valid.
	 */
	StoredReject continued(FailedRecord record) {
		State former = this.formerState;
		if (former == null || this.state.isWaiting() || !record.identity().contentId().equals(this.formerContentId)) {
			return this;
		}
		return new StoredReject(this.id, former, record.identity().contentId(), this.attempts, this.lastEvent,
				this.lastExecution, this.ordinal, this.acknowledged, null, null);
	}

	/** Returns the reject after the record has failed. */
	StoredReject with(State next, int attemptsNow, boolean acknowledgedNow, RejectingRun run, FailedRecord record) {
		return new StoredReject(this.id, next, record.identity().contentId(), attemptsNow, run.event(), run.execution(),
				record.ordinal(), acknowledgedNow, null, null);
	}

	boolean isSameContent(FailedRecord record) {
		return this.contentId.equals(record.identity().contentId());
	}

	/** Whether the run already counts the record as failing in the same scope. */
	boolean isCounted(RejectingRun run, FailedRecord record) {
		return this.state.isWaiting() && !this.acknowledged && this.lastEvent == run.event()
				&& this.lastExecution == run.execution() && this.ordinal != null
				&& this.ordinal.equals(record.ordinal());
	}

	/** Whether the run has counted the record in another scope, where it still counts. */
	boolean isCountedElsewhere(RejectingRun run, FailedRecord record) {
		Long other = record.ordinal();
		return this.state.isWaiting() && this.lastEvent == run.event() && this.ordinal != null && this.ordinal >= 0
				&& other != null && other >= 0 && !other.equals(this.ordinal);
	}

	int attemptsWith(RejectingRun run) {
		return (this.lastEvent != run.event() && !run.replay()) ? this.attempts + 1 : this.attempts;
	}

	State next(RejectingRun run, FailedRecord record) {
		return switch (this.state) {
			case OPEN -> (attemptsWith(run) >= run.quarantineAfter() && record.mayBeQuarantined()) ? State.QUARANTINED
					: State.OPEN;
			case QUARANTINED -> record.mayBeQuarantined() ? State.QUARANTINED : State.OPEN;
			case DELIVERED, GONE -> record.first(run);
			case DISCARDED -> isSameContent(record) ? State.DISCARDED : record.first(run);
			default -> this.state;
		};
	}

	/**
	 * Returns when the reject is retried on its own; null if it is not. The delay grows
	 * with the number of attempts, up to a day.
	 */
	@Nullable Instant nextTry(Instant now) {
		if (!this.state.isAcknowledged()) {
			return null;
		}
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(this.attempts, DOUBLINGS));
		return now.plus((delay.compareTo(LAST_DELAY) < 0) ? delay : LAST_DELAY);
	}

}
