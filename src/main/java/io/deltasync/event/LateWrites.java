package io.deltasync.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.deltasync.schema.AbsentRows;
import io.deltasync.schema.Columns;
import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores which runs may have written to their target after they had lost their Link. Such
 * late writes may be older than the data of a later, successful run, so the next window
 * must start where the window of the late run did. Thread-safe; every method takes part
 * in the caller's transaction.
 */
public class LateWrites {

	private final JdbcClient jdbc;

	private final AbsentRows absent;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public LateWrites(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.absent = new AbsentRows(jdbc, product);
	}

	/**
	 * Stores that a run may have written too late. Idempotent.
	 * @param link the Link's name
	 * @param event the run's Sync Event
	 * @param window the last success that the run was started with; any record for which
	 * the run fetched an old version has changed since then
	 */
	public void store(String link, long event, Watermark window) {
		this.absent.insert(
				"INSERT INTO SYNC_LATE_WRITE (LINK, JOB_INSTANCE_ID, SYNC, CURSOR_VALUE) VALUES (?, ?, ?, ?)", link,
				event, utc(window.sync()), window.cursor());
	}

	/**
	 * Widens a window so that it covers the windows of all runs that may have written too
	 * late.
	 * @param link the Link's name
	 * @param last where the window starts otherwise
	 * @return the oldest start
	 */
	public Watermark widen(String link, Watermark last) {
		Watermark oldest = last;
		List<Watermark> lateRuns = this.jdbc.sql("SELECT SYNC, CURSOR_VALUE FROM SYNC_LATE_WRITE WHERE LINK = ?")
			.param(link)
			.query((row, number) -> new Watermark(Columns.instant(row, "SYNC"), row.getString("CURSOR_VALUE")))
			.list();
		for (Watermark late : lateRuns) {
			if (oldest.sync() != null && (late.sync() == null || late.sync().isBefore(oldest.sync()))) {
				oldest = late;
			}
		}
		return oldest;
	}

	/**
	 * Deletes the runs whose windows are covered by the window of a new run, which must
	 * not have fetched anything yet. The new run carries the widened window from now on,
	 * however it ends.
	 * @param link the Link's name
	 * @param window the last success that the new run was started with
	 * @return the Sync Events of the runs that were deleted
	 */
	public List<Long> cover(String link, Watermark window) {
		LocalDateTime sync = utc(window.sync());
		List<Long> events = this.jdbc
			.sql("SELECT JOB_INSTANCE_ID FROM SYNC_LATE_WRITE WHERE LINK = :link %s ORDER BY JOB_INSTANCE_ID"
				.formatted((sync != null) ? "AND SYNC >= :sync" : ""))
			.param("link", link)
			.param("sync", sync)
			.query(Long.class)
			.list();
		events.forEach((event) -> this.jdbc.sql("DELETE FROM SYNC_LATE_WRITE WHERE LINK = ? AND JOB_INSTANCE_ID = ?")
			.params(link, event)
			.update());
		return events;
	}

	/** Truncates, because databases round and the window must not start later. */
	private static @Nullable LocalDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? Columns.utc(instant.truncatedTo(ChronoUnit.MICROS)) : null;
	}

}
