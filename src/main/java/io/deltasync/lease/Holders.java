package io.deltasync.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Shows people which processes hold Links and lanes. Decides nothing. Thread-safe.
 */
public class Holders {

	private static final int MOST_ROWS = 1000;

	/** Releasing a lease sets its end to a time before its beginning. */
	private static final String LEASES = "SELECT LINK, JOB_INSTANCE_ID, HOLDER, ACQUIRED_AT, EXPIRES_AT, STOP_REQUESTED "
			+ "FROM SYNC_LEASE WHERE EXPIRES_AT > ACQUIRED_AT";

	private static final String NEXT = " ORDER BY LINK LIMIT " + MOST_ROWS;

	private final JdbcTemplate jdbc;

	private final InstantSource clock;

	/**
	 * Creates a reader.
	 * @param jdbc the JobRepository's database
	 * @param clock the database's clock
	 */
	public Holders(JdbcTemplate jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Lists the leases that were not released.
	 * @return at most {@value #MOST_ROWS} leases, by the Links' names
	 */
	public List<Holder> links() {
		Instant now = this.clock.instant();
		return this.jdbc.query(LEASES + NEXT, (row, number) -> holder(row, now));
	}

	/**
	 * Lists the leases that have expired without being released.
	 * @return at most {@value #MOST_ROWS} leases, by the Links' names
	 */
	public List<Holder> dead() {
		Instant now = this.clock.instant();
		return this.jdbc.query(LEASES + " AND EXPIRES_AT <= ?" + NEXT, (row, number) -> holder(row, now),
				LocalDateTime.ofInstant(now, ZoneOffset.UTC));
	}

	/**
	 * Lists the lanes that are offered to workers.
	 * @return at most {@value #MOST_ROWS} lanes, by the Links' names
	 */
	public List<LaneHolder> lanes() {
		Instant now = this.clock.instant();
		return this.jdbc
			.query("""
					SELECT LINK, LANE, HOLDER, EXPIRES_AT, PROBLEM FROM SYNC_LANE ORDER BY LINK, STEP_EXECUTION_ID LIMIT %d"""
				.formatted(MOST_ROWS), (row, number) -> {
					Instant until = time(row, 4);
					return new LaneHolder(row.getString(1), row.getString(2), row.getString(3), until,
							until != null && until.isAfter(now), row.getString(5));
				});
	}

	private static Holder holder(ResultSet row, Instant now) throws SQLException {
		Instant until = time(row, 5);
		return new Holder(row.getString(1), row.getObject(2, Long.class), row.getString(3), time(row, 4), until,
				until != null && until.isAfter(now), row.getBoolean(6));
	}

	private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
		LocalDateTime utc = row.getObject(column, LocalDateTime.class);
		return (utc != null) ? utc.toInstant(ZoneOffset.UTC) : null;
	}

	/**
	 * The process that holds a Link, or held it until its lease expired.
	 *
	 * @param link the Link's name
	 * @param event the Sync Event of its run; null if it is not stored yet
	 * @param process host and process
	 * @param since when it acquired the Link
	 * @param until when its lease expires unless it is renewed
	 * @param held whether it holds the Link now
	 * @param stopRequested whether its run was asked to stop
	 */
	public record Holder(String link, @Nullable Long event, String process, @Nullable Instant since,
			@Nullable Instant until, boolean held, boolean stopRequested) {

	}

	/**
	 * A lane that is offered to workers.
	 *
	 * @param link the Link's name
	 * @param lane the lane's name
	 * @param process the worker that carries it out, or did; null if none has begun it
	 * @param until when the worker's lease expires unless it is renewed, or null
	 * @param held whether a worker carries it out now
	 * @param problem why the run cannot continue, or null
	 */
	public record LaneHolder(String link, String lane, @Nullable String process, @Nullable Instant until, boolean held,
			@Nullable String problem) {

	}

}
