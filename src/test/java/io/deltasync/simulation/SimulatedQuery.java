package io.deltasync.simulation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine run a query, by a number that rows bear.
 */
final class SimulatedQuery implements SourceAdapterForRowPush {

	private final Hooks hooks;

	SimulatedQuery(Hooks hooks) {
		this.hooks = hooks;
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		return this.hooks.plan(context, () -> {
			String table = context.linkSourceName();
			String cursor = context.lastSuccessfulCursor();
			long from = (cursor != null) ? Long.parseLong(cursor) - LinkKind.OVERLAP_NUMBERS : 0;
			try (Connection connection = SourceTable.connect();
					Statement statement = connection.createStatement();
					ResultSet highest = statement.executeQuery("SELECT COALESCE(MAX(SEQ), 0) FROM " + table)) {
				highest.next();
				RunContext.currentContext()
					.setCursor(String
						.valueOf(Math.max(highest.getLong(1), (cursor != null) ? Long.parseLong(cursor) : 0)));
			}
			return FetchStrategy
				.queryLocator("SELECT ID, VERSION FROM %s WHERE SEQ >= %d ORDER BY SEQ".formatted(table, from));
		});
	}

	@Override
	public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows)
			throws Exception {
		Iterable<RecordInFlight> built = this.hooks.fetch(context, String.valueOf(rows.get(0).get("ID")),
				() -> rows.stream().map((row) -> new RecordInFlight(row).identifiedBy(Hooks.key())).toList());
		List<RecordInFlight> records = new java.util.ArrayList<>();
		built.forEach(records::add);
		return records;
	}

}
