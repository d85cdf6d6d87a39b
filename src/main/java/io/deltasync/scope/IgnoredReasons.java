package io.deltasync.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts ignored records by their reasons, for each scope and for rejects that were
 * retried alone. The counts of a scope that is fetched again are replaced. Earlier
 * versions stored those of rejects with a negative ordinal ({@link FormerRows}).
 * Thread-safe; every method takes part in the caller's transaction.
 */
public class IgnoredReasons {

	/** How many reasons of a scope, and of an event, are distinguished. */
	public static final int MAX_REASONS = 100;

	/** Counts the records of all further reasons. */
	public static final String OTHER = "other";

	private static final int MAX_REASON = 200;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final ScopeRows rows;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public IgnoredReasons(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new ScopeRows(jdbc, product);
	}

	/**
	 * Converts a reason to the form in which it is counted.
	 * @param reason the reason as it was given
	 * @return one line of at most 200 characters
	 */
	public static String of(String reason) {
		String line = reason.replaceAll("[\\s\\x00]+", " ").strip();
		if (line.isEmpty()) {
			return "no reason";
		}
		return (line.length() <= MAX_REASON) ? line : line.substring(0, MAX_REASON - 1) + "…";
	}

	/**
	 * Stores the counts of scopes. Replaces what was stored for them before.
	 * @param event the Sync Event
	 * @param scopes the counts by reason, by ordinal; may be empty
	 */
	public void save(long event, Map<Long, Map<String, Long>> scopes) {
		if (scopes.isEmpty()) {
			return;
		}
		this.template.batchUpdate("DELETE FROM SYNC_IGNORED WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ?",
				scopes.keySet().stream().map((ordinal) -> new Object[] { event, ordinal }).toList());
		List<Object[]> rows = new ArrayList<>();
		scopes.forEach((ordinal, reasons) -> reasons
			.forEach((reason, count) -> rows.add(new Object[] { event, ordinal, reason, count })));
		this.template.batchUpdate(
				"INSERT INTO SYNC_IGNORED (JOB_INSTANCE_ID, ORDINAL, REASON, RECORDS) VALUES (?, ?, ?, ?)", rows);
	}

	/**
	 * Adds a record that was retried outside all scopes.
	 * @param event the Sync Event
	 * @param reason why it was ignored
	 */
	public void addRetried(long event, String reason) {
		int updated = this.jdbc
			.sql("UPDATE SYNC_EVENT_IGNORED SET RECORDS = RECORDS + 1 WHERE JOB_INSTANCE_ID = ? AND REASON = ?")
			.params(event, reason)
			.update();
		if (updated == 0) {
			this.jdbc.sql("INSERT INTO SYNC_EVENT_IGNORED (JOB_INSTANCE_ID, REASON, RECORDS) VALUES (?, ?, 1)")
				.params(event, reason)
				.update();
		}
	}

	/**
	 * Deletes the counts of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many rows at most: one for each reason of a scope
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		int deleted = this.rows.delete("SYNC_IGNORED", event, scopes, limit);
		return (scopes.ordinals() != null) ? deleted
				: deleted + this.rows.deleteAll("SYNC_EVENT_IGNORED", event, limit - deleted);
	}

	/**
	 * Adds up the reasons of a run.
	 * @param event the Sync Event
	 * @param ignored how many records it ignored
	 * @param limit how many reasons at most
	 * @return the most frequent ones, most frequent first, and then the rest as one;
	 * empty when nothing was ignored
	 */
	public List<IgnoredReason> find(long event, long ignored, int limit) {
		if (ignored == 0) {
			return List.of();
		}
		List<IgnoredReason> reasons = new ArrayList<>(this.jdbc.sql("""
				SELECT REASON, SUM(RECORDS) FROM (
				  SELECT REASON, SUM(RECORDS) RECORDS FROM SYNC_IGNORED
				  WHERE JOB_INSTANCE_ID = ? AND ORDINAL >= 0 GROUP BY REASON
				  UNION ALL SELECT REASON, RECORDS FROM SYNC_EVENT_IGNORED WHERE JOB_INSTANCE_ID = ?) ALL_REASONS
				WHERE REASON <> ? GROUP BY REASON ORDER BY SUM(RECORDS) DESC, REASON LIMIT ?""")
			.params(event, event, OTHER, limit)
			.query((row, number) -> new IgnoredReason(row.getString(1), row.getLong(2)))
			.list());
		long rest = ignored - reasons.stream().mapToLong(IgnoredReason::records).sum();
		if (rest > 0) {
			reasons.add(new IgnoredReason(OTHER, rest));
		}
		return List.copyOf(reasons);
	}

}
