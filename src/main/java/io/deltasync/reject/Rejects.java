package io.deltasync.reject;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores rejects. Thread-safe; every method takes part in the caller's transaction.
 */
public class Rejects {

	private static final int MAX_MESSAGE = 2000;

	private static final int MAX_KEY = 500;

	private final JdbcTemplate jdbc;

	public Rejects(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores rejects of a run.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param rejects the rejects; may be empty
	 * @param now the time
	 */
	public void add(String link, long event, List<Reject> rejects, Instant now) {
		LocalDateTime time = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
		this.jdbc.batchUpdate("""
				INSERT INTO SYNC_REJECT (LINK, JOB_INSTANCE_ID, ORDINAL, RECORD_KEY, STAGE, MESSAGE, REJECTED_AT)
				VALUES (?, ?, ?, ?, ?, ?, ?)""",
				rejects.stream()
					.map((reject) -> new Object[] { link, event, reject.ordinal(), cut(reject.key(), MAX_KEY),
							reject.stage().name(), cut(reject.message(), MAX_MESSAGE), time })
					.toList());
	}

	/**
	 * Forgets the rejects of a scope that is fetched again.
	 * @param event the Sync Event
	 * @param ordinal the scope
	 */
	public void removeOfScope(long event, long ordinal) {
		this.jdbc.update("DELETE FROM SYNC_REJECT WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ?", event, ordinal);
	}

	/**
	 * Forgets all rejects of a run that is planned anew.
	 * @param event the Sync Event
	 */
	public void removeOfEvent(long event) {
		this.jdbc.update("DELETE FROM SYNC_REJECT WHERE JOB_INSTANCE_ID = ?", event);
	}

	/**
	 * Lists rejects of a run.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones
	 */
	public List<Reject> ofEvent(long event, int limit) {
		return this.jdbc.query("""
				SELECT ORDINAL, RECORD_KEY, STAGE, MESSAGE FROM SYNC_REJECT WHERE JOB_INSTANCE_ID = ?
				ORDER BY ORDINAL, REJECT_ID LIMIT ?""", (row, number) -> new Reject(row.getLong(1), row.getString(2),
				Reject.Stage.valueOf(row.getString(3)), row.getString(4)), event, limit);
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return (text == null || text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

}
