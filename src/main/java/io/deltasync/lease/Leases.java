package io.deltasync.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ensures that a Link is run by one run at a time, across all processes that share the
 * database. A lease that is not renewed expires by the database's clock, so a dead
 * process does not hold its Link forever. Thread-safe.
 * <p>
 * All statements on leases are in this class: each of them is safe only together with the
 * others.
 */
public class Leases implements LeaseKeeper, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Leases.class);

	private static final int MOST_ATTEMPTS = 5;

	/** In the past, however far the clock is set back. */
	private static final Instant RELEASED = Instant.EPOCH.plus(Duration.ofDays(1));

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final DatabaseClock clock;

	private final Duration duration;

	private final String holder;

	private final Set<Lease> held = ConcurrentHashMap.newKeySet();

	private final Heartbeat heartbeat;

	/**
	 * Starts renewing leases.
	 * @param jdbc the JobRepository's database
	 * @param transaction runs a callback in its own transaction
	 * @param clock the database's clock
	 * @param duration how long a lease lasts without being renewed; it is renewed, and
	 * stop requests are noticed, every second, or more often if the lease is short
	 * @param holder shown as the holder of a lease: host and process
	 */
	public Leases(JdbcTemplate jdbc, TransactionTemplate transaction, DatabaseClock clock, Duration duration,
			String holder) {
		this.jdbc = JdbcClient.create(jdbc);
		this.transaction = transaction;
		this.clock = clock;
		this.duration = duration;
		this.holder = holder;
		this.heartbeat = new Heartbeat("deltasync-lease", duration, this::beat);
	}

	/**
	 * Acquires a Link.
	 * @param link the Link's name
	 * @return the lease, renewed until it is closed
	 * @throws LinkBusyException when another run holds the Link
	 */
	public Lease acquire(String link) throws LinkBusyException {
		long nanos = System.nanoTime();
		Taken taken = retry(() -> this.transaction.execute((status) -> take(link)));
		if (taken.busy() != null) {
			throw taken.busy();
		}
		Lease lease = new Lease(this, link, taken.token(), taken.at(), nanos + this.duration.toNanos());
		this.held.add(lease);
		return lease;
	}

	/** Retries what the database refuses for a moment. */
	private static <T> T retry(Supplier<T> change) {
		for (int attempt = 1;; attempt++) {
			try {
				return change.get();
			}
			catch (DuplicateKeyException | TransientDataAccessException ex) {
				if (attempt == MOST_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private Taken take(String link) {
		Optional<LeaseRow> row = find(link, "FOR UPDATE");
		Instant now = this.clock.instant();
		if (row.isPresent() && row.get().expiresAt().isAfter(now)) {
			return new Taken(0, now, busy(link, row.get()));
		}
		long token = row.map((old) -> old.token() + 1).orElse(1L);
		String sql = row.isPresent()
				? "UPDATE SYNC_LEASE SET TOKEN = ?, HOLDER = ?, ACQUIRED_AT = ?, EXPIRES_AT = ?, STOP_REQUESTED = FALSE, JOB_INSTANCE_ID = NULL, RETRY_AT = NULL WHERE LINK = ?"
				: "INSERT INTO SYNC_LEASE (TOKEN, HOLDER, ACQUIRED_AT, EXPIRES_AT, LINK, STOP_REQUESTED) VALUES (?, ?, ?, ?, ?, FALSE)";
		this.jdbc.sql(sql)
			.params(token, this.holder, Columns.utc(now), Columns.utc(now.plus(this.duration)), link)
			.update();
		// from now on no worker can store anything for a previous run
		this.jdbc.sql("DELETE FROM SYNC_LANE WHERE LINK = ?").param(link).update();
		return new Taken(token, now, null);
	}

	/** A Link that was acquired, or who holds it. */
	private record Taken(long token, Instant at, @Nullable LinkBusyException busy) {

	}

	private static LinkBusyException busy(String link, LeaseRow row) {
		return new LinkBusyException(link, row.event(), row.holder(), row.acquiredAt(), row.expiresAt());
	}

	/**
	 * Ends the leases of all other processes, which must be known to be dead. Their runs
	 * are recovered like those whose leases have expired, even if the clock of those
	 * processes was ahead.
	 */
	public void endAll() {
		Instant now = this.clock.instant();
		this.jdbc.sql("UPDATE SYNC_LEASE SET ACQUIRED_AT = ?, EXPIRES_AT = ? WHERE EXPIRES_AT > ?")
			.params(Columns.utc(now.minus(this.duration)), Columns.utc(now.minus(1, ChronoUnit.MICROS)),
					Columns.utc(now))
			.update();
	}

	/**
	 * Returns the name that is shown as the holder of this process's leases.
	 * @return host and process
	 */
	public String holder() {
		return this.holder;
	}

	/**
	 * Whether a run holds a Link now.
	 * @param link the Link's name
	 * @return true if its lease has not expired
	 */
	public boolean isHeld(String link) {
		return find(link).filter(LeaseState::held).isPresent();
	}

	/**
	 * Checks that no run holds a Link now.
	 * @param link the Link's name
	 * @throws LinkBusyException if one does
	 */
	public void checkFree(String link) throws LinkBusyException {
		Instant now = this.clock.instant();
		Optional<LeaseRow> row = find(link, "").filter((found) -> found.expiresAt().isAfter(now));
		if (row.isPresent()) {
			throw busy(link, row.get());
		}
	}

	/**
	 * Lists the holder of each Link: one row for each Link that was ever run.
	 * @return the Links, in no particular order
	 */
	public List<LeaseState> states() {
		return this.jdbc.sql(this.clock.selectWith(LeaseRow.COLUMNS)).query(this::state).list();
	}

	/**
	 * Finds the holder of a Link.
	 * @param link the Link's name
	 * @return the holder; empty when the Link was never run
	 */
	public Optional<LeaseState> find(String link) {
		return this.jdbc.sql(this.clock.selectWith(LeaseRow.COLUMNS + "WHERE LINK = ?"))
			.param(link)
			.query(this::state)
			.optional();
	}

	private LeaseState state(ResultSet row, int number) throws SQLException {
		return LeaseRow.read(row, number).at(this.clock.read(row));
	}

	/**
	 * Locks a Link until the caller's transaction ends, so that no run of it begins
	 * before.
	 * @param link the Link's name
	 * @return its holder; empty when the Link was never run
	 */
	public Optional<LeaseState> lock(String link) {
		Instant now = this.clock.instant();
		return find(link, "FOR UPDATE").map((row) -> row.at(now));
	}

	/**
	 * Asks a run to stop, in whichever process it is. It stops within its current batch.
	 * @param link the Link's name
	 * @param event the run's Sync Event
	 * @return false when this run does not hold the Link, though another may
	 */
	public boolean requestStop(String link, long event) {
		return this.jdbc.sql(
				"UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE WHERE LINK = ? AND JOB_INSTANCE_ID = ? AND EXPIRES_AT > ?")
			.params(link, event, Columns.utc(this.clock.instant()))
			.update() == 1;
	}

	@Override
	public void requestStop(Lease lease) {
		this.jdbc.sql("UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE WHERE LINK = ? AND TOKEN = ?")
			.params(lease.link(), lease.token())
			.update();
	}

	@Override
	public void bindToEvent(Lease lease, long event) {
		this.jdbc.sql("UPDATE SYNC_LEASE SET JOB_INSTANCE_ID = ? WHERE LINK = ? AND TOKEN = ?")
			.params(event, lease.link(), lease.token())
			.update();
	}

	private Optional<LeaseRow> find(String link, String lock) {
		return this.jdbc.sql("SELECT " + LeaseRow.COLUMNS + "WHERE LINK = ? " + lock)
			.param(link)
			.query(LeaseRow::read)
			.optional();
	}

	private void beat() {
		for (Lease lease : this.held) {
			try {
				renew(lease);
			}
			catch (Throwable ex) {
				// an exception would end the heartbeat of all leases; if renewing keeps
				// failing, the lease's own deadline ends the run
				logger.warn("The lease of Link '{}' could not be renewed: {}", lease.link(), ex.getMessage());
			}
		}
	}

	private void renew(Lease lease) {
		long nanos = System.nanoTime();
		Instant now = this.clock.instant();
		Retry retry = lease.retry(now);
		int renewed = this.jdbc.sql("""
				UPDATE SYNC_LEASE SET EXPIRES_AT = ?, RETRY_CALL = ?, RETRY_ATTEMPT = ?, RETRY_AT = ?
				WHERE LINK = ? AND TOKEN = ? AND EXPIRES_AT > ?""")
			.params(Arrays.asList(Columns.utc(now.plus(this.duration)), (retry != null) ? retry.call() : null,
					(retry != null) ? retry.attempt() : null, Columns.utcOrNull((retry != null) ? retry.at() : null),
					lease.link(), lease.token(), Columns.utc(now)))
			.update();
		if (renewed == 0) {
			lease.lost();
			return;
		}
		boolean stop = find(lease.link(), "").filter((row) -> row.token() == lease.token() && row.stopRequested())
			.isPresent();
		lease.renewed(nanos + this.duration.toNanos(), stop);
	}

	@Override
	public Duration duration() {
		return this.duration;
	}

	/**
	 * Checks what the heartbeat renewed a second ago, unless this process was suspended.
	 */
	@Override
	public void confirm(Lease lease) {
		// in one query, since this is asked before each commit of a target
		boolean confirmed = this.jdbc
			.sql(this.clock.selectWith("EXPIRES_AT FROM SYNC_LEASE WHERE LINK = ? AND TOKEN = ?"))
			.params(lease.link(), lease.token())
			.query((row, number) -> Objects.requireNonNull(Columns.instant(row, "EXPIRES_AT"))
				.isAfter(this.clock.read(row).plus(lease.confirmedFor())))
			.optional()
			.orElse(false);
		if (!confirmed) {
			renew(lease);
			lease.checkLocally();
		}
	}

	/** Checks without a lock, because the lanes of a run would wait for each other. */
	@Override
	public void verify(Lease lease) {
		checkStored(lease, "");
	}

	@Override
	public void lockAndVerify(Lease lease) {
		checkStored(lease, "FOR UPDATE");
	}

	private void checkStored(Lease lease, String lock) {
		boolean stored = this.jdbc.sql("SELECT TOKEN FROM SYNC_LEASE WHERE LINK = ? AND TOKEN = ? " + lock)
			.params(lease.link(), lease.token())
			.query(Long.class)
			.optional()
			.isPresent();
		if (!stored) {
			lease.lost();
			throw new LeaseLostException(lease.link());
		}
	}

	@Override
	public void release(Lease lease) {
		if (this.held.remove(lease)) {
			// no thread that still has the lease may continue with it
			lease.lost();
			try {
				// a database that refuses this for a moment must not fail the run
				retry(() -> this.jdbc.sql("UPDATE SYNC_LEASE SET EXPIRES_AT = ? WHERE LINK = ? AND TOKEN = ?")
					.params(Columns.utc(RELEASED), lease.link(), lease.token())
					.update());
			}
			catch (DataAccessException ex) {
				// the run's work and its outcome are already stored
				logger.warn("Link '{}' could not be released: {}. It is free again in {} at the latest", lease.link(),
						NestedExceptionUtils.getMostSpecificCause(ex).getMessage(), this.duration);
			}
		}
	}

	/** Stops renewing. Leases that are still held expire. */
	@Override
	public void close() {
		this.heartbeat.close();
	}

}
