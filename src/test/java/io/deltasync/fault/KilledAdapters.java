package io.deltasync.fault;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.api.TargetAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The adapters of the runs that are killed.
 */
final class KilledAdapters {

	private KilledAdapters() {
	}

	static List<RecordInFlight> records(int from, int to) {
		return IntStream.range(from, to)
			.mapToObj((id) -> new RecordInFlight(Map.of("id", id)).identifiedBy(List.of("id")))
			.toList();
	}

	static class Plain implements SourceAdapterForPull {

		final Scenario scenario;

		Plain(Scenario scenario) {
			this.scenario = scenario;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return this.scenario.plan();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return this.scenario.fetch((String) scope);
		}

	}

	static final class Delayed extends Plain implements DelayedPlanningAdapter, SourceAdapterScopeSerializer {

		Delayed(Scenario scenario) {
			super(scenario);
		}

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			return this.scenario.planAgain(String.valueOf(scope));
		}

		@Override
		public String serializeScope(Object scope) {
			return (String) scope;
		}

		@Override
		public Object deserializeScope(String text) {
			return text;
		}

	}

	static final class Chain extends Plain implements ChainFetchAdapter {

		private int fetched;

		Chain(Scenario scenario) {
			super(scenario);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			this.fetched = (scope != null) ? Integer.parseInt((String) scope) : 0;
			return super.fetchRecords(context, scope);
		}

		@Override
		public @Nullable Object getNextScope() {
			return ((this.fetched + 1) * Scenario.SCOPE < this.scenario.records()) ? String.valueOf(this.fetched + 1)
					: null;
		}

	}

	static final class Rows implements SourceAdapterForRowPush {

		private final Scenario scenario;

		Rows(Scenario scenario) {
			this.scenario = scenario;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return this.scenario.plan();
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			return rows.stream()
				.map((row) -> ((Number) row.get("X")).intValue())
				.flatMap((id) -> records(id, id + 1).stream())
				.toList();
		}

	}

	/** Counts each delivery of a record, durably; refuses those that are listed. */
	static final class Counting implements TargetAdapter {

		private final JdbcTemplate jdbc;

		private final KillPoints points;

		Counting(JdbcTemplate jdbc, KillPoints points) {
			this.jdbc = jdbc;
			this.points = points;
		}

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 15;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			this.points.pass();
			Set<Integer> refused = new HashSet<>(this.jdbc.queryForList("SELECT ID FROM REFUSED", Integer.class));
			for (RecordInFlight record : records) {
				if (refused.contains(record.get("id"))) {
					record.addError("not today");
				}
				else if (this.jdbc.update("UPDATE DELIVERED SET TIMES = TIMES + 1 WHERE ID = ?",
						record.get("id")) == 0) {
					this.jdbc.update("INSERT INTO DELIVERED (ID, TIMES) VALUES (?, 1)", record.get("id"));
				}
			}
			this.points.pass();
		}

	}

}
