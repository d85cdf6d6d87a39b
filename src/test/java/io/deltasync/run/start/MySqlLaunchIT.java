package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class MySqlLaunchIT extends LaunchContract {

	MySqlLaunchIT() {
		super(TestDatabase.MYSQL);
	}

	/** Of the connections to this schema: others may be at work on the server. */
	@Override
	long lostLocks(JdbcTemplate jdbc, String ofSchema) {
		return jdbc.queryForObject("""
				SELECT COALESCE(SUM(e.SUM_ERROR_RAISED), 0)
				FROM performance_schema.events_errors_summary_by_thread_by_error e
				JOIN performance_schema.threads t ON t.THREAD_ID = e.THREAD_ID
				WHERE t.PROCESSLIST_DB = ? AND e.ERROR_NAME IN ('ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT')""",
				Long.class, ofSchema);
	}

}
