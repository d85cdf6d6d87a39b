package io.deltasync.scope;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of a run that belong to no scope, in the tables of scopes, where earlier versions
 * stored them under negative numbers. A migration has copied them, but a process of an
 * earlier version may have changed them since, until its run ended. Thread-safe; every
 * method takes part in the caller's transaction.
 */
public class FormerRows {

	private static final String COUNT = """
			SELECT (SELECT COUNT(*) FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = :event AND PAGE < 0)
			  + (SELECT COUNT(*) FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0)
			  + (SELECT COUNT(*) FROM SYNC_IGNORED WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0)""";

	private static final List<String> MOVE = List.of("DELETE FROM SYNC_EVENT_COUNTS WHERE JOB_INSTANCE_ID = :event", """
			INSERT INTO SYNC_EVENT_COUNTS (JOB_INSTANCE_ID, KIND, %1$s)
			SELECT JOB_INSTANCE_ID, CASE PAGE WHEN -1 THEN 'RETRIED' ELSE 'DELETED' END, %1$s
			FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = :event AND PAGE < 0""".formatted(CountColumns.LIST),
			"DELETE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = :event AND PAGE < 0",
			"DELETE FROM SYNC_EVENT_WARNING WHERE JOB_INSTANCE_ID = :event", """
					INSERT INTO SYNC_EVENT_WARNING (JOB_INSTANCE_ID, KIND, MESSAGE)
					SELECT JOB_INSTANCE_ID, CASE ORDINAL WHEN -1 THEN 'DELETES' ELSE 'RUN' END, MESSAGE
					FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0 ORDER BY ORDINAL""",
			"DELETE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0",
			"DELETE FROM SYNC_EVENT_IGNORED WHERE JOB_INSTANCE_ID = :event", """
					INSERT INTO SYNC_EVENT_IGNORED (JOB_INSTANCE_ID, REASON, RECORDS)
					SELECT JOB_INSTANCE_ID, REASON, RECORDS FROM SYNC_IGNORED
					WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0""",
			"DELETE FROM SYNC_IGNORED WHERE JOB_INSTANCE_ID = :event AND ORDINAL < 0");

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public FormerRows(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Moves the rows of a run to the tables of this version, in place of their copies.
	 * Does nothing if there are none. Must be called before this version adds counts to a
	 * run that an earlier version began.
	 * @param event the Sync Event
	 * @return whether there were any
	 */
	public boolean move(long event) {
		boolean any = this.jdbc.sql(COUNT).param("event", event).query(Long.class).single() > 0;
		if (any) {
			MOVE.forEach((statement) -> this.jdbc.sql(statement).param("event", event).update());
		}
		return any;
	}

}
