package io.deltasync.event;

import java.util.List;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the successes that sources have not acknowledged yet. Thread-safe; every method
 * takes part in the caller's transaction.
 */
public class OwedSuccesses {

	private static final int MAX_PROBLEM = 500;

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public OwedSuccesses(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Stores that a source must be told of a success. Called in the transaction that
	 * stores the success.
	 * @param link the Link's name
	 * @param event the Sync Event
	 */
	public void add(String link, long event) {
		paid(event);
		this.jdbc.sql("INSERT INTO SYNC_OWED_SUCCESS (JOB_INSTANCE_ID, LINK) VALUES (?, ?)")
			.params(event, link)
			.update();
	}

	/**
	 * Lists the successes that the source of a Link has not acknowledged yet.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the Sync Events, oldest first
	 */
	public List<Long> find(String link, int limit) {
		return this.jdbc
			.sql("SELECT JOB_INSTANCE_ID FROM SYNC_OWED_SUCCESS WHERE LINK = ? ORDER BY LINK, JOB_INSTANCE_ID LIMIT ?")
			.params(link, limit)
			.query(Long.class)
			.list();
	}

	/**
	 * Whether the source has not acknowledged a success yet.
	 * @param event the Sync Event
	 * @return true until the source has acknowledged it
	 */
	public boolean isOwed(long event) {
		return this.jdbc.sql("SELECT JOB_INSTANCE_ID FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ?")
			.param(event)
			.query(Long.class)
			.optional()
			.isPresent();
	}

	/**
	 * Stores that the source has acknowledged a success.
	 * @param event the Sync Event
	 */
	public void paid(long event) {
		this.jdbc.sql("DELETE FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ?").param(event).update();
	}

	/**
	 * Stores why the source could not acknowledge a success.
	 * @param event the Sync Event
	 * @param problem the reason
	 */
	public void failed(long event, String problem) {
		this.jdbc.sql("UPDATE SYNC_OWED_SUCCESS SET PROBLEM = ? WHERE JOB_INSTANCE_ID = ?")
			.params(Columns.cut(problem, MAX_PROBLEM), event)
			.update();
	}

	/**
	 * Finds why the source could not acknowledge a success.
	 * @param event the Sync Event
	 * @return at most one problem; empty when the source has acknowledged it, or did not
	 * have to
	 */
	public List<String> problems(long event) {
		return this.jdbc.sql("SELECT PROBLEM FROM SYNC_OWED_SUCCESS WHERE JOB_INSTANCE_ID = ? AND PROBLEM IS NOT NULL")
			.param(event)
			.query(String.class)
			.list();
	}

}
