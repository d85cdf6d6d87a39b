package io.deltasync.jdbc.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Dialects;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import org.jspecify.annotations.Nullable;

/** The database of a kit, with its tables and the adapters that use them. */
final class KitDatabase {

	private static final String CONNECTION = "database";

	private final Dialect dialect;

	private final DataSource dataSource;

	private final Connections connections;

	KitDatabase(Dialect dialect, DataSource dataSource) {
		this.dialect = dialect;
		this.dataSource = dataSource;
		this.connections = (name) -> dataSource;
	}

	Dialect dialect() {
		return this.dialect;
	}

	Connection connect() throws SQLException {
		return this.dataSource.getConnection();
	}

	/** Opens a session as a source does. */
	Session readingSession() throws SQLException {
		return Session.forReading(this.dataSource, this.dialect, false);
	}

	void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Creates a table, uses it, and drops it.
	 * @param columns its columns and constraints, as its definition has them
	 */
	void withTable(String name, String columns, Step use) throws Exception {
		execute("CREATE TABLE %s (%s)".formatted(quote(name), columns));
		try {
			use.take();
		}
		finally {
			execute("DROP TABLE " + quote(name));
		}
	}

	String quote(String name) {
		return this.dialect.quote(name);
	}

	private JdbcTables tables() {
		return new JdbcTables(this.connections, new Dialects(List.of(this.dialect)));
	}

	/** Inserts a row of SQL expressions. */
	void insert(String table, String... values) throws SQLException {
		execute("INSERT INTO %s VALUES (%s)".formatted(quote(table), String.join(", ", values)));
	}

	/** Reads all rows of a table, in ranges of a few. */
	List<RecordInFlight> read(String table) throws Exception {
		return read(table, new Reading(null, null, 7)).records();
	}

	/** Reads a table as a run does: plans, and fetches each scope with a new instance. */
	Read read(String table, Reading reading) throws Exception {
		LinkContext context = LinkContext.builder()
			.linkSourceName(table)
			.batchSizeLimit(reading.limit())
			.lastSuccessfulCursor(reading.cursor())
			.build();
		JdbcTables tables = tables();
		JdbcSource planner = source(tables, reading);
		RunContext run = new RunContext();
		FetchStrategy strategy = run.call(() -> planner.planFetch(context));
		List<RecordInFlight> records = new ArrayList<>();
		if (strategy instanceof FetchStrategy.Immediate) {
			drain(planner.fetchRecords(context, null), records);
		}
		if (strategy instanceof FetchStrategy.Scopes scopes) {
			for (Object scope : scopes.scopes()) {
				JdbcSource lane = source(tables, reading);
				Object restored = lane.deserializeScope(planner.serializeScope(scope));
				drain(lane.fetchRecords(context, restored), records);
			}
		}
		return new Read(records, (run.cursor() != null) ? run.cursor() : reading.cursor());
	}

	private static void drain(Iterable<RecordInFlight> rows, List<RecordInFlight> records) throws Exception {
		rows.forEach(records::add);
		((AutoCloseable) rows).close();
	}

	/** Plans to read a whole table in one batch, and begins to read it. */
	Iterable<RecordInFlight> stream(String table) throws Exception {
		LinkContext context = LinkContext.builder().linkSourceName(table).batchSizeLimit(Integer.MAX_VALUE).build();
		JdbcSource source = source(tables(), new Reading(null, null, 1));
		new RunContext().call(() -> source.planFetch(context));
		return source.fetchRecords(context, null);
	}

	private JdbcSource source(JdbcTables tables, Reading reading) {
		JdbcSource source = new JdbcSource(this.connections, tables);
		source.configure(new JdbcSourceOptions(CONNECTION, null, null, reading.deltaColumn(), java.time.Duration.ZERO,
				null, null, null, null, null));
		return source;
	}

	/** Writes records in one batch, within a run. */
	void write(String table, RunContext run, LinkContext.Builder context, List<RecordInFlight> records)
			throws Exception {
		JdbcTarget target = new JdbcTarget(this.connections, tables());
		target.configure(new JdbcTargetOptions(CONNECTION, null, null, null, false));
		LinkContext complete = context.linkTargetName(table).build();
		run.call(() -> {
			target.getBatchSizeLimit(complete);
			try {
				target.pushRecords(complete, records);
			}
			catch (SQLException ex) {
				if (this.dialect.hasSavepoints()) {
					throw ex;
				}
				writeEach(target, complete, records);
			}
			return true;
		});
	}

	/** Writes records one by one, as the engine does in the end. */
	private static void writeEach(JdbcTarget target, LinkContext context, List<RecordInFlight> records) {
		for (RecordInFlight record : records) {
			try {
				target.pushRecords(context, List.of(record));
			}
			catch (SQLException ex) {
				record.addError(String.valueOf(ex.getMessage()));
			}
		}
	}

	void write(String table, List<RecordInFlight> records) throws Exception {
		write(table, new RunContext(), LinkContext.builder(), records);
	}

	static RecordInFlight record(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return new RecordInFlight(properties);
	}

	/** Returns a value by the name of its column, in any case. */
	static @Nullable Object value(RecordInFlight record, String name) {
		return record.properties()
			.entrySet()
			.stream()
			.filter((property) -> property.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	static void require(boolean condition, String otherwise, Object... arguments) {
		if (!condition) {
			throw new AssertionError(otherwise.formatted(arguments));
		}
	}

	/** A step that uses a table. */
	@FunctionalInterface
	interface Step {

		void take() throws Exception;

	}

	/**
	 * How a table is read.
	 *
	 * @param deltaColumn the delta column, or null
	 * @param cursor the cursor of the run before, or null
	 * @param limit the number of rows in a range
	 */
	record Reading(@Nullable String deltaColumn, @Nullable String cursor, int limit) {

	}

	/**
	 * What was read.
	 *
	 * @param records the records
	 * @param cursor the cursor for the next run, or null
	 */
	record Read(List<RecordInFlight> records, @Nullable String cursor) {

	}

}
