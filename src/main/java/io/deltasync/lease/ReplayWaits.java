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
 * The waits of automatic replays for the end of their delay. All processes see them: any
 * process can end a wait by stopping the run that the replay follows, or by acquiring the
 * Link, which is free meanwhile. Thread-safe.
 */
public class ReplayWaits {

	/** How often a wait checks whether it must end. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	/**
	 * How much longer than its duration a wait is visible, in case its end is delayed.
	 */
	private static final Duration SLACK = Duration.ofMinutes(1);

	private final JdbcTemplate jdbc;

	private final InstantSource clock;

	/**
	 * Creates the store of waits.
	 * @param jdbc the JobRepository's database
	 * @param clock the database's clock
	 */
	public ReplayWaits(JdbcTemplate jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Waits before an automatic replay. Holds no connection while waiting.
	 * @param ended the released lease of the run that has ended
	 * @param time how long to wait
	 * @param pause waits in this process; returns false when this process must end
	 * @return true when the replay must start now; false when another run has started, or
	 * when the run that the replay follows was stopped, even at the last moment
	 */
	public boolean await(Lease ended, Duration time, Predicate<Duration> pause) {
		if (!change(ended, this.clock.instant().plus(time).plus(SLACK), " AND NOT STOP_REQUESTED")) {
			return false;
		}
		long until = System.nanoTime() + time.toNanos();
		boolean proceed = true;
		for (long left = time.toNanos(); proceed && left > 0; left = until - System.nanoTime()) {
			proceed = pause.test(Duration.ofNanos(Math.min(left, LOOK.toNanos()))) && isOn(ended);
		}
		// one statement decides, so no stop request is accepted that comes too late
		proceed = proceed && change(ended, null, " AND NOT STOP_REQUESTED");
		if (!proceed) {
			change(ended, null, "");
		}
		return proceed;
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
	 * Ends a wait in whichever process it is, so that no replay follows.
	 * @param link the Link's name
	 * @param event the Sync Event that the replay would follow
	 * @return false when no replay waits to follow this event
	 */
	public boolean stop(String link, long event) {
		return this.jdbc.update(
				"UPDATE SYNC_LEASE SET STOP_REQUESTED = TRUE "
						+ "WHERE LINK = ? AND JOB_INSTANCE_ID = ? AND REPLAY_UNTIL > ?",
				link, event, LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC)) == 1;
	}

}
