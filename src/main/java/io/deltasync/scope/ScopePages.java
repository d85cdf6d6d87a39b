package io.deltasync.scope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores scopes in pages, assigns pages to lanes and stores their progress. Thread-safe;
 * every method takes part in the caller's transaction, so that progress is committed
 * together with the work that it describes.
 * <p>
 * All statements on pages are in this class, because they share the columns of the counts
 * and the order in which rows are locked.
 */
public class ScopePages {

	private static final int MAX_MESSAGE = 2000;

	/**
	 * Scopes that are fetched again are stored in small pages, so that every lane gets
	 * some.
	 */
	private static final int REQUEUED_SCOPES = 16;

	/** How many scopes are requeued in one transaction at most. */
	public static final int MAX_REQUEUED = 500;

	/**
	 * How much text these scopes may have, in characters, unless a single one has more.
	 */
	private static final int MAX_REQUEUED_TEXT = 1_000_000;

	/** Less than any ordinal. */
	public static final long BEFORE_ALL = -1;

	/** Holds the pages of a dead run. It is not the name of any lane. */
	private static final String ENDED_LANE = "";

	/** The page that holds no scopes, but the counts of retried rejects. */
	private static final int RETRIED = -1;

	/** The page that holds the counts of deleted records. */
	private static final int DELETED = -2;

	/** The ordinal of warnings that belong to no scope. */
	private static final long NO_SCOPE = -1;

	private static final long BESIDE_SCOPES = -2;

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public ScopePages(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores scopes after those that are already stored.
	 * @param event the Sync Event
	 * @param plan the plan to date, which has the next ordinal and page
	 * @param scopes the scopes as text, in order
	 * @param lanes how many lanes will share them, 1 or more
	 * @return the plan with the scopes counted
	 */
	public Plan append(long event, Plan plan, List<? extends @Nullable String> scopes, int lanes) {
		NewPages pages = new NewPages(this.jdbc, event, plan);
		PageSize size = new PageSize(lanes, !plan.finished() && plan.delayedUntil() == null);
		int left = scopes.size();
		for (String scope : scopes) {
			pages.add(scope, size.of(scopes.size(), left--));
		}
		return plan.withStored(scopes.size(), pages.store() - plan.nextPage());
	}

	/**
	 * Stores scopes that keep their ordinals from another plan.
	 * @param event the Sync Event
	 * @param plan the plan to date, which has the next page
	 * @param scopes the scopes, in order, of which more may follow
	 * @param lanes how many lanes will share them, 1 or more
	 * @return the plan with the scopes counted
	 */
	public Plan appendAgain(long event, Plan plan, List<ScopeEntry> scopes, int lanes) {
		NewPages pages = new NewPages(this.jdbc, event, plan);
		int size = new PageSize(lanes, true).of(scopes.size(), scopes.size());
		scopes.forEach((scope) -> pages.add(scope, size));
		return plan.withStored(scopes.size(), pages.store() - plan.nextPage());
	}

	/**
	 * Takes over the pages that an earlier holder of the same lane claimed and did not
	 * finish.
	 * @param event the Sync Event
	 * @param lane the present holder of the lane
	 * @return its pages, in order; some of their scopes may have passed
	 */
	public List<ScopePage> takeOver(long event, LaneHolder lane) {
		List<ScopePage> pages = this.jdbc.query("""
				SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
				WHERE JOB_INSTANCE_ID = ? AND LANE LIKE ? AND SCOPES_PASSED < SCOPE_COUNT ORDER BY PAGE""",
				(row, number) -> page(event, row), event, lane.anyHolder());
		pages.forEach((page) -> claim(page, lane));
		return pages;
	}

	private void claim(ScopePage page, LaneHolder lane) {
		this.jdbc.update("UPDATE SYNC_SCOPE_PAGE SET LANE = ? WHERE JOB_INSTANCE_ID = ? AND PAGE = ?", lane.stored(),
				page.event(), page.page());
	}

	/**
	 * Claims a free page for a lane. Lanes that claim at the same time get different
	 * pages and do not wait for each other. The order comes from the index: with an ORDER
	 * BY, H2 would lock all free pages to return one.
	 * @param event the Sync Event
	 * @param lane the holder of the lane
	 * @return the page, or empty when all are claimed
	 */
	public Optional<ScopePage> claim(long event, LaneHolder lane) {
		Optional<ScopePage> free = this.jdbc
			.query("""
					SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
					WHERE JOB_INSTANCE_ID = ? AND LANE IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED""",
					(row, number) -> page(event, row), event)
			.stream()
			.findFirst();
		free.ifPresent((page) -> claim(page, lane));
		return free;
	}

	/**
	 * Whether there is a free page.
	 * @param event the Sync Event
	 * @return true if there is, even while another lane is about to claim it
	 */
	public boolean hasUnclaimed(long event) {
		return !this.jdbc
			.queryForList("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND LANE IS NULL LIMIT 1",
					Integer.class, event)
			.isEmpty();
	}

	private static ScopePage page(long event, ResultSet row) throws SQLException {
		return new ScopePage(event, row.getInt("PAGE"), PageText.read(row.getString("SCOPES")),
				row.getInt("SCOPES_PASSED"));
	}

	/**
	 * Stores the progress of a page, unless another holder has claimed the page since.
	 * @param progress the progress since it was last stored
	 * @param lane the holder of the lane
	 * @return false when another holder has the page: nothing is stored, and the
	 * transaction must be rolled back
	 */
	public boolean save(PageProgress progress, LaneHolder lane) {
		RecordCounts closed = progress.closed();
		RecordCounts open = progress.open();
		int updated = this.jdbc.update("""
				UPDATE SYNC_SCOPE_PAGE SET SCOPES_PASSED = ?, SCOPES_FAILED = SCOPES_FAILED + ?,
				  FETCHED = FETCHED + ?, WRITTEN = WRITTEN + ?, CREATED = CREATED + ?, FAILED = FAILED + ?,
				  WARNED = WARNED + ?, IGNORED = IGNORED + ?, DROPPED = DROPPED + ?, ACKNOWLEDGED = ACKNOWLEDGED + ?,
				  OPEN_FETCHED = ?, OPEN_WRITTEN = ?, OPEN_CREATED = ?, OPEN_FAILED = ?, OPEN_WARNED = ?,
				  OPEN_IGNORED = ?, OPEN_DROPPED = ?, OPEN_ACKNOWLEDGED = ?,
				  CURSOR_ORDINAL = COALESCE(?, CURSOR_ORDINAL), CURSOR_VALUE = COALESCE(?, CURSOR_VALUE)
				WHERE JOB_INSTANCE_ID = ? AND PAGE = ? AND LANE = ?""", progress.passed(), progress.failures().size(),
				closed.fetched(), closed.written(), closed.created(), closed.failed(), closed.warned(),
				closed.ignored(), closed.dropped(), closed.acknowledged(), open.fetched(), open.written(),
				open.created(), open.failed(), open.warned(), open.ignored(), open.dropped(), open.acknowledged(),
				progress.cursorOrdinal(), progress.cursor(), progress.page().event(), progress.page().page(),
				lane.stored());
		if (updated == 0 && !isHeld(progress.page(), lane)) {
			return false;
		}
		addWarnings(progress.page().event(), progress.warnings());
		for (ScopeFailure failure : progress.failures()) {
			RecordCounts delivered = failure.delivered();
			this.jdbc.update("""
					INSERT INTO SYNC_SCOPE_FAILURE (JOB_INSTANCE_ID, ORDINAL, PAGE, SCOPE, MESSAGE, FETCHED, WRITTEN,
					  CREATED, FAILED, WARNED, IGNORED, DROPPED, ACKNOWLEDGED)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", progress.page().event(),
					failure.scope().ordinal(), progress.page().page(), failure.scope().text(), cut(failure.message()),
					delivered.fetched(), delivered.written(), delivered.created(), delivered.failed(),
					delivered.warned(), delivered.ignored(), delivered.dropped(), delivered.acknowledged());
		}
		return true;
	}

	/**
	 * Checks with a query, because a driver may be configured to count only rows that
	 * have really changed.
	 */
	private boolean isHeld(ScopePage page, LaneHolder lane) {
		return !this.jdbc
			.queryForList("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE = ? AND LANE = ?",
					Integer.class, page.event(), page.page(), lane.stored())
			.isEmpty();
	}

	/**
	 * Adds the counts of records that were retried outside all scopes.
	 * @param event the Sync Event
	 * @param counts the counts to add; may be negative where a record was counted before
	 */
	public void addRetried(long event, RecordCounts counts) {
		addBeside(event, RETRIED, counts);
	}

	/**
	 * Adds the counts of records that were deleted, or could not be.
	 * @param event the Sync Event
	 * @param counts the counts to add
	 */
	public void addDeleted(long event, RecordCounts counts) {
		addBeside(event, DELETED, counts);
	}

	/**
	 * Resets the counts of records that could not be deleted, because their deletion is
	 * retried.
	 * @param event the Sync Event
	 */
	public void deleteAgain(long event) {
		this.jdbc.update("UPDATE SYNC_SCOPE_PAGE SET FETCHED = FETCHED - FAILED, FAILED = 0, ACKNOWLEDGED = 0 "
				+ "WHERE JOB_INSTANCE_ID = ? AND PAGE = ?", event, DELETED);
	}

	/**
	 * Stores a warning that belongs to no scope. Replaces the earlier ones of this run.
	 * @param event the Sync Event
	 * @param message the warning
	 */
	public void warn(long event, String message) {
		this.jdbc.update("DELETE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ?", event, NO_SCOPE);
		this.jdbc.update("INSERT INTO SYNC_SCOPE_WARNING (JOB_INSTANCE_ID, ORDINAL, MESSAGE) VALUES (?, ?, ?)", event,
				NO_SCOPE, cut(message));
	}

	/**
	 * Stores the adapters' warnings from retrying rejects and deleting records.
	 * @param event the Sync Event
	 * @param warnings the warnings; may be empty
	 */
	public void addEventWarnings(long event, List<String> warnings) {
		addWarnings(event, warnings.stream().map((message) -> new ScopeWarning(BESIDE_SCOPES, message)).toList());
	}

	private void addWarnings(long event, List<ScopeWarning> warnings) {
		if (!warnings.isEmpty()) {
			this.jdbc.batchUpdate("INSERT INTO SYNC_SCOPE_WARNING (JOB_INSTANCE_ID, ORDINAL, MESSAGE) VALUES (?, ?, ?)",
					warnings.stream()
						.map((warning) -> new Object[] { event, warning.ordinal(), cut(warning.message()) })
						.toList());
		}
	}

	/**
	 * Deletes the warnings of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many warnings at most
	 * @return how many were deleted
	 */
	public int forgetWarnings(long event, Scopes scopes, int limit) {
		return scopes.isEmpty() ? 0
				: this.jdbc.update(
						"DELETE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ?" + scopes.condition() + " LIMIT ?",
						scopes.values(limit, event));
	}

	/**
	 * Counts the warnings of fetched scopes.
	 * @param event the Sync Event
	 * @return the number of stored warnings
	 */
	public long countWarnings(long event) {
		return this.jdbc
			.queryForList("SELECT COUNT(*) FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ?", Long.class, event)
			.get(0);
	}

	private void addBeside(long event, int page, RecordCounts counts) {
		int updated = updateBeside(event, page, counts);
		if (updated == 0) {
			this.jdbc.update("""
					INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, LANE, SCOPES, SCOPE_COUNT)
					VALUES (?, ?, 'none', '[]', 0)""", event, page);
			updateBeside(event, page, counts);
		}
	}

	private int updateBeside(long event, int page, RecordCounts counts) {
		return this.jdbc.update("""
				UPDATE SYNC_SCOPE_PAGE SET FETCHED = FETCHED + ?, WRITTEN = WRITTEN + ?, CREATED = CREATED + ?,
				  FAILED = FAILED + ?, WARNED = WARNED + ?, IGNORED = IGNORED + ?, DROPPED = DROPPED + ?,
				  ACKNOWLEDGED = ACKNOWLEDGED + ? WHERE JOB_INSTANCE_ID = ? AND PAGE = ?""", counts.fetched(),
				counts.written(), counts.created(), counts.failed(), counts.warned(), counts.ignored(),
				counts.dropped(), counts.acknowledged(), event, page);
	}

	/**
	 * Lists the scopes that lanes have started and not finished.
	 * @param event the Sync Event
	 * @return their ordinals, in no particular order
	 */
	public List<Long> begun(long event) {
		return this.jdbc
			.query("""
					SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
					WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL AND SCOPES_PASSED < SCOPE_COUNT""",
					(row, number) -> page(event, row), event)
			.stream()
			.map((page) -> page.scopes().get(page.passed()).ordinal())
			.toList();
	}

	/**
	 * Takes the unfinished pages of a dead run away from its lanes, so that a lane that
	 * was only suspended can no longer {@link #save} anything. The pages stay started. A
	 * page that a lane is just storing stays with this lane, because a process that never
	 * resumes must not keep others waiting for its locks.
	 * @param event the Sync Event
	 */
	public void endLanes(long event) {
		List<Object[]> pages = this.jdbc.query("""
				SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL
				  AND SCOPES_PASSED < SCOPE_COUNT FOR UPDATE SKIP LOCKED""",
				(row, number) -> new Object[] { ENDED_LANE, event, row.getLong(1) }, event);
		this.jdbc.batchUpdate("UPDATE SYNC_SCOPE_PAGE SET LANE = ? WHERE JOB_INSTANCE_ID = ? AND PAGE = ?", pages);
	}

	/**
	 * Releases the unfinished pages of an attempt that has ended.
	 * @param event the Sync Event
	 * @return the ordinals of the scopes that had started: they start from the beginning
	 */
	public List<Long> release(long event) {
		List<Long> begun = begun(event);
		this.jdbc.update("""
				UPDATE SYNC_SCOPE_PAGE SET LANE = NULL, OPEN_FETCHED = 0, OPEN_WRITTEN = 0, OPEN_CREATED = 0,
				  OPEN_FAILED = 0, OPEN_WARNED = 0, OPEN_IGNORED = 0, OPEN_DROPPED = 0,
				  OPEN_ACKNOWLEDGED = 0
				WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL AND SCOPES_PASSED < SCOPE_COUNT""", event);
		return begun;
	}

	/**
	 * Requeues the first failed scopes in pages of their own and resets their counts: as
	 * many as one transaction should hold. Call it repeatedly, each time in its own
	 * transaction, until the plan stays the same.
	 * @param event the Sync Event
	 * @param plan the plan to date
	 * @param requeued called with the ordinals of these scopes, if there are any
	 * @return the plan with the new pages; the given plan when no failed scope is left
	 */
	public Plan requeueFailed(long event, Plan plan, Consumer<List<Long>> requeued) {
		List<Failed> failed = firstFailed(event, BEFORE_ALL);
		if (failed.isEmpty()) {
			return plan;
		}
		List<ScopeEntry> scopes = failed.stream().map(Failed::scope).toList();
		NewPages pages = new NewPages(this.jdbc, event, plan);
		scopes.forEach((scope) -> pages.add(scope, REQUEUED_SCOPES));
		takeBack(event, failed);
		this.jdbc.update("DELETE FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ? AND ORDINAL <= ?", event,
				scopes.get(scopes.size() - 1).ordinal());
		requeued.accept(scopes.stream().map(ScopeEntry::ordinal).toList());
		return plan.withStored(0, pages.store() - plan.nextPage());
	}

	/**
	 * Lists the next failed scopes, as many as one transaction should hold.
	 * @param event the Sync Event
	 * @param after only scopes with higher ordinals
	 * @return the scopes, by ordinal; empty when there are no more
	 */
	public List<ScopeEntry> failedAfter(long event, long after) {
		return firstFailed(event, after).stream().map(Failed::scope).toList();
	}

	/**
	 * Returns no more scopes than a page of new scopes could hold, whatever the size of
	 * each.
	 */
	private List<Failed> firstFailed(long event, long after) {
		List<long[]> sizes = this.jdbc.query("""
				SELECT ORDINAL, COALESCE(CHAR_LENGTH(SCOPE), 0) FROM SYNC_SCOPE_FAILURE
				WHERE JOB_INSTANCE_ID = ? AND ORDINAL > ? ORDER BY ORDINAL LIMIT ?""",
				(row, number) -> new long[] { row.getLong(1), row.getLong(2) }, event, after, MAX_REQUEUED);
		int count = 0;
		for (long text = 0; count < sizes.size()
				&& (count == 0 || text + sizes.get(count)[1] <= MAX_REQUEUED_TEXT); count++) {
			text += sizes.get(count)[1];
		}
		return (count == 0) ? List.of()
				: this.jdbc.query("""
						SELECT ORDINAL, SCOPE, PAGE, FETCHED, WRITTEN, CREATED, FAILED, WARNED, IGNORED, DROPPED,
						  ACKNOWLEDGED FROM SYNC_SCOPE_FAILURE
						WHERE JOB_INSTANCE_ID = ? AND ORDINAL > ? AND ORDINAL <= ? ORDER BY ORDINAL""",
						(row, number) -> new Failed(new ScopeEntry(row.getLong(1), row.getString(2)), row.getInt(3),
								counts(row)),
						event, after, sizes.get(count - 1)[0]);
	}

	private void takeBack(long event, List<Failed> failed) {
		Map<Integer, List<Failed>> byPage = failed.stream().collect(Collectors.groupingBy(Failed::page));
		List<Object[]> rows = new ArrayList<>();
		byPage.forEach((page, scopes) -> {
			RecordCounts counted = scopes.stream().map(Failed::delivered).reduce(RecordCounts.NONE, RecordCounts::plus);
			rows.add(new Object[] { scopes.size(), scopes.size(), counted.fetched(), counted.written(),
					counted.created(), counted.failed(), counted.warned(), counted.ignored(), counted.dropped(),
					counted.acknowledged(), event, page });
		});
		this.jdbc.batchUpdate("""
				UPDATE SYNC_SCOPE_PAGE SET SCOPES_FAILED = SCOPES_FAILED - ?, SCOPES_RETRIED = SCOPES_RETRIED + ?,
				  FETCHED = FETCHED - ?, WRITTEN = WRITTEN - ?, CREATED = CREATED - ?, FAILED = FAILED - ?,
				  WARNED = WARNED - ?, IGNORED = IGNORED - ?, DROPPED = DROPPED - ?, ACKNOWLEDGED = ACKNOWLEDGED - ?
				WHERE JOB_INSTANCE_ID = ? AND PAGE = ?""", rows);
	}

	/**
	 * Whether the first scope of a run was fetched completely.
	 * @param event the Sync Event
	 * @return true if it was, and did not fail
	 */
	public boolean isFirstScopeDone(long event) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject("""
				SELECT COUNT(*) > 0 FROM SYNC_SCOPE_PAGE p WHERE JOB_INSTANCE_ID = ? AND PAGE = 0 AND SCOPES_PASSED > 0
				  AND NOT EXISTS (SELECT 1 FROM SYNC_SCOPE_FAILURE f
				    WHERE f.JOB_INSTANCE_ID = p.JOB_INSTANCE_ID AND f.ORDINAL = 0)""", Boolean.class, event));
	}

	private static String cut(String message) {
		return (message.length() <= MAX_MESSAGE) ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
	}

	/**
	 * Lists the warnings of fetched scopes.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones, by ordinal
	 */
	public List<String> warnings(long event, int limit) {
		return this.jdbc.queryForList(
				"SELECT MESSAGE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ? ORDER BY ORDINAL LIMIT ?",
				String.class, event, limit);
	}

	/**
	 * Deletes some of the scopes of a run that is planned again. The first page and the
	 * state of its first scope are kept, so that {@link #isFirstScopeDone} does not
	 * change.
	 * @param event the Sync Event
	 * @param limit how many rows at most
	 * @return how many were deleted
	 */
	public int clearSome(long event, int limit) {
		int failures = this.jdbc
			.update("DELETE FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ? AND ORDINAL > 0 LIMIT ?", event, limit);
		return failures + this.jdbc.update("DELETE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE > 0 LIMIT ?",
				event, limit - failures);
	}

	/**
	 * Deletes all scopes of a run that is planned again.
	 * @param event the Sync Event
	 */
	public void clear(long event) {
		this.jdbc.update("DELETE FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ?", event);
		this.jdbc.update("DELETE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ?", event);
		this.jdbc.update("DELETE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ?", event);
	}

	/**
	 * Adds up the progress of a run.
	 * @param event the Sync Event
	 * @return the sums over all its pages
	 */
	public Progress progress(long event) {
		return this.jdbc.queryForObject("""
				SELECT COALESCE(SUM(SCOPE_COUNT - SCOPES_RETRIED), 0) TOTAL,
				  COALESCE(SUM(SCOPES_PASSED - SCOPES_RETRIED - SCOPES_FAILED), 0) DONE,
				  COALESCE(SUM(SCOPES_FAILED), 0) SCOPES_FAILED,
				  COALESCE(SUM(FETCHED + OPEN_FETCHED), 0) FETCHED, COALESCE(SUM(WRITTEN + OPEN_WRITTEN), 0) WRITTEN,
				  COALESCE(SUM(CREATED + OPEN_CREATED), 0) CREATED, COALESCE(SUM(FAILED + OPEN_FAILED), 0) FAILED,
				  COALESCE(SUM(WARNED + OPEN_WARNED), 0) WARNED, COALESCE(SUM(IGNORED + OPEN_IGNORED), 0) IGNORED,
				  COALESCE(SUM(DROPPED + OPEN_DROPPED), 0) DROPPED,
				  COALESCE(SUM(ACKNOWLEDGED + OPEN_ACKNOWLEDGED), 0) ACKNOWLEDGED
				FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE <> ?""",
				(row, number) -> new Progress(
						new ScopeCounts(row.getLong("TOTAL"), row.getLong("DONE"), row.getLong("SCOPES_FAILED")),
						counts(row), deletions(event)),
				event, DELETED);
	}

	private RecordCounts deletions(long event) {
		return this.jdbc
			.query("SELECT * FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE = ?", (row, number) -> counts(row),
					event, DELETED)
			.stream()
			.findFirst()
			.orElse(RecordCounts.NONE);
	}

	/**
	 * Finds the cursor that the scopes set.
	 * @param event the Sync Event
	 * @return the cursor of the highest ordinal, or null when no scope set one
	 */
	public @Nullable String cursor(long event) {
		return this.jdbc.query("""
				SELECT CURSOR_VALUE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND CURSOR_ORDINAL IS NOT NULL
				ORDER BY CURSOR_ORDINAL DESC LIMIT 1""", (row, number) -> row.getString(1), event)
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * Lists failed scopes.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones, by ordinal
	 */
	public List<ScopeFailure> failures(long event, int limit) {
		return this.jdbc.query("""
				SELECT * FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ? ORDER BY ORDINAL LIMIT ?""",
				(row, number) -> new ScopeFailure(new ScopeEntry(row.getLong("ORDINAL"), row.getString("SCOPE")),
						row.getString("MESSAGE"), counts(row)),
				event, limit);
	}

	private static RecordCounts counts(ResultSet row) throws SQLException {
		return new RecordCounts(row.getLong("FETCHED"), row.getLong("WRITTEN"), row.getLong("CREATED"),
				row.getLong("FAILED"), row.getLong("WARNED"), row.getLong("IGNORED"), row.getLong("DROPPED"),
				row.getLong("ACKNOWLEDGED"));
	}

	/**
	 * A failed scope.
	 *
	 * @param scope the scope
	 * @param page its page
	 * @param delivered the counts of its records in this page
	 */
	private record Failed(ScopeEntry scope, int page, RecordCounts delivered) {

	}

}
