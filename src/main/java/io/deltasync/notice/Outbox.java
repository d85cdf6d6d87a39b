package io.deltasync.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.deltasync.schema.Columns;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages to send. They are written in the transactions that make them true, and
 * sent later, by any process. Every method takes part in the caller's transaction.
 * Thread-safe.
 */
public class Outbox {

	/** Sent messages, and those that have expired. */
	private static final String DONE = "STATE IN ('SENT', 'EXPIRED') AND CREATED_AT < ?";

	private final JdbcClient jdbc;

	private final Product product;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public Outbox(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
	}

	/**
	 * Creates the id of a message.
	 * @return an id that no other message has
	 */
	public static String newMessageId() {
		return "msg_" + UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * Adds a message.
	 * @param link the Link's name
	 * @param channel the name of the channel that it is sent to
	 * @param body the message as JSON
	 * @param now the current time
	 */
	public void add(String link, String channel, String body, Instant now) {
		this.jdbc.sql("""
				INSERT INTO SYNC_NOTICE (MESSAGE_ID, LINK, CHANNEL, CREATED_AT, BODY, STATE, ATTEMPTS, NEXT_TRY)
				VALUES (?, ?, ?, ?, ?, 'PENDING', 0, ?)""")
			.params(newMessageId(), link, channel, Columns.utc(now), body, Columns.utc(now))
			.update();
	}

	/**
	 * Lists the channels with messages whose time has come.
	 * @param now the current time
	 * @return the channels' names; may be empty
	 */
	public List<String> dueChannels(Instant now) {
		return this.jdbc.sql("SELECT DISTINCT CHANNEL FROM SYNC_NOTICE WHERE STATE = 'PENDING' AND NEXT_TRY <= ?")
			.param(Columns.utc(now))
			.query(String.class)
			.list();
	}

	/**
	 * Claims a message, unless another process is faster. The messages of a Link are sent
	 * to a channel in the order in which they were written.
	 * @param channel the name of the channel
	 * @param now the current time
	 * @param until the time at which another process may claim it if this one has not
	 * stored how the attempt ended
	 * @return the message; empty if there is none, or if another process claimed it
	 */
	public Optional<QueuedNotice> claim(String channel, Instant now, Instant until) {
		return this.jdbc.sql("""
				SELECT * FROM SYNC_NOTICE n WHERE STATE = 'PENDING' AND CHANNEL = ? AND NEXT_TRY <= ?
				  AND NOT EXISTS (SELECT 1 FROM SYNC_NOTICE o WHERE o.STATE = 'PENDING' AND o.CHANNEL = n.CHANNEL
				    AND o.LINK = n.LINK AND o.ID < n.ID)
				ORDER BY ID LIMIT 1""")
			.params(channel, Columns.utc(now))
			.query(Outbox::read)
			.optional()
			.filter((found) -> this.jdbc.sql("""
					UPDATE SYNC_NOTICE SET ATTEMPTS = ATTEMPTS + 1, NEXT_TRY = ?
					WHERE ID = ? AND STATE = 'PENDING' AND ATTEMPTS = ?""")
				.params(Columns.utc(until), found.id(), found.attempts())
				.update() == 1)
			.map((found) -> new QueuedNotice(found.id(), found.messageId(), found.link(), found.channel(), found.body(),
					found.attempts() + 1, found.problem()));
	}

	/**
	 * Stores that a message was sent.
	 * @param notice the message
	 */
	public void sent(QueuedNotice notice) {
		this.jdbc.sql("UPDATE SYNC_NOTICE SET STATE = 'SENT', PROBLEM = NULL WHERE ID = ?").param(notice.id()).update();
	}

	/**
	 * Stores that an attempt failed, unless another process has tried it since.
	 * @param notice the message, as claimed
	 * @param nextTry when it is tried again
	 * @param problem why the attempt failed, without secrets
	 */
	public void failed(QueuedNotice notice, Instant nextTry, String problem) {
		this.jdbc
			.sql("UPDATE SYNC_NOTICE SET NEXT_TRY = ?, PROBLEM = ? WHERE ID = ? AND STATE = 'PENDING' AND ATTEMPTS = ?")
			.params(Columns.utc(nextTry), Columns.cut(problem, Columns.MESSAGE), notice.id(), notice.attempts())
			.update();
	}

	/**
	 * Marks a message as expired that could not be sent for too long.
	 * @param before the time before which it was written
	 * @return the message; empty if there is none, or if another process marked it
	 */
	public Optional<QueuedNotice> expire(Instant before) {
		return this.jdbc
			.sql("SELECT * FROM SYNC_NOTICE WHERE STATE = 'PENDING' AND CREATED_AT < ? ORDER BY CREATED_AT LIMIT 1")
			.param(Columns.utc(before))
			.query(Outbox::read)
			.optional()
			.filter((
					old) -> this.jdbc.sql("UPDATE SYNC_NOTICE SET STATE = 'EXPIRED' WHERE ID = ? AND STATE = 'PENDING'")
						.param(old.id())
						.update() == 1);
	}

	/**
	 * Counts the messages of each channel that are to be sent, or have expired. The
	 * number of sent messages does not matter.
	 * @return the figures, by the channels' names; may be empty
	 */
	public List<ChannelFigures> figures() {
		return this.jdbc.sql("""
				SELECT CHANNEL, SUM(CASE STATE WHEN 'PENDING' THEN 1 ELSE 0 END) PENDING,
				  SUM(CASE WHEN STATE = 'PENDING' AND PROBLEM IS NOT NULL THEN 1 ELSE 0 END) FAILING,
				  MIN(CASE STATE WHEN 'PENDING' THEN CREATED_AT END) OLDEST,
				  SUM(CASE STATE WHEN 'EXPIRED' THEN 1 ELSE 0 END) EXPIRED,
				  MAX(CASE STATE WHEN 'PENDING' THEN PROBLEM END) PROBLEM
				FROM SYNC_NOTICE WHERE STATE IN ('PENDING', 'EXPIRED') GROUP BY CHANNEL ORDER BY CHANNEL""")
			.query((row, number) -> new ChannelFigures(row.getString("CHANNEL"), row.getLong("PENDING"),
					row.getLong("FAILING"), Columns.instant(row, "OLDEST"), row.getLong("EXPIRED"),
					row.getString("PROBLEM")))
			.list();
	}

	/**
	 * Deletes some of the messages that were sent or have expired, or counts all of them.
	 * @param before the time before which they were written
	 * @param limit how many are deleted at most
	 * @param dryRun whether nothing must be deleted
	 * @return the number
	 */
	public long removeDone(Instant before, int limit, boolean dryRun) {
		if (dryRun) {
			return this.jdbc.sql("SELECT COUNT(*) FROM SYNC_NOTICE WHERE " + DONE)
				.param(Columns.utc(before))
				.query(Long.class)
				.single();
		}
		return this.jdbc.sql(this.product.deleteSome("SYNC_NOTICE", DONE, String.valueOf(limit)))
			.param(Columns.utc(before))
			.update();
	}

	private static QueuedNotice read(ResultSet row, int number) throws SQLException {
		return new QueuedNotice(row.getLong("ID"), row.getString("MESSAGE_ID"), row.getString("LINK"),
				row.getString("CHANNEL"), row.getString("BODY"), row.getInt("ATTEMPTS"),
				Objects.requireNonNullElse(row.getString("PROBLEM"), ""));
	}

}
