package io.deltasync.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.schema.AbsentRows;
import io.deltasync.schema.Columns;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Receives requests. Those of one Link are stored one after the other, so their numbers
 * are without gaps and in the order of the commits. Thread-safe; every method takes part
 * in the caller's transaction.
 */
public class Inbox {

	private static final String WAITING = """
			SELECT I.LINK, I.LAST_PUSH, I.LAST_DELIVERED, I.WAITING_BYTES, F.RECEIVED_AT FIRST_AT, L.RECEIVED_AT LAST_AT
			FROM SYNC_INBOX I
			JOIN SYNC_PUSH F ON F.LINK = I.LINK AND F.PUSH_ID = I.LAST_DELIVERED + 1
			JOIN SYNC_PUSH L ON L.LINK = I.LINK AND L.PUSH_ID = I.LAST_PUSH
			WHERE I.LAST_PUSH > I.LAST_DELIVERED""";

	private final JdbcClient jdbc;

	private final AbsentRows absent;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public Inbox(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.absent = new AbsentRows(jdbc, product);
	}

	/**
	 * Stores a request, unless one with its idempotency key is stored already. The caller
	 * acknowledges it after the commit.
	 * @param link the Link's name
	 * @param push the request
	 * @param limits how much may wait
	 * @param now the current time
	 * @return the stored request; an earlier one of the same key may have another digest
	 * @throws InboxFullException if too many requests wait
	 */
	public StoredPush accept(String link, NewPush push, InboxLimits limits, Instant now) {
		Row inbox = lock(link);
		Optional<StoredPush> known = find(link, push.key());
		if (known.isPresent()) {
			return known.get();
		}
		limits.check(link, inbox.lastPush - inbox.lastDelivered, inbox.bytes, push.body().length);
		long id = inbox.lastPush + 1;
		Instant received = now.truncatedTo(ChronoUnit.MICROS);
		this.jdbc.sql("UPDATE SYNC_INBOX SET LAST_PUSH = ?, WAITING_BYTES = WAITING_BYTES + ? WHERE LINK = ?")
			.params(id, push.body().length, link)
			.update();
		this.jdbc.sql(
				"INSERT INTO SYNC_PUSH (LINK, PUSH_ID, IDEMPOTENCY_KEY, DIGEST, CONTENT_TYPE, BYTES, RECORDS, RECEIVED_AT) "
						+ "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
			.params(link, id, push.key(), push.digest(), push.contentType(), push.body().length, push.records(),
					Columns.utc(received))
			.update();
		this.jdbc.sql("INSERT INTO SYNC_PUSH_BODY (LINK, PUSH_ID, BODY) VALUES (?, ?, ?)")
			.params(link, id, push.body())
			.update();
		return new StoredPush(link, id, push.key(), StoredPush.State.WAITING, push.digest(), push.body().length,
				push.records(), received, null, null);
	}

	/** Locks the Link's row, so that its requests are stored one after the other. */
	private Row lock(String link) {
		Optional<Row> row = lockExisting(link);
		if (row.isPresent()) {
			return row.get();
		}
		this.absent.insert(
				"INSERT INTO SYNC_INBOX (LINK, LAST_PUSH, LAST_DELIVERED, WAITING_BYTES) VALUES (?, 0, 0, 0)", link);
		return lockExisting(link).orElseThrow();
	}

	private Optional<Row> lockExisting(String link) {
		return this.jdbc
			.sql("SELECT LAST_PUSH, LAST_DELIVERED, WAITING_BYTES FROM SYNC_INBOX WHERE LINK = ? FOR UPDATE")
			.param(link)
			.query((row, number) -> new Row(row.getLong(1), row.getLong(2), row.getLong(3)))
			.optional();
	}

	/**
	 * Finds the request with an idempotency key.
	 * @param link the Link's name
	 * @param key the key
	 * @return the request; empty if there is none, or it was pruned
	 */
	public Optional<StoredPush> find(String link, String key) {
		return this.jdbc.sql("SELECT * FROM SYNC_PUSH WHERE LINK = ? AND IDEMPOTENCY_KEY = ?")
			.params(link, key)
			.query((row, number) -> StoredPush.of(row))
			.optional();
	}

	/**
	 * Finds a request.
	 * @param link the Link's name
	 * @param id its number
	 * @return the request; empty if there is none, or it was pruned
	 */
	public Optional<StoredPush> find(String link, long id) {
		return this.jdbc.sql("SELECT * FROM SYNC_PUSH WHERE LINK = ? AND PUSH_ID = ?")
			.params(link, id)
			.query((row, number) -> StoredPush.of(row))
			.optional();
	}

	/**
	 * Lists requests that wait, in the order in which they are delivered.
	 * @param link the Link's name
	 * @param after only those with higher numbers
	 * @param limit how many at most
	 * @return the requests
	 */
	public List<StoredPush> waiting(String link, long after, int limit) {
		return this.jdbc.sql("""
				SELECT P.* FROM SYNC_PUSH P JOIN SYNC_INBOX I ON I.LINK = P.LINK AND P.PUSH_ID > I.LAST_DELIVERED
				WHERE P.LINK = ? AND P.PUSH_ID > ? AND P.DISCARDED_AT IS NULL ORDER BY P.PUSH_ID LIMIT ?""")
			.params(link, after, limit)
			.query((row, number) -> StoredPush.of(row))
			.list();
	}

	/**
	 * Counts requests that wait.
	 * @param link the Link's name
	 * @param first the lowest number
	 * @param last the highest number
	 * @return how many of these wait
	 */
	public long countWaiting(String link, long first, long last) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM SYNC_PUSH P JOIN SYNC_INBOX I ON I.LINK = P.LINK AND P.PUSH_ID > I.LAST_DELIVERED
				WHERE P.LINK = ? AND P.PUSH_ID BETWEEN ? AND ? AND P.DISCARDED_AT IS NULL""")
			.params(link, first, last)
			.query(Long.class)
			.single();
	}

	/**
	 * Keeps runs from starting to deliver a request of a Link until the caller's
	 * transaction ends. A run that is already delivering one is found by its lease, which
	 * must be looked at after this.
	 * @param link the Link's name
	 */
	public void holdDelivery(String link) {
		lockExisting(link);
	}

	/**
	 * Discards requests, which are then not delivered. Only while no run of the Link is
	 * in progress, which {@link #holdDelivery} makes sure of: otherwise a run that has
	 * read a request delivers some of its records, and, if it dies, nobody the others.
	 * @param link the Link's name
	 * @param first the lowest number
	 * @param last the highest number
	 * @param now the current time
	 * @return how many of these waited, and are discarded
	 */
	public long discard(String link, long first, long last, Instant now) {
		Optional<Row> inbox = lockExisting(link);
		if (inbox.isEmpty()) {
			return 0;
		}
		Row row = inbox.get();
		String chosen = "WHERE LINK = ? AND PUSH_ID BETWEEN ? AND ?";
		Object[] range = { link, Math.max(first, row.lastDelivered + 1), last };
		Sum sum = this.jdbc
			.sql("SELECT COUNT(*), COALESCE(SUM(BYTES), 0) FROM SYNC_PUSH " + chosen + " AND DISCARDED_AT IS NULL")
			.params(range)
			.query((found, number) -> new Sum(found.getLong(1), found.getLong(2)))
			.single();
		if (sum.requests == 0) {
			return 0;
		}
		this.jdbc.sql("UPDATE SYNC_PUSH SET DISCARDED_AT = ? " + chosen + " AND DISCARDED_AT IS NULL")
			.param(Columns.utc(now.truncatedTo(ChronoUnit.MICROS)))
			.params(range)
			.update();
		this.jdbc.sql("DELETE FROM SYNC_PUSH_BODY " + chosen).params(range).update();
		this.jdbc.sql("UPDATE SYNC_INBOX SET LAST_DELIVERED = ?, WAITING_BYTES = WAITING_BYTES - ? WHERE LINK = ?")
			.params(beforeFirstWaiting(link, row), sum.bytes, link)
			.update();
		return sum.requests;
	}

	/** Nothing waits for discarded requests that no other one precedes. */
	private long beforeFirstWaiting(String link, Row row) {
		return this.jdbc.sql(
				"SELECT PUSH_ID FROM SYNC_PUSH WHERE LINK = ? AND PUSH_ID > ? AND DISCARDED_AT IS NULL ORDER BY PUSH_ID LIMIT 1")
			.params(link, row.lastDelivered)
			.query(Long.class)
			.optional()
			.map((first) -> first - 1)
			.orElse(row.lastPush);
	}

	/**
	 * Lists the Links with requests that wait. The cost depends on the number of Links
	 * that are pushed to, not on the number of requests.
	 * @return what waits; may be empty
	 */
	public List<WaitingPushes> waiting() {
		return this.jdbc.sql(WAITING).query((row, number) -> waiting(row)).list();
	}

	/**
	 * Returns what waits for one Link.
	 * @param link the Link's name
	 * @return what waits; empty if nothing does
	 */
	public Optional<WaitingPushes> waiting(String link) {
		return this.jdbc.sql(WAITING + " AND I.LINK = ?").param(link).query((row, number) -> waiting(row)).optional();
	}

	private static WaitingPushes waiting(ResultSet row) throws SQLException {
		long delivered = row.getLong("LAST_DELIVERED");
		return new WaitingPushes(row.getString("LINK"), delivered, row.getLong("LAST_PUSH") - delivered,
				row.getLong("WAITING_BYTES"), Objects.requireNonNull(Columns.instant(row, "FIRST_AT")),
				Objects.requireNonNull(Columns.instant(row, "LAST_AT")));
	}

	private record Row(long lastPush, long lastDelivered, long bytes) {

	}

	private record Sum(long requests, long bytes) {

	}

}
