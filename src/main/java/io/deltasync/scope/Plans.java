package io.deltasync.scope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores plans. Thread-safe; every method takes part in the caller's transaction.
 */
public class Plans {

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Plans(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Finds the plan of a run.
	 * @param event the Sync Event
	 * @return the plan; {@link Plan#NONE} before the first answer
	 */
	public Plan find(long event) {
		return this.jdbc.sql("SELECT * FROM SYNC_PLAN WHERE JOB_INSTANCE_ID = ?")
			.param(event)
			.query((row, number) -> read(row))
			.optional()
			.orElse(Plan.NONE);
	}

	/**
	 * Whether a run is stored completely.
	 * @param event the Sync Event
	 * @return false when it has been deleted, or its deletion has started
	 */
	public boolean isKept(long event) {
		return this.jdbc.sql("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ? LIMIT 1")
			.param(event)
			.query(Long.class)
			.optional()
			.isPresent();
	}

	/**
	 * Stores the plan of a run. Replaces the plan that was stored before.
	 * @param event the Sync Event
	 * @param plan the plan
	 */
	public void save(long event, Plan plan) {
		this.jdbc.sql("DELETE FROM SYNC_PLAN WHERE JOB_INSTANCE_ID = ?").param(event).update();
		this.jdbc.sql("""
				INSERT INTO SYNC_PLAN (JOB_INSTANCE_ID, STRATEGY, FINISHED, EXPECTED_TOTAL_RECORDS, NEXT_ORDINAL,
				  NEXT_PAGE, PLANNING_SCOPE, ROUND, DELAYED_UNTIL, LOCATOR_QUERY, PLANNED_CURSOR, WARNINGS)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(Arrays.asList(event, plan.strategy().name(), plan.finished(), plan.expectedTotalRecords(),
					plan.nextOrdinal(), plan.nextPage(), plan.planningScope(), plan.round(),
					Columns.utcOrNull(plan.delayedUntil()), plan.locatorQuery(), plan.cursor(),
					JSON.writeValueAsString(plan.warnings())))
			.update();
	}

	/**
	 * Adds an answer to those of a run, also of a run that was restarted and plans from
	 * the beginning again.
	 * @param event the Sync Event
	 * @param answer the strategy of the answer
	 * @param scopes how many scopes it has
	 * @param now the current time
	 * @param delayedUntil when the next call is due; null if the answer did not ask to
	 * wait
	 */
	public void addAnswer(long event, Strategy answer, long scopes, Instant now, @Nullable Instant delayedUntil) {
		int last = this.jdbc.sql("SELECT COALESCE(MAX(ROUND), 0) FROM SYNC_PLAN_ANSWER WHERE JOB_INSTANCE_ID = ?")
			.param(event)
			.query(Integer.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO SYNC_PLAN_ANSWER (JOB_INSTANCE_ID, ROUND, STRATEGY, SCOPES, ANSWERED_AT, DELAYED_UNTIL)
				VALUES (?, ?, ?, ?, ?, ?)""")
			.params(Arrays.asList(event, last + 1, answer.name(), scopes, Columns.utc(now),
					Columns.utcOrNull(delayedUntil)))
			.update();
	}

	/**
	 * Returns the answers of a run.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the newest ones first; empty for runs of versions that did not store them
	 */
	public List<PlanAnswer> answers(long event, int limit) {
		return this.jdbc.sql("SELECT * FROM SYNC_PLAN_ANSWER WHERE JOB_INSTANCE_ID = ? ORDER BY ROUND DESC LIMIT ?")
			.params(event, limit)
			.query((row, number) -> new PlanAnswer(row.getInt("ROUND"), Strategy.valueOf(row.getString("STRATEGY")),
					row.getLong("SCOPES"), Objects.requireNonNull(Columns.instant(row, "ANSWERED_AT")),
					Columns.instant(row, "DELAYED_UNTIL")))
			.list();
	}

	private static Plan read(ResultSet row) throws SQLException {
		return new Plan(Strategy.valueOf(row.getString("STRATEGY")), row.getBoolean("FINISHED"),
				row.getObject("EXPECTED_TOTAL_RECORDS", Long.class), row.getLong("NEXT_ORDINAL"),
				row.getInt("NEXT_PAGE"), row.getString("PLANNING_SCOPE"), row.getInt("ROUND"),
				Columns.instant(row, "DELAYED_UNTIL"), row.getString("LOCATOR_QUERY"), row.getString("PLANNED_CURSOR"),
				List.of(JSON.readValue(row.getString("WARNINGS"), String[].class)));
	}

}
