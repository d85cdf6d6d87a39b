package io.deltasync.event.retention;

import java.util.List;

import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes a Sync Event and everything stored for it, in many small transactions. The job
 * executions go first, so a half-deleted event is never visible; the job instance goes
 * last, so an interrupted removal can be resumed. Thread-safe.
 */
final class EventRemoval {

	/** How many rows a transaction deletes at most. Pages of scopes are long. */
	private static final int ROWS = 500;

	private static final List<String> LONG_TABLES = List.of("SYNC_RECORD_LOG", "SYNC_IGNORED", "SYNC_SCOPE_FAILURE",
			"SYNC_SCOPE_WARNING", "SYNC_SCOPE_PAGE", "SYNC_EVENT_WARNING", "SYNC_EVENT_IGNORED", "SYNC_REJECT_SCOPE",
			"SYNC_TRY_LAST", "SYNC_PLAN_ANSWER", "SYNC_VERIFY_SCOPE");

	private final JdbcClient jdbc;

	private final Product product;

	private final TransactionTemplate transaction;

	EventRemoval(JdbcTemplate jdbc, Product product, TransactionTemplate transaction) {
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
		this.transaction = transaction;
	}

	void remove(long event) {
		this.transaction.executeWithoutResult(
				(status) -> this.jdbc.sql("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?")
					.param(event)
					.query(Long.class)
					.list()
					.forEach(this::removeExecution));
		LONG_TABLES.forEach((table) -> removeRows(table, event));
		this.transaction
			.executeWithoutResult((status) -> this.jdbc.sql("DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID = ?")
				.param(event)
				.update());
	}

	/**
	 * Deletes the rows of an event from a table.
	 * @return how many rows were deleted
	 */
	long removeRows(String table, long event) {
		long removed = 0;
		int some;
		do {
			some = this.transaction.execute((status) -> this.jdbc
				.sql(this.product.deleteSome(table, "JOB_INSTANCE_ID = ?", String.valueOf(ROWS)))
				.param(event)
				.update());
			removed += some;
		}
		while (some == ROWS);
		return removed;
	}

	/**
	 * Reads the ids of the steps first: with a subquery, MariaDB would read all steps.
	 */
	private void removeExecution(long execution) {
		List<Long> steps = this.jdbc
			.sql("SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ?")
			.param(execution)
			.query(Long.class)
			.list();
		if (!steps.isEmpty()) {
			this.jdbc.sql("DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN (:steps)")
				.param("steps", steps)
				.update();
		}
		for (String table : List.of("BATCH_STEP_EXECUTION", "BATCH_JOB_EXECUTION_CONTEXT", "BATCH_JOB_EXECUTION_PARAMS",
				"BATCH_JOB_EXECUTION")) {
			this.jdbc.sql("DELETE FROM %s WHERE JOB_EXECUTION_ID = ?".formatted(table)).param(execution).update();
		}
	}

}
