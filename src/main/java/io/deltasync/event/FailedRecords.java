package io.deltasync.event;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.reject.RecordFailure;
import io.deltasync.reject.Rejects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the records that failed in runs that have ended, as each run left them. Later
 * events show what becomes of these records. Thread-safe; every method takes part in the
 * caller's transaction.
 */
public class FailedRecords {

	private static final int MAX_MESSAGE = 2000;

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public FailedRecords(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores which records of a run have failed. Replaces what its previous attempt
	 * stored.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param rejects finds the failing records
	 */
	public void keep(String link, long event, Rejects rejects) {
		this.jdbc.update("DELETE FROM SYNC_FAILED_RECORD WHERE JOB_INSTANCE_ID = ?", event);
		List<Object[]> rows = new ArrayList<>();
		for (RecordFailure failure : rejects.failing(link, event, SyncEvent.MAX_ERRORS)) {
			rows.add(new Object[] { event, rows.size(), failure.scope(), failure.key(), cut(failure.message()) });
		}
		if (!rows.isEmpty()) {
			this.jdbc
				.batchUpdate("INSERT INTO SYNC_FAILED_RECORD (JOB_INSTANCE_ID, NUMBER, ORDINAL, RECORD_KEY, MESSAGE) "
						+ "VALUES (?, ?, ?, ?, ?)", rows);
		}
	}

	private static String cut(String message) {
		return (message.length() <= MAX_MESSAGE) ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
	}

	/**
	 * Lists the records that have failed in a run.
	 * @param event the Sync Event
	 * @return the first {@value SyncEvent#MAX_ERRORS}; empty during the first attempt,
	 * and for runs of versions that did not store them
	 */
	public List<RecordFailure> find(long event) {
		return this.jdbc
			.query("""
					SELECT ORDINAL, RECORD_KEY, MESSAGE FROM SYNC_FAILED_RECORD WHERE JOB_INSTANCE_ID = ? ORDER BY NUMBER""",
					(row, number) -> new RecordFailure((Long) row.getObject(1), row.getString(2), row.getString(3)),
					event);
	}

}
