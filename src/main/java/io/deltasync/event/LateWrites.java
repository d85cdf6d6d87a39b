package io.deltasync.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores which runs may have written to their target after they had lost their Link. What
 * they wrote may be older than what a later, successful run had written, so a window must
 * start once more where theirs did. Thread-safe; every method takes part in the caller's
 * transaction.
 */
public class LateWrites {

	private final JdbcTemplate jdbc;

	public LateWrites(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores that a run may have written too late. To store it repeatedly changes
	 * nothing.
	 * @param link the Link's name
	 * @param event the run's Sync Event
	 * @param window the last success that the run was started with: whatever it fetched
	 * and was not the newest has changed since
	 */
	public void store(String link, long event, Watermark window) {
		try {
			this.jdbc.update(
					"INSERT INTO SYNC_LATE_WRITE (LINK, JOB_INSTANCE_ID, SYNC, CURSOR_VALUE) VALUES (?, ?, ?, ?)", link,
					event, utc(window.sync()), window.cursor());
		}
		catch (DuplicateKeyException ex) {
			// another lane of the run, or an earlier batch
		}
	}

	/**
	 * Widens a window so that it covers those of all runs that may have written too late.
	 * @param link the Link's name
	 * @param last where the window starts otherwise
	 * @return the oldest of all
	 */
	public Watermark widen(String link, Watermark last) {
		Watermark oldest = last;
		for (Watermark late : this.jdbc.query("SELECT SYNC, CURSOR_VALUE FROM SYNC_LATE_WRITE WHERE LINK = ?",
				(row, number) -> new Watermark(instant(row.getObject(1, LocalDateTime.class)), row.getString(2)),
				link)) {
			if (oldest.sync() != null && (late.sync() == null || late.sync().isBefore(oldest.sync()))) {
				oldest = late;
			}
		}
		return oldest;
	}

	/**
	 * Deletes the runs whose windows another one covers, which must not have fetched
	 * anything yet. From now on that one carries the widened window, whatever becomes of
	 * it.
	 * @param link the Link's name
	 * @param window the last success that this run was started with
	 * @return the Sync Events of the runs that were deleted
	 */
	public List<Long> cover(String link, Watermark window) {
		LocalDateTime sync = utc(window.sync());
		String covered = (sync != null) ? " AND SYNC >= ?" : "";
		Object[] arguments = (sync != null) ? new Object[] { link, sync } : new Object[] { link };
		List<Long> events = this.jdbc.queryForList(
				"SELECT JOB_INSTANCE_ID FROM SYNC_LATE_WRITE WHERE LINK = ?" + covered + " ORDER BY JOB_INSTANCE_ID",
				Long.class, arguments);
		events.forEach((event) -> this.jdbc.update("DELETE FROM SYNC_LATE_WRITE WHERE LINK = ? AND JOB_INSTANCE_ID = ?",
				link, event));
		return events;
	}

	/** Never later than it was: databases round. */
	private static @Nullable LocalDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC)
				: null;
	}

	private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
		return (utc != null) ? utc.toInstant(ZoneOffset.UTC) : null;
	}

}
