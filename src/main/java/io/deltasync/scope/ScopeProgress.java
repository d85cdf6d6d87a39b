package io.deltasync.scope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.deltasync.scope.EventCounts.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the progress of lanes with their pages, and adds it up. Thread-safe; every
 * method takes part in the caller's transaction, so that progress is committed together
 * with the work that it describes.
 */
public class ScopeProgress {

	private static final String SAVE = """
			UPDATE SYNC_SCOPE_PAGE SET SCOPES_PASSED = ?, SCOPES_FAILED = SCOPES_FAILED + ?, %s, %s,
			  CURSOR_ORDINAL = COALESCE(?, CURSOR_ORDINAL), CURSOR_VALUE = COALESCE(?, CURSOR_VALUE)
			WHERE JOB_INSTANCE_ID = ? AND PAGE = ? AND LANE = ?""".formatted(CountColumns.each("%1$s = %1$s + ?"),
			CountColumns.each("OPEN_%s = ?"));

	/** Pages with negative numbers are {@link FormerRows}. */
	private static final String SUMS = """
			SELECT '' KIND, COALESCE(SUM(SCOPE_COUNT - SCOPES_RETRIED), 0) TOTAL,
			  COALESCE(SUM(SCOPES_PASSED - SCOPES_RETRIED - SCOPES_FAILED), 0) DONE,
			  COALESCE(SUM(SCOPES_FAILED), 0) SCOPES_FAILED, %s
			FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE >= 0
			UNION ALL SELECT KIND, 0, 0, 0, %s FROM SYNC_EVENT_COUNTS WHERE JOB_INSTANCE_ID = ?"""
		.formatted(CountColumns.each("COALESCE(SUM(%1$s + OPEN_%1$s), 0) %1$s"), CountColumns.LIST);

	private final JdbcClient jdbc;

	private final FailedScopes failed;

	private final Warnings warnings;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param failed stores the scopes that failed
	 * @param warnings stores the warnings of scopes
	 */
	public ScopeProgress(JdbcTemplate jdbc, FailedScopes failed, Warnings warnings) {
		this.jdbc = JdbcClient.create(jdbc);
		this.failed = failed;
		this.warnings = warnings;
	}

	/**
	 * Stores the progress of a page, unless another holder has claimed the page since.
	 * @param progress the progress since it was last stored
	 * @param lane the holder of the lane
	 * @return false when another holder has the page: nothing is stored, and the
	 * transaction must be rolled back
	 */
	public boolean save(PageProgress progress, LaneHolder lane) {
		ScopePage page = progress.page();
		List<@Nullable Object> values = new ArrayList<>(List.of(progress.passed(), progress.failures().size()));
		values.addAll(CountColumns.values(progress.closed()));
		values.addAll(CountColumns.values(progress.open()));
		values.addAll(
				Arrays.asList(progress.cursorOrdinal(), progress.cursor(), page.event(), page.page(), lane.stored()));
		if (this.jdbc.sql(SAVE).params(values).update() == 0 && !isHeld(page, lane)) {
			return false;
		}
		this.warnings.addOfScopes(page.event(), progress.warnings());
		this.failed.add(page, progress.failures());
		return true;
	}

	/**
	 * Checks with a query, because a driver may be configured to count only rows that
	 * have really changed.
	 */
	private boolean isHeld(ScopePage page, LaneHolder lane) {
		return this.jdbc.sql("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE = ? AND LANE = ?")
			.params(page.event(), page.page(), lane.stored())
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Adds up the progress of a run.
	 * @param event the Sync Event
	 * @return the sums over all its pages, and the records that belong to no scope
	 */
	public Progress find(long event) {
		return this.jdbc.sql(SUMS)
			.params(event, event)
			.query((row, number) -> part(row))
			.list()
			.stream()
			.reduce(Progress.NONE, Progress::plus);
	}

	private static Progress part(ResultSet row) throws SQLException {
		RecordCounts counts = CountColumns.read(row);
		return row.getString("KIND").equals(Kind.DELETED.name())
				? new Progress(ScopeCounts.NONE, RecordCounts.NONE, counts)
				: new Progress(new ScopeCounts(row.getLong("TOTAL"), row.getLong("DONE"), row.getLong("SCOPES_FAILED")),
						counts, RecordCounts.NONE);
	}

	/**
	 * Finds the cursor that the scopes set.
	 * @param event the Sync Event
	 * @return the cursor of the highest ordinal, or null when no scope set one
	 */
	public @Nullable String cursor(long event) {
		return this.jdbc.sql("""
				SELECT CURSOR_VALUE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND CURSOR_ORDINAL IS NOT NULL
				ORDER BY CURSOR_ORDINAL DESC LIMIT 1""").param(event).query(String.class).optional().orElse(null);
	}

}
