package io.deltasync.reject;

import java.time.Instant;
import java.util.List;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The retention of rejects that no longer wait. Thread-safe; every method takes part in
 * the caller's transaction.
 */
public class ClosedRejects {

	private static final List<String> CLOSED = List.of("DELIVERED", "DISCARDED", "GONE", "TESTING");

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	/**
	 * Creates the retention.
	 * @param jdbc the JobRepository's database
	 */
	public ClosedRejects(JdbcTemplate jdbc) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Counts closed rejects.
	 * @param before only rejects last seen before this time
	 * @return the number
	 */
	public long count(Instant before) {
		return CLOSED.stream()
			.mapToLong((state) -> this.jdbc.sql("SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE = ? AND LAST_SEEN < ?")
				.params(state, Columns.utc(before))
				.query(Long.class)
				.single())
			.sum();
	}

	/**
	 * Deletes closed rejects. A discarded version fails again if a run meets it after
	 * that.
	 * @param before only rejects last seen before this time
	 * @param limit how many of each state at most
	 * @return how many were deleted
	 */
	public int remove(Instant before, int limit) {
		int removed = 0;
		for (String state : CLOSED) {
			// locked, because a record that fails again in the meantime is waiting again
			List<Object[]> rejects = this.jdbc.sql("""
					SELECT REJECT_ID, LINK, RECORD_ID FROM SYNC_REJECT WHERE STATE = ? AND LAST_SEEN < ?
					ORDER BY LAST_SEEN LIMIT ? FOR UPDATE""")
				.params(state, Columns.utc(before), limit)
				.query((row, number) -> new Object[] { row.getLong(1), row.getString(2), row.getString(3) })
				.list();
			if (!rejects.isEmpty()) {
				this.template.batchUpdate("DELETE FROM SYNC_REJECT_ROW WHERE LINK = ? AND RECORD_ID = ?",
						rejects.stream().map((reject) -> new Object[] { reject[1], reject[2] }).toList());
				this.template.batchUpdate("DELETE FROM SYNC_REJECT WHERE REJECT_ID = ?",
						rejects.stream().map((reject) -> new Object[] { reject[0] }).toList());
				removed += rejects.size();
			}
		}
		return removed;
	}

}
