package io.deltasync.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the scopes that failed, and requeues them. Thread-safe; every method takes part
 * in the caller's transaction.
 */
public class FailedScopes {

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

	private static final String ADD = """
			INSERT INTO SYNC_SCOPE_FAILURE (JOB_INSTANCE_ID, ORDINAL, PAGE, SCOPE, MESSAGE, %s)
			VALUES (?, ?, ?, ?, ?, %s)""".formatted(CountColumns.LIST, CountColumns.each("?"));

	private static final String NEXT = """
			SELECT ORDINAL, SCOPE, PAGE, %s FROM SYNC_SCOPE_FAILURE
			WHERE JOB_INSTANCE_ID = ? AND ORDINAL > ? AND ORDINAL <= ? ORDER BY ORDINAL""".formatted(CountColumns.LIST);

	private static final String TAKE_BACK = """
			UPDATE SYNC_SCOPE_PAGE SET SCOPES_FAILED = SCOPES_FAILED - ?, SCOPES_RETRIED = SCOPES_RETRIED + ?, %s
			WHERE JOB_INSTANCE_ID = ? AND PAGE = ?""".formatted(CountColumns.each("%1$s = %1$s - ?"));

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public FailedScopes(JdbcTemplate jdbc) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
	}

	/** Stores scopes of a page. */
	void add(ScopePage page, List<ScopeFailure> failures) {
		for (ScopeFailure failure : failures) {
			this.jdbc.sql(ADD)
				.params(Arrays.asList(page.event(), failure.scope().ordinal(), page.page(), failure.scope().text(),
						Columns.cut(failure.message(), Columns.MESSAGE)))
				.params(CountColumns.values(failure.delivered()))
				.update();
		}
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
	public Plan requeue(long event, Plan plan, Consumer<List<Long>> requeued) {
		List<Failed> failed = next(event, BEFORE_ALL);
		if (failed.isEmpty()) {
			return plan;
		}
		List<ScopeEntry> scopes = failed.stream().map(Failed::scope).toList();
		NewPages pages = new NewPages(this.template, event, plan);
		scopes.forEach((scope) -> pages.add(scope, REQUEUED_SCOPES));
		takeBack(event, failed);
		this.jdbc.sql("DELETE FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ? AND ORDINAL <= ?")
			.params(event, scopes.get(scopes.size() - 1).ordinal())
			.update();
		requeued.accept(scopes.stream().map(ScopeEntry::ordinal).toList());
		return plan.withStored(0, pages.store() - plan.nextPage());
	}

	private void takeBack(long event, List<Failed> failed) {
		Map<Integer, List<Failed>> byPage = failed.stream().collect(Collectors.groupingBy(Failed::page));
		List<Object[]> rows = new ArrayList<>();
		byPage.forEach((page, scopes) -> {
			RecordCounts counted = scopes.stream().map(Failed::delivered).reduce(RecordCounts.NONE, RecordCounts::plus);
			List<Object> row = new ArrayList<>(List.of(scopes.size(), scopes.size()));
			row.addAll(CountColumns.values(counted));
			row.addAll(List.of(event, page));
			rows.add(row.toArray());
		});
		this.template.batchUpdate(TAKE_BACK, rows);
	}

	/**
	 * Lists the next failed scopes, as many as one transaction should hold.
	 * @param event the Sync Event
	 * @param ordinal only scopes with higher ordinals
	 * @return the scopes, by ordinal; empty when there are no more
	 */
	public List<ScopeEntry> after(long event, long ordinal) {
		return next(event, ordinal).stream().map(Failed::scope).toList();
	}

	/**
	 * Returns no more scopes than a page of new scopes could hold, whatever the size of
	 * each.
	 */
	private List<Failed> next(long event, long after) {
		List<long[]> sizes = this.jdbc.sql("""
				SELECT ORDINAL, COALESCE(CHAR_LENGTH(SCOPE), 0) FROM SYNC_SCOPE_FAILURE
				WHERE JOB_INSTANCE_ID = ? AND ORDINAL > ? ORDER BY ORDINAL LIMIT ?""")
			.params(event, after, MAX_REQUEUED)
			.query((row, number) -> new long[] { row.getLong(1), row.getLong(2) })
			.list();
		int count = 0;
		for (long text = 0; count < sizes.size()
				&& (count == 0 || text + sizes.get(count)[1] <= MAX_REQUEUED_TEXT); count++) {
			text += sizes.get(count)[1];
		}
		return (count == 0) ? List.of()
				: this.jdbc.sql(NEXT)
					.params(event, after, sizes.get(count - 1)[0])
					.query((row, number) -> new Failed(new ScopeEntry(row.getLong(1), row.getString(2)), row.getInt(3),
							CountColumns.read(row)))
					.list();
	}

	/**
	 * Lists failed scopes.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones, by ordinal
	 */
	public List<ScopeFailure> find(long event, int limit) {
		return this.jdbc.sql("SELECT * FROM SYNC_SCOPE_FAILURE WHERE JOB_INSTANCE_ID = ? ORDER BY ORDINAL LIMIT ?")
			.params(event, limit)
			.query((row, number) -> new ScopeFailure(new ScopeEntry(row.getLong("ORDINAL"), row.getString("SCOPE")),
					row.getString("MESSAGE"), CountColumns.read(row)))
			.list();
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
