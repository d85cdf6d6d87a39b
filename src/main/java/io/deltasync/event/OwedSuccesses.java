package io.deltasync.event;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the successes that sources have not acknowledged yet. Thread-safe; every method
 * takes part in the caller's transaction.
 */
public class OwedSuccesses {

	private static final int MAX_PROBLEM = 500;

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public OwedSuccesses(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores that a source must be told of a success. Called in the transaction that
	 * stores the success.
	 * @param link the Link's name
	 * @param event the Sync Event
	 */
	public void add(String link, long event) {
		paid(event);
		this.jdbc.update("INSERT INTO SYNC_OWED_SUCCESS (JOB_INSTANCE_ID, LINK) VALUES (?, ?)", event, link);
	}

	/**
	 * Lists the successes that the source of a Link has not acknowledged yet.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the Sync Events, oldest first
	 */
	public List<Long> find(String link, int limit) {
		return this.jdbc.queryForList(
				"SELECT JOB_INSTANCE_ID FROM SYNC_OWED_SUCCESS WHERE LINK = ? ORDER BY LINK, JOB_INSTANCE_ID LIMIT ?",
				Long.class, link, limit);
	}

	/**
	 * Whether the source has not acknowledged a success yet.
	 * @param event the Sync Event
	 * @return true until the source has acknowledged it
	 */
	public boolean isOwed(long event) {
		return !this.jdbc
			.queryForList("SELECT JOB_INSTANCE_ID FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ?", Long.class, event)
			.isEmpty();
	}

	/**
	 * Stores that the source has acknowledged a success.
	 * @param event the Sync Event
	 */
	public void paid(long event) {
		this.jdbc.update("DELETE FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ?", event);
	}

	/**
	 * Stores why the source could not acknowledge a success.
	 * @param event the Sync Event
	 * @param problem the reason
	 */
	public void failed(long event, String problem) {
		this.jdbc.update("UPDATE SYNC_OWED_SUCCESS SET PROBLEM = ? WHERE JOB_INSTANCE_ID = ?",
				(problem.length() <= MAX_PROBLEM) ? problem : problem.substring(0, MAX_PROBLEM - 1) + "…", event);
	}

	/**
	 * Finds why the source could not acknowledge a success.
	 * @param event the Sync Event
	 * @return at most one problem; empty when the source has acknowledged it, or did not
	 * have to
	 */
	public List<String> problems(long event) {
		return this.jdbc.queryForList(
				"SELECT PROBLEM FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ? AND PROBLEM IS NOT NULL", String.class,
				event);
	}

}
