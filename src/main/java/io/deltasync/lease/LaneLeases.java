package io.deltasync.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ensures that a lane runs on one worker at a time, even if its message is delivered
 * twice, and only while its run holds the Link. Expiry is decided by the database clock.
 * Thread-safe.
 */
public class LaneLeases implements LeaseKeeper, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LaneLeases.class);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final DatabaseClock clock;

	private final Duration duration;

	private final String holder;

	private final Map<Lease, Held> held = new ConcurrentHashMap<>();

	private final Heartbeat heartbeat;

	/**
	 * Starts renewing leases.
	 * @param jdbc the JobRepository's database
	 * @param transaction runs a callback in its own transaction
	 * @param clock the database's clock
	 * @param duration how long a worker may be silent before another worker claims its
	 * lanes; a lease is renewed after a third of it, and a stop request is noticed within
	 * a second
	 * @param holder shown as the holder of a lane: host and process
	 */
	public LaneLeases(JdbcTemplate jdbc, TransactionTemplate transaction, DatabaseClock clock, Duration duration,
			String holder) {
		this.jdbc = JdbcClient.create(jdbc);
		this.transaction = transaction;
		this.clock = clock;
		this.duration = duration;
		this.holder = holder;
		this.heartbeat = new Heartbeat("deltasync-lane-lease", duration, this::beat);
	}

	/**
	 * Claims a lane and fences off its previous holder, whose uncommitted work is
	 * rejected from then on.
	 * @param link the Link's name
	 * @param stepExecution the lane's step execution
	 * @return the lease, or the reason why there is none
	 */
	public Claim claim(String link, long stepExecution) {
		long nanos = System.nanoTime();
		Claim claim = this.transaction.execute((status) -> claim(link, stepExecution, nanos));
		if (claim.lease() != null) {
			this.held.put(claim.lease(), new Held(stepExecution, nanos));
		}
		return claim;
	}

	private Claim claim(String link, long stepExecution, long nanos) {
		Optional<Row> found = this.jdbc.sql("""
				SELECT CONFIGURATION, TOKEN, LEASE_TOKEN, EXPIRES_AT FROM SYNC_LANE
				WHERE STEP_EXECUTION_ID = ? AND LINK = ? AND PROBLEM IS NULL FOR UPDATE""")
			.params(stepExecution, link)
			.query((row, number) -> new Row(row.getString(1), row.getLong(2), row.getLong(3),
					Columns.instant(row, "EXPIRES_AT")))
			.optional();
		Instant now = this.clock.instant();
		Instant runUntil = found.map((row) -> runUntil(link, row.leaseToken)).orElse(null);
		if (found.isEmpty() || runUntil == null || !runUntil.isAfter(now)) {
			return Claim.GONE;
		}
		Row row = found.get();
		if (row.expiresAt != null && row.expiresAt.isAfter(now)) {
			return Claim.HELD;
		}
		Instant until = now.plus(this.duration);
		this.jdbc.sql("UPDATE SYNC_LANE SET TOKEN = ?, HOLDER = ?, EXPIRES_AT = ? WHERE STEP_EXECUTION_ID = ?")
			.params(row.token + 1, this.holder, Columns.utc(until), stepExecution)
			.update();
		return new Claim(new Lease(this, link, row.token + 1, now, nanos + nanosUntil(now, earlier(until, runUntil))),
				row.configuration, false);
	}

	private @Nullable Instant runUntil(String link, long token) {
		return this.jdbc.sql("SELECT EXPIRES_AT FROM SYNC_LEASE WHERE LINK = ? AND TOKEN = ?")
			.params(link, token)
			.query((row, number) -> Objects.requireNonNull(Columns.instant(row, "EXPIRES_AT")))
			.optional()
			.orElse(null);
	}

	private void beat() {
		this.held.forEach((lease, lane) -> {
			try {
				renew(lease, lane);
			}
			catch (Throwable ex) {
				// Every error is caught: an exception would end the heartbeat of all
				// lanes
				logger.warn("The lease of a lane of Link '{}' could not be renewed: {}", lease.link(), ex.getMessage());
			}
		});
	}

	private void renew(Lease lease, Held lane) {
		long nanos = System.nanoTime();
		Instant now = this.clock.instant();
		if (nanos - lane.renewedNanos > this.duration.toNanos() / 3) {
			extend(lease, lane, now);
			this.held.replace(lease, new Held(lane.stepExecution, nanos));
		}
		boolean held = this.jdbc.sql("""
				SELECT l.EXPIRES_AT LANE_EXPIRES_AT, r.EXPIRES_AT RUN_EXPIRES_AT, r.STOP_REQUESTED FROM SYNC_LANE l
				JOIN SYNC_LEASE r ON r.LINK = l.LINK AND r.TOKEN = l.LEASE_TOKEN
				WHERE l.STEP_EXECUTION_ID = ? AND l.TOKEN = ? AND l.EXPIRES_AT > ? AND r.EXPIRES_AT > ?""")
			.params(lane.stepExecution, lease.token(), Columns.utc(now), Columns.utc(now))
			.query((row, number) -> {
				Instant until = earlier(Objects.requireNonNull(Columns.instant(row, "LANE_EXPIRES_AT")),
						Objects.requireNonNull(Columns.instant(row, "RUN_EXPIRES_AT")));
				lease.renewed(nanos + nanosUntil(now, until), row.getBoolean("STOP_REQUESTED"));
				return until;
			})
			.optional()
			.isPresent();
		if (!held) {
			lease.lost();
		}
	}

	@Override
	public Duration duration() {
		return this.duration;
	}

	/**
	 * Renews the lane's lease here if necessary. The lease of its run is not renewed, so
	 * a lane ends when its run is silent for too long; this worker or another one then
	 * claims it again.
	 */
	@Override
	public void confirm(Lease lease) {
		Held lane = this.held.get(lease);
		if (lane != null && !isHeldUntil(this.clock.instant().plus(lease.confirmedFor()), lease, lane)) {
			Instant now = this.clock.instant();
			extend(lease, lane, now);
			lane = isHeldUntil(now.plus(lease.confirmedFor()), lease, lane) ? lane : null;
		}
		if (lane == null) {
			lease.lost();
			throw new LeaseLostException(lease.link(), -1);
		}
	}

	private boolean isHeldUntil(Instant until, Lease lease, Held lane) {
		return this.jdbc.sql("""
				SELECT l.TOKEN FROM SYNC_LANE l
				JOIN SYNC_LEASE r ON r.LINK = l.LINK AND r.TOKEN = l.LEASE_TOKEN
				WHERE l.STEP_EXECUTION_ID = ? AND l.TOKEN = ? AND l.EXPIRES_AT > ? AND r.EXPIRES_AT > ?""")
			.params(lane.stepExecution, lease.token(), Columns.utc(until), Columns.utc(until))
			.query(Long.class)
			.optional()
			.isPresent();
	}

	private void extend(Lease lease, Held lane, Instant now) {
		this.jdbc
			.sql("UPDATE SYNC_LANE SET EXPIRES_AT = ? WHERE STEP_EXECUTION_ID = ? AND TOKEN = ? AND EXPIRES_AT > ?")
			.params(Columns.utc(now.plus(this.duration)), lane.stepExecution, lease.token(), Columns.utc(now))
			.update();
	}

	@Override
	public void verify(Lease lease) {
		Held lane = this.held.get(lease);
		if (lane == null
				|| this.jdbc.sql("SELECT TOKEN FROM SYNC_LANE WHERE STEP_EXECUTION_ID = ? AND TOKEN = ? FOR UPDATE")
					.params(lane.stepExecution, lease.token())
					.query(Long.class)
					.optional()
					.isEmpty()) {
			lease.lost();
			throw new LeaseLostException(lease.link(), (lane != null) ? lane.stepExecution : -1);
		}
	}

	/** Does the same as {@link #verify}, which already locks the lane's row. */
	@Override
	public void lockAndVerify(Lease lease) {
		verify(lease);
	}

	/**
	 * Ends a lane that has been carried out, or cannot be.
	 * @param lease the lane's lease
	 * @param problem why the run cannot continue, or null
	 */
	public void end(Lease lease, @Nullable String problem) {
		Held lane = this.held.remove(lease);
		if (lane == null) {
			return;
		}
		lease.lost();
		if (problem == null) {
			this.jdbc.sql("DELETE FROM SYNC_LANE WHERE STEP_EXECUTION_ID = ? AND TOKEN = ?")
				.params(lane.stepExecution, lease.token())
				.update();
		}
		else {
			this.jdbc
				.sql("UPDATE SYNC_LANE SET PROBLEM = ?, EXPIRES_AT = NULL WHERE STEP_EXECUTION_ID = ? AND TOKEN = ?")
				.params(problem.substring(0, Math.min(problem.length(), Columns.MESSAGE)), lane.stepExecution,
						lease.token())
				.update();
		}
	}

	/** Returns the lane, so that another worker can claim it. */
	@Override
	public void release(Lease lease) {
		Held lane = this.held.remove(lease);
		if (lane != null) {
			lease.lost();
			this.jdbc
				.sql("UPDATE SYNC_LANE SET HOLDER = NULL, EXPIRES_AT = NULL WHERE STEP_EXECUTION_ID = ? AND TOKEN = ?")
				.params(lane.stepExecution, lease.token())
				.update();
		}
	}

	/**
	 * Does nothing: only the lane ends here, and its run continues with another worker.
	 */
	@Override
	public void requestStop(Lease lease) {
	}

	@Override
	public void bindToEvent(Lease lease, long event) {
		throw new UnsupportedOperationException("A lane cannot be bound to an event: its run is");
	}

	private static long nanosUntil(Instant now, Instant until) {
		return Duration.between(now, until).toNanos();
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/** Stops renewing. Leases that are still held expire. */
	@Override
	public void close() {
		this.heartbeat.close();
	}

	private record Held(long stepExecution, long renewedNanos) {

	}

	private record Row(String configuration, long token, long leaseToken, @Nullable Instant expiresAt) {

	}

	/**
	 * The result of claiming a lane.
	 *
	 * @param lease the lane's lease; null when it was not claimed
	 * @param configuration the fingerprint of the Link's configuration where the run is
	 * @param held whether another worker carries out the lane, or did until a moment ago
	 */
	public record Claim(@Nullable Lease lease, String configuration, boolean held) {

		/** The lane or its run has ended: there is nothing to do. */
		static final Claim GONE = new Claim(null, "", false);

		static final Claim HELD = new Claim(null, "", true);

	}

}
