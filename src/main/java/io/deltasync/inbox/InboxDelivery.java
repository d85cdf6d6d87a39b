package io.deltasync.inbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What runs do with stored requests: they deliver them in the order of their numbers, and
 * move the end of what is delivered forward in the transactions that store the outcome of
 * the records. Whatever was not moved over is delivered again by the next run, and then
 * everything after it as well, so that an older version of a record never replaces a
 * newer one for good. Thread-safe; every method takes part in the caller's transaction.
 */
public class InboxDelivery {

	/** How many requests one run delivers at most. */
	public static final int MOST = 10_000;

	private static final int REMOVED_AT_A_TIME = 100;

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public InboxDelivery(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Lists the requests that a run delivers. Discarded ones are among them, without a
	 * body.
	 * @param link the Link's name
	 * @return their numbers in order, {@value #MOST} at most; may be empty
	 */
	public List<Long> next(String link) {
		return this.jdbc.sql("SELECT LAST_DELIVERED, LAST_PUSH FROM SYNC_INBOX WHERE LINK = ?")
			.param(link)
			.query((row,
					number) -> LongStream.rangeClosed(row.getLong(1) + 1, row.getLong(2)).limit(MOST).boxed().toList())
			.optional()
			.orElse(List.of());
	}

	/**
	 * Reads the body of a request. Until the caller's transaction ends, no request of the
	 * Link is discarded, and afterwards none while the run that delivers it is in
	 * progress.
	 * @param link the Link's name
	 * @param id its number
	 * @return the body; empty if the request was discarded
	 */
	public Optional<PushedBody> body(String link, long id) {
		lock(link);
		return this.jdbc.sql("""
				SELECT P.CONTENT_TYPE, B.BODY FROM SYNC_PUSH P
				JOIN SYNC_PUSH_BODY B ON B.LINK = P.LINK AND B.PUSH_ID = P.PUSH_ID
				WHERE P.LINK = ? AND P.PUSH_ID = ?""")
			.params(link, id)
			.query((row, number) -> new PushedBody(row.getString(1), row.getBytes(2)))
			.optional();
	}

	/**
	 * Stores that requests need no further delivery, as far as all before them need none
	 * either.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param ids their numbers, in ascending order
	 * @param now the current time
	 */
	public void delivered(String link, long event, List<Long> ids, Instant now) {
		if (ids.isEmpty()) {
			return;
		}
		long last = lock(link);
		long reached = last;
		for (long id : ids) {
			if (id == reached + 1) {
				reached = id;
			}
		}
		moveTo(link, event, last, reached, now);
	}

	/**
	 * Stores that all requests up to a number need no further delivery.
	 * @param link the Link's name
	 * @param event the Sync Event, which was successful
	 * @param id the number
	 * @param now the current time
	 */
	public void deliveredUpTo(String link, long event, long id, Instant now) {
		moveTo(link, event, lock(link), id, now);
	}

	/** Returns the number of the last request that needs no further delivery. */
	private long lock(String link) {
		return this.jdbc.sql("SELECT LAST_DELIVERED FROM SYNC_INBOX WHERE LINK = ? FOR UPDATE")
			.param(link)
			.query(Long.class)
			.optional()
			.orElse(Long.MAX_VALUE);
	}

	private void moveTo(String link, long event, long last, long reached, Instant now) {
		if (reached <= last) {
			return;
		}
		String moved = "WHERE LINK = ? AND PUSH_ID > ? AND PUSH_ID <= ? AND DISCARDED_AT IS NULL";
		long bytes = this.jdbc.sql("SELECT COALESCE(SUM(BYTES), 0) FROM SYNC_PUSH " + moved)
			.params(link, last, reached)
			.query(Long.class)
			.single();
		this.jdbc.sql("UPDATE SYNC_PUSH SET EVENT = ?, DELIVERED_AT = ? " + moved)
			.params(event, Columns.utc(now.truncatedTo(ChronoUnit.MICROS)), link, last, reached)
			.update();
		this.jdbc.sql("UPDATE SYNC_INBOX SET LAST_DELIVERED = ?, WAITING_BYTES = WAITING_BYTES - ? WHERE LINK = ?")
			.params(reached, bytes, link)
			.update();
	}

	/**
	 * Deletes some of the oldest requests that need no further delivery.
	 * @param link the Link's name
	 * @param before only those that were delivered or discarded before this time
	 * @param after only those with higher numbers
	 * @param dryRun whether nothing must be deleted
	 * @return the numbers of those that were deleted, or would be; empty after the last
	 */
	public List<Long> removeOldest(String link, Instant before, long after, boolean dryRun) {
		List<Long> ids = this.jdbc.sql("""
				SELECT P.PUSH_ID, COALESCE(P.DELIVERED_AT, P.DISCARDED_AT) ENDED_AT FROM SYNC_PUSH P
				JOIN SYNC_INBOX I ON I.LINK = P.LINK AND P.PUSH_ID <= I.LAST_DELIVERED
				WHERE P.LINK = ? AND P.PUSH_ID > ? ORDER BY P.PUSH_ID LIMIT ?""")
			.params(link, after, REMOVED_AT_A_TIME)
			.query((row, number) -> new Ended(row.getLong(1), Objects.requireNonNull(Columns.instant(row, "ENDED_AT"))))
			.list()
			.stream()
			.takeWhile((ended) -> ended.at.isBefore(before))
			.map(Ended::id)
			.toList();
		if (!dryRun && !ids.isEmpty()) {
			for (String table : List.of("SYNC_PUSH_BODY", "SYNC_PUSH")) {
				this.jdbc.sql("DELETE FROM %s WHERE LINK = :link AND PUSH_ID IN (:ids)".formatted(table))
					.param("link", link)
					.param("ids", ids)
					.update();
			}
		}
		return ids;
	}

	/**
	 * Lists the Links that were ever pushed to.
	 * @return their names
	 */
	public List<String> links() {
		return this.jdbc.sql("SELECT LINK FROM SYNC_INBOX ORDER BY LINK").query(String.class).list();
	}

	private record Ended(long id, Instant at) {

	}

}
