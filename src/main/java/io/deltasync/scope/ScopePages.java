package io.deltasync.scope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores scopes in pages and assigns pages to lanes. Thread-safe; every method takes part
 * in the caller's transaction.
 */
public class ScopePages {

	private static final String RELEASE = """
			UPDATE SYNC_SCOPE_PAGE SET LANE = NULL, %s
			WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL AND SCOPES_PASSED < SCOPE_COUNT"""
		.formatted(CountColumns.each("OPEN_%s = 0"));

	private static final String SET_LANE = "UPDATE SYNC_SCOPE_PAGE SET LANE = ? WHERE JOB_INSTANCE_ID = ? AND PAGE = ?";

	/** Holds the pages of a dead run. It is not the name of any lane. */
	private static final String ENDED_LANE = "";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final Product product;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public ScopePages(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
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
		NewPages pages = new NewPages(this.template, event, plan);
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
		NewPages pages = new NewPages(this.template, event, plan);
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
		List<ScopePage> pages = this.jdbc.sql("""
				SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
				WHERE JOB_INSTANCE_ID = ? AND LANE LIKE ? AND SCOPES_PASSED < SCOPE_COUNT ORDER BY PAGE""")
			.params(event, lane.anyHolder())
			.query((row, number) -> page(event, row))
			.list();
		pages.forEach((page) -> claim(page, lane));
		return pages;
	}

	private void claim(ScopePage page, LaneHolder lane) {
		this.jdbc.sql(SET_LANE).params(lane.stored(), page.event(), page.page()).update();
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
			.sql("""
					SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
					WHERE JOB_INSTANCE_ID = ? AND LANE IS NULL%s LIMIT 1 FOR UPDATE SKIP LOCKED"""
				.formatted(this.product.lockingOrder("JOB_INSTANCE_ID, LANE, PAGE")))
			.param(event)
			.query((row, number) -> page(event, row))
			.optional();
		free.ifPresent((page) -> claim(page, lane));
		return free;
	}

	/**
	 * Whether there is a free page.
	 * @param event the Sync Event
	 * @return true if there is, even while another lane is about to claim it
	 */
	public boolean hasUnclaimed(long event) {
		return this.jdbc.sql("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND LANE IS NULL LIMIT 1")
			.param(event)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	private static ScopePage page(long event, ResultSet row) throws SQLException {
		return new ScopePage(event, row.getInt("PAGE"), PageText.read(row.getString("SCOPES")),
				row.getInt("SCOPES_PASSED"));
	}

	/**
	 * Finds the next page of a run, whoever has claimed it.
	 * @param event the Sync Event
	 * @param after only pages with higher numbers; -1 for the first
	 * @return the page; empty after the last
	 */
	public Optional<ScopePage> next(long event, int after) {
		return this.jdbc.sql("""
				SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE > ?
				ORDER BY JOB_INSTANCE_ID, PAGE LIMIT 1""")
			.params(event, after)
			.query((row, number) -> page(event, row))
			.optional();
	}

	/**
	 * Lists the scopes that lanes have started and not finished.
	 * @param event the Sync Event
	 * @return their ordinals, in no particular order
	 */
	public List<Long> begun(long event) {
		return this.jdbc.sql("""
				SELECT PAGE, SCOPES, SCOPES_PASSED FROM SYNC_SCOPE_PAGE
				WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL AND SCOPES_PASSED < SCOPE_COUNT""")
			.param(event)
			.query((row, number) -> page(event, row))
			.list()
			.stream()
			.map((page) -> page.scopes().get(page.passed()).ordinal())
			.toList();
	}

	/**
	 * Takes the unfinished pages of a dead run away from its lanes, so that a lane that
	 * was only suspended can no longer {@linkplain ScopeProgress#save store} anything.
	 * The pages stay started. A page that a lane is just storing stays with this lane,
	 * because a process that never resumes must not keep others waiting for its locks.
	 * @param event the Sync Event
	 */
	public void endLanes(long event) {
		List<Object[]> pages = this.jdbc.sql("""
				SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND LANE IS NOT NULL
				  AND SCOPES_PASSED < SCOPE_COUNT FOR UPDATE SKIP LOCKED""")
			.param(event)
			.query((row, number) -> new Object[] { ENDED_LANE, event, row.getLong(1) })
			.list();
		this.template.batchUpdate(SET_LANE, pages);
	}

	/**
	 * Releases the unfinished pages of an attempt that has ended.
	 * @param event the Sync Event
	 * @return the ordinals of the scopes that had started: they start from the beginning
	 */
	public List<Long> release(long event) {
		List<Long> begun = begun(event);
		this.jdbc.sql(RELEASE).param(event).update();
		return begun;
	}

	/**
	 * Whether the first scope of a run was fetched completely.
	 * @param event the Sync Event
	 * @return true if it was, and did not fail
	 */
	public boolean isFirstScopeDone(long event) {
		return this.jdbc.sql("""
				SELECT COUNT(*) > 0 FROM SYNC_SCOPE_PAGE p WHERE JOB_INSTANCE_ID = ? AND PAGE = 0 AND SCOPES_PASSED > 0
				  AND NOT EXISTS (SELECT 1 FROM SYNC_SCOPE_FAILURE f
				    WHERE f.JOB_INSTANCE_ID = p.JOB_INSTANCE_ID AND f.ORDINAL = 0)""")
			.param(event)
			.query(Boolean.class)
			.single();
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
			.sql(this.product.deleteSome("SYNC_SCOPE_FAILURE", "JOB_INSTANCE_ID = ? AND ORDINAL > 0", "?"))
			.params(event, limit)
			.update();
		return failures
				+ this.jdbc.sql(this.product.deleteSome("SYNC_SCOPE_PAGE", "JOB_INSTANCE_ID = ? AND PAGE > 0", "?"))
					.params(event, limit - failures)
					.update();
	}

	/**
	 * Deletes all scopes of a run that is planned again.
	 * @param event the Sync Event
	 */
	public void clear(long event) {
		this.jdbc.sql("DELETE FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ?").param(event).update();
		this.jdbc.sql("DELETE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ?").param(event).update();
	}

}
