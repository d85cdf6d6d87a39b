package io.deltasync.event;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.reject.RecordFailure;
import io.deltasync.reject.Rejects;
import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the records that failed in runs that have ended, as each run left them. Later
 * events show what becomes of these records. Thread-safe; every method takes part in the
 * caller's transaction.
 */
public class FailedRecords {

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public FailedRecords(JdbcTemplate jdbc) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Stores which records of a run have failed. Replaces what its previous attempt
	 * stored.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param rejects finds the failing records
	 */
	public void keep(String link, long event, Rejects rejects) {
		this.jdbc.sql("DELETE FROM SYNC_FAILED_RECORD WHERE JOB_INSTANCE_ID = ?").param(event).update();
		List<Object[]> rows = new ArrayList<>();
		for (RecordFailure failure : rejects.failing(link, event, SyncEvent.MAX_ERRORS)) {
			rows.add(new Object[] { event, rows.size(), failure.scope(), failure.key(),
					Columns.cut(failure.message(), Columns.MESSAGE) });
		}
		if (!rows.isEmpty()) {
			this.template
				.batchUpdate("INSERT INTO SYNC_FAILED_RECORD (JOB_INSTANCE_ID, NUMBER, ORDINAL, RECORD_KEY, MESSAGE) "
						+ "VALUES (?, ?, ?, ?, ?)", rows);
		}
	}

	/**
	 * Lists the records that have failed in a run.
	 * @param event the Sync Event
	 * @return the first {@value SyncEvent#MAX_ERRORS}; empty during the first attempt,
	 * and for runs of versions that did not store them
	 */
	public List<RecordFailure> find(long event) {
		return this.jdbc
			.sql("""
					SELECT ORDINAL, RECORD_KEY, MESSAGE FROM SYNC_FAILED_RECORD WHERE JOB_INSTANCE_ID = ? ORDER BY NUMBER""")
			.param(event)
			.query((row, number) -> new RecordFailure((Long) row.getObject(1), row.getString(2), row.getString(3)))
			.list();
	}

}
