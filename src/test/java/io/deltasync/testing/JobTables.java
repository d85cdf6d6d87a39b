package io.deltasync.testing;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of a JobRepository: Spring Batch's and DeltaSync's.
 */
public final class JobTables {

	private static final List<String> TABLES = List.of("SYNC_VERIFY_SCOPE", "SYNC_VERIFY_ROWS", "SYNC_VERIFIED",
			"SYNC_SEEN_COLUMNS", "SYNC_CONNECTION_TOKEN", "SYNC_CONNECTION_PACE", "SYNC_NOTICE", "SYNC_NOTICE_STATE",
			"SYNC_PUSH_BODY", "SYNC_PUSH", "SYNC_INBOX", "SYNC_PAUSE", "SYNC_AUDIT", "SYNC_SLOT", "SYNC_LATE_WRITE",
			"SYNC_LEASE", "SYNC_LANE", "SYNC_REJECT", "SYNC_DELIVERED_ROW", "SYNC_DELIVERED", "SYNC_REJECT_ROW",
			"SYNC_REJECT_SCOPE", "SYNC_TRY_LAST", "SYNC_BLOCKED_DELETES", "SYNC_RECORD_LOG", "SYNC_IGNORED",
			"SYNC_SCOPE_FAILURE", "SYNC_SCOPE_WARNING", "SYNC_SCOPE_PAGE", "SYNC_EVENT_COUNTS", "SYNC_EVENT_WARNING",
			"SYNC_EVENT_IGNORED", "SYNC_PLAN_ANSWER", "SYNC_PLAN", "BATCH_STEP_EXECUTION_CONTEXT",
			"BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION_CONTEXT", "BATCH_JOB_EXECUTION_PARAMS", "BATCH_JOB_EXECUTION",
			"BATCH_JOB_INSTANCE");

	private JobTables() {
	}

	/** Makes a past in which nothing has run. */
	public static void empty(JdbcTemplate jdbc) {
		TABLES.forEach((table) -> jdbc.update("DELETE FROM " + table));
	}

}
