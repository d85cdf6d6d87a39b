package io.deltasync.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * A Link's source as the engine drives it: plans, stores the scopes as text, and fetches
 * each with a fresh instance. Remembers the cursor of the last run.
 */
public class Pull {

	private final Connections connections;

	private final JdbcTables tables;

	private final String table;

	private final JdbcSourceOptions options;

	public @Nullable String cursor;

	public List<String> warnings = List.of();

	public FetchStrategy strategy = FetchStrategy.noRecords();

	public List<String> scopes = new ArrayList<>();

	public List<Integer> sizes = new ArrayList<>();

	private boolean full;

	private int batchSizeLimit = 1000;

	public Pull(Connections connections, String table, JdbcSourceOptions options) {
		this.connections = connections;
		this.tables = new JdbcTables(connections, BuiltInDialects.with(List.of()));
		this.table = table;
		this.options = options;
	}

	public Pull full(boolean full) {
		this.full = full;
		return this;
	}

	public Pull batchSizeLimit(int batchSizeLimit) {
		this.batchSizeLimit = batchSizeLimit;
		return this;
	}

	public List<RecordInFlight> run() throws Exception {
		return run(UnaryOperator.identity(), () -> {
		});
	}

	public List<RecordInFlight> run(UnaryOperator<LinkContext.Builder> change, Runnable betweenPlanAndFetch)
			throws Exception {
		LinkContext context = change
			.apply(LinkContext.builder()
				.linkSourceName(this.table)
				.batchSizeLimit(this.batchSizeLimit)
				.fullRun(this.full)
				.lastSuccessfulCursor(this.full ? null : this.cursor))
			.build();
		RunContext run = new RunContext();
		JdbcSource planner = source();
		this.strategy = run.call(() -> planner.planFetch(context));
		this.warnings = run.warnings();
		betweenPlanAndFetch.run();
		List<RecordInFlight> records = new ArrayList<>();
		this.scopes.clear();
		this.sizes.clear();
		if (this.strategy instanceof FetchStrategy.Immediate) {
			drain(planner, context, null, records);
		}
		if (this.strategy instanceof FetchStrategy.Scopes scopes) {
			for (Object scope : scopes.scopes()) {
				this.scopes.add(planner.serializeScope(scope));
			}
			for (String scope : this.scopes) {
				JdbcSource source = source();
				drain(source, context, source.deserializeScope(scope), records);
			}
		}
		if (run.cursor() != null) {
			this.cursor = run.cursor();
		}
		return records;
	}

	private void drain(JdbcSource source, LinkContext context, @Nullable Object scope, List<RecordInFlight> records)
			throws Exception {
		int before = records.size();
		Iterable<RecordInFlight> fetched = source.fetchRecords(context, scope);
		fetched.forEach(records::add);
		((AutoCloseable) fetched).close();
		this.sizes.add(records.size() - before);
	}

	public JdbcSource source() {
		JdbcSource source = new JdbcSource(this.connections, this.tables);
		source.configure(this.options);
		return source;
	}

}
