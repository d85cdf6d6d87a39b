package io.deltasync.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;

/**
 * The stored lease of a Link.
 *
 * @param link the Link's name
 * @param token the fencing token: the number of times that the Link was acquired
 * @param holder the last process that acquired it
 * @param acquiredAt when it did
 * @param expiresAt when the lease ends unless it is renewed
 * @param stopRequested whether its run must stop
 * @param event the Sync Event of its run; null until the run is known
 * @param retry the call that its run is about to repeat; null if there is none
 */
record LeaseRow(String link, long token, String holder, Instant acquiredAt, Instant expiresAt, boolean stopRequested,
		@Nullable Long event, @Nullable Retry retry) {

	static final String COLUMNS = "LINK, TOKEN, HOLDER, ACQUIRED_AT, EXPIRES_AT, STOP_REQUESTED, JOB_INSTANCE_ID, "
			+ "RETRY_CALL, RETRY_ATTEMPT, RETRY_AT FROM SYNC_LEASE ";

	static LeaseRow read(ResultSet row, int number) throws SQLException {
		return new LeaseRow(row.getString("LINK"), row.getLong("TOKEN"), row.getString("HOLDER"),
				Objects.requireNonNull(Columns.instant(row, "ACQUIRED_AT")),
				Objects.requireNonNull(Columns.instant(row, "EXPIRES_AT")), row.getBoolean("STOP_REQUESTED"),
				row.getObject("JOB_INSTANCE_ID", Long.class), retry(row));
	}

	private static @Nullable Retry retry(ResultSet row) throws SQLException {
		Instant at = Columns.instant(row, "RETRY_AT");
		return (at != null) ? new Retry(row.getString("RETRY_CALL"), row.getInt("RETRY_ATTEMPT"), at) : null;
	}

	/** Returns the state of the Link at a time. */
	LeaseState at(Instant now) {
		boolean held = this.expiresAt.isAfter(now);
		return new LeaseState(this.link, this.token, held, !held && this.expiresAt.isAfter(this.acquiredAt),
				this.stopRequested, this.holder, held ? this.retry : null);
	}

}
