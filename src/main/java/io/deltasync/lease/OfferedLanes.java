package io.deltasync.lease;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lanes that a run offers to workers, seen from the run. Thread-safe; every method
 * takes part in the caller's transaction.
 */
public class OfferedLanes {

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param clock the database's clock
	 */
	public OfferedLanes(JdbcTemplate jdbc, DatabaseClock clock) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.clock = clock;
	}

	/**
	 * Offers lanes to workers.
	 * @param run the lease of the run; when it ends, all its lanes end
	 * @param configuration a fingerprint of the Link's configuration, 64 characters
	 * @param lanes the name of each lane by its step execution
	 */
	public void offer(Lease run, String configuration, Map<Long, String> lanes) {
		List<Object[]> rows = lanes.entrySet()
			.stream()
			.map((lane) -> new Object[] { lane.getKey(), run.link(), lane.getValue(), run.token(), configuration })
			.toList();
		this.template.batchUpdate("""
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
		return this.jdbc.sql("""
				SELECT STEP_EXECUTION_ID, LANE, EXPIRES_AT, PROBLEM FROM SYNC_LANE
				WHERE LINK = ? AND LEASE_TOKEN = ? ORDER BY STEP_EXECUTION_ID""")
			.params(run.link(), run.token())
			.query((row, number) -> {
				Instant expiresAt = Columns.instant(row, "EXPIRES_AT");
				return new OfferedLane(row.getLong(1), row.getString(2), expiresAt != null && expiresAt.isAfter(now),
						row.getString(4));
			})
			.list();
	}

	/**
	 * Withdraws a lane that no worker carries out now. A worker that receives its message
	 * later finds nothing to do.
	 * @param stepExecution the lane's step execution
	 * @return false when a worker has claimed it in the meantime
	 */
	public boolean withdraw(long stepExecution) {
		return this.jdbc
			.sql("DELETE FROM SYNC_LANE WHERE STEP_EXECUTION_ID = ? AND (EXPIRES_AT IS NULL OR EXPIRES_AT <= ?)")
			.params(stepExecution, Columns.utc(this.clock.instant()))
			.update() == 1;
	}

}
