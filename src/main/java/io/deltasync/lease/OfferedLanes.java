package io.deltasync.lease;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lanes that a run leaves to workers, as the run sees them. Thread-safe; every method
 * takes part in the caller's transaction.
 */
public class OfferedLanes {

	private final JdbcTemplate jdbc;

	private final DatabaseClock clock;

	public OfferedLanes(JdbcTemplate jdbc, DatabaseClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Lets workers take lanes.
	 * @param run the lease of the run: what ends it ends all its lanes
	 * @param configuration tells a Link that is configured otherwise, 64 characters
	 * @param lanes from step execution to the lane's name
	 */
	public void offer(Lease run, String configuration, Map<Long, String> lanes) {
		List<Object[]> rows = lanes.entrySet()
			.stream()
			.map((lane) -> new Object[] { lane.getKey(), run.link(), lane.getValue(), run.token(), configuration })
			.toList();
		this.jdbc.batchUpdate("""
				INSERT INTO SYNC_LANE (STEP_EXECUTION_ID, LINK, LANE, LEASE_TOKEN, CONFIGURATION)
				VALUES (?, ?, ?, ?, ?)""", rows);
	}

	/**
	 * Lists the lanes of a run that have not ended.
	 * @param run the run's lease
	 * @return the lanes; empty when all have ended
	 */
	public List<OfferedLane> open(Lease run) {
		Instant now = this.clock.instant();
		return this.jdbc.query("""
				SELECT STEP_EXECUTION_ID, LANE, EXPIRES_AT, PROBLEM FROM SYNC_LANE
				WHERE LINK = ? AND LEASE_TOKEN = ? ORDER BY STEP_EXECUTION_ID""", (row, number) -> {
			LocalDateTime expiresAt = row.getObject(3, LocalDateTime.class);
			return new OfferedLane(row.getLong(1), row.getString(2),
					expiresAt != null && expiresAt.toInstant(ZoneOffset.UTC).isAfter(now), row.getString(4));
		}, run.link(), run.token());
	}

	/**
	 * Takes back a lane that nobody carries out now. Whoever gets its message later finds
	 * that there is nothing to do.
	 * @param stepExecution the lane's step execution
	 * @return false when a worker has taken it meanwhile
	 */
	public boolean withdraw(long stepExecution) {
		return this.jdbc.update(
				"DELETE FROM SYNC_LANE WHERE STEP_EXECUTION_ID = ? AND (EXPIRES_AT IS NULL OR EXPIRES_AT <= ?)",
				stepExecution, LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC)) == 1;
	}

}
