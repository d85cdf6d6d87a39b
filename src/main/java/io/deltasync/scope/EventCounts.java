package io.deltasync.scope;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the records of a run that belong to no scope. Thread-safe; every method takes
 * part in the caller's transaction, so that the counts are committed together with the
 * work that they describe.
 */
public class EventCounts {

	private static final String ADD = "UPDATE SYNC_EVENT_COUNTS SET %s WHERE JOB_INSTANCE_ID = ? AND KIND = ?"
		.formatted(CountColumns.each("%1$s = %1$s + ?"));

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public EventCounts(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Adds the counts of records that were retried outside all scopes.
	 * @param event the Sync Event
	 * @param counts the counts to add; may be negative where a record was counted before
	 */
	public void addRetried(long event, RecordCounts counts) {
		add(event, Kind.RETRIED, counts);
	}

	/**
	 * Adds the counts of records that were deleted, or could not be.
	 * @param event the Sync Event
	 * @param counts the counts to add
	 */
	public void addDeleted(long event, RecordCounts counts) {
		add(event, Kind.DELETED, counts);
	}

	private void add(long event, Kind kind, RecordCounts counts) {
		if (!counts.equals(RecordCounts.NONE) && update(event, kind, counts) == 0) {
			this.jdbc.sql("INSERT INTO SYNC_EVENT_COUNTS (JOB_INSTANCE_ID, KIND) VALUES (?, ?)")
				.params(event, kind.name())
				.update();
			update(event, kind, counts);
		}
	}

	private int update(long event, Kind kind, RecordCounts counts) {
		return this.jdbc.sql(ADD).params(CountColumns.values(counts)).params(event, kind.name()).update();
	}

	/**
	 * Resets the counts of records that could not be deleted, because their deletion is
	 * retried.
	 * @param event the Sync Event
	 */
	public void deleteAgain(long event) {
		this.jdbc.sql("""
				UPDATE SYNC_EVENT_COUNTS SET FETCHED = FETCHED - FAILED, FAILED = 0, ACKNOWLEDGED = 0
				WHERE JOB_INSTANCE_ID = ? AND KIND = ?""").params(event, Kind.DELETED.name()).update();
	}

	/**
	 * Deletes all counts of a run that is planned again.
	 * @param event the Sync Event
	 */
	public void clear(long event) {
		this.jdbc.sql("DELETE FROM SYNC_EVENT_COUNTS WHERE JOB_INSTANCE_ID = ?").param(event).update();
	}

	/** The records that are counted. The constants are stored by their names. */
	enum Kind {

		RETRIED, DELETED

	}

}
