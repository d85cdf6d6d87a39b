package io.deltasync.event;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the deletions that {@code max-delete-share} blocks. They stay stored until a run
 * that reads everything has handled them, because other runs do not look for deleted
 * records. Thread-safe; every method takes part in the caller's transaction.
 */
public class BlockedDeletes {

	private final JdbcClient jdbc;

	BlockedDeletes(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Stores that deletions of a Link are blocked. Replaces what was stored before.
	 * @param link the Link's name
	 * @param event the Sync Event of the run that did not delete
	 * @param records how many records it did not delete
	 * @param now the current time; if deletions are blocked already, the earlier time is
	 * kept
	 */
	public void block(String link, long event, long records, Instant now) {
		Instant since = find(link).map(Blocked::since).orElse(now);
		resolve(link);
		this.jdbc.sql("INSERT INTO SYNC_BLOCKED_DELETES (LINK, JOB_INSTANCE_ID, RECORDS, SINCE) VALUES (?, ?, ?, ?)")
			.params(link, event, records, Columns.utc(since))
			.update();
	}

	/**
	 * Stores that no deletion of a Link is blocked.
	 * @param link the Link's name
	 */
	public void resolve(String link) {
		this.jdbc.sql("DELETE FROM SYNC_BLOCKED_DELETES WHERE LINK = ?").param(link).update();
	}

	/**
	 * Finds the blocked deletions of a Link.
	 * @param link the Link's name
	 * @return the number of records and the time since when they are blocked; empty when
	 * there are none
	 */
	public Optional<Blocked> find(String link) {
		return this.jdbc.sql("SELECT JOB_INSTANCE_ID, RECORDS, SINCE FROM SYNC_BLOCKED_DELETES WHERE LINK = ?")
			.param(link)
			.query((row, number) -> new Blocked(row.getLong(1), row.getLong(2),
					Objects.requireNonNull(Columns.instant(row, "SINCE"))))
			.optional();
	}

	/**
	 * Blocked deletions.
	 *
	 * @param event the newest run that did not carry them out
	 * @param records how many records it did not delete
	 * @param since when deletions were first blocked
	 */
	public record Blocked(long event, long records, Instant since) {

	}

}
