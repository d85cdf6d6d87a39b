package io.deltasync.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Waits of replays that are to follow a run by themselves. They are known to all
 * processes: any can end one, by a stop of the run that it follows or by taking the Link,
 * which is free meanwhile. Thread-safe.
 */
public class ReplayWaits {

	/** How soon it is noticed that a wait is to end. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	/** A wait is known for this much longer than it lasts, whatever delays its end. */
	private static final Duration SLACK = Duration.ofMinutes(1);

	private final JdbcTemplate jdbc;

	private final InstantSource clock;

	/**
	 * Makes it.
	 * @param jdbc the JobRepository's database
	 * @param clock the database's clock
	 */
	public ReplayWaits(JdbcTemplate jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Waits. Holds no connection.
	 * @param ended the lease of the run that has ended; it has been given back
	 * @param time how long
	 * @param pause waits in this process; answers false when this process is to end
	 * @return true when the replay is to begin now; false when another run has begun, or
	 * somebody stopped the one that it was to follow, were it in its last moment
	 */
	public boolean await(Lease ended, Duration time, Predicate<Duration> pause) {
		if (!change(ended, this.clock.instant().plus(time).plus(SLACK), " AND NOT STOP_REQUESTED")) {
			return false;
		}
		long until = System.nanoTime() + time.toNanos();
		boolean goesOn = true;
		for (long left = time.toNanos(); goesOn && left > 0; left = until - System.nanoTime()) {
			goesOn = pause.test(Duration.ofNanos(Math.min(left, LOOK.toNanos()))) && isOn(ended);
		}
		// in one statement, so that nobody is told of a stop that comes too late
		goesOn = goesOn && change(ended, null, " AND NOT STOP_REQUESTED");
		if (!goesOn) {
			change(ended, null, "");
		}
		return goesOn;
	}

	private boolean change(Lease ended, @Nullable Instant until, String condition) {
		return this.jdbc.update("UPDATE SYNC_LEASE SET REPLAY_UNTIL = ? WHERE LINK = ? AND TOKEN = ?" + condition,
				(until != null) ? LocalDateTime.ofInstant(until, ZoneOffset.UTC) : null, ended.link(),
				ended.token()) == 1;
	}

	private boolean isOn(Lease ended) {
		return !this.jdbc
			.queryForList("SELECT TOKEN FROM SYNC_LEASE WHERE LINK = ? AND TOKEN = ? AND NOT STOP_REQUESTED",
					Long.class, ended.link(), ended.token())
			.isEmpty();
	}

	/**
	 * Ends a wait, in whichever process it is: no replay follows.
	 * @param link the Link's name
	 * @param event the Sync Event that it was to follow
	 * @return false when no replay waits to follow it
	 */
	public boolean stop(String link, long event) {
		return this.jdbc.update(
				"UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE "
						+ "WHERE LINK = ? AND JOB_INSTANCE_ID = ? AND REPLAY_UNTIL > ?",
				link, event, LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC)) == 1;
	}

}
