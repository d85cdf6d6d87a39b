package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.ColumnType;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TableIdentity;
import io.deltasync.jdbc.write.CanonicalKeys;
import io.deltasync.jdbc.write.WriteTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a table or view of H2, MySQL or MariaDB: everything, or the changes by a time or
 * a growing number. Planning counts the rows and returns NO_RECORDS, IMMEDIATE (the rows
 * fit into one batch) or SCOPES (ranges of the key).
 * <p>
 * A delta by time reads {@code [cursor - overlap, bound)}. The bound is the source's
 * clock, read while planning, and becomes the next cursor. Only full runs find rows whose
 * delta column is NULL; delta runs warn of them.
 * <p>
 * Values have these classes: whole numbers {@link Long} ({@link java.math.BigInteger} for
 * unsigned 64 bits), decimals {@link java.math.BigDecimal}, texts, enumerations, JSON and
 * MySQL's TIME {@link String}, binaries and bits {@code byte[]}, dates and times the
 * corresponding class of {@code java.time} (MySQL's TIMESTAMP:
 * {@link java.time.Instant}). A record with an unreadable value, such as a zero date, has
 * an error; if the value belongs to the key, the scope fails.
 */
public final class JdbcSource implements SourceAdapterForPull, SourceAdapterForKeys, SourceAdapterScopeSerializer,
		ConfigurableAdapter<JdbcSourceOptions> {

	/** The maximum fetch size unless configured, in rows. */
	private static final int MOST_ROWS = 100;

	/** The maximum memory for rows that a driver reads ahead, unless configured. */
	private static final long BYTES_AT_A_TIME = 4 << 20;

	private static final Logger logger = LoggerFactory.getLogger(JdbcSource.class);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Connections connections;

	private final JdbcTables tables;

	private @Nullable JdbcSourceOptions options;

	private @Nullable KeyRange planned;

	/**
	 * Creates an adapter, which must be configured before use.
	 * @param connections the databases
	 * @param tables their table descriptions, shared by all adapters
	 */
	public JdbcSource(Connections connections, JdbcTables tables) {
		this.connections = connections;
		this.tables = tables;
	}

	@Override
	public Class<JdbcSourceOptions> optionsType() {
		return JdbcSourceOptions.class;
	}

	@Override
	public void configure(JdbcSourceOptions options) {
		this.connections.get(options.connection());
		this.options = options;
	}

	@Override
	public String identity(LinkContext context) throws SQLException {
		return TableIdentity.of(this.connections.location(options().connection()), context.linkSourceName());
	}

	@Override
	public List<String> keyProperties(LinkContext context) throws SQLException {
		Table table = this.tables.refresh(context, options().connection(), context.linkSourceName());
		return KeyNames.resolve(table, options().key()).stream().map(Column::name).toList();
	}

	@Override
	public List<? extends @Nullable List<Object>> canonicalKeys(LinkContext context, List<RecordInFlight> records)
			throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		WriteTarget keys = new WriteTarget(table, KeyNames.resolve(table, options().key()), options().zone(), false);
		return new CanonicalKeys(keys, this.connections.get(options().connection())).of(records);
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws SQLException {
		return begin(context, (connection, source, reading) -> plan(connection, context, source, reading));
	}

	@Override
	public void validate(LinkContext context) throws SQLException {
		begin(context, (connection, source, reading) -> {
			reading.warnings().forEach(RunContext.currentContext()::addWarning);
			return source;
		});
	}

	/** Shared by planning and validation, so that both refuse the same configurations. */
	private <T> T begin(LinkContext context, Step<T> step) throws SQLException {
		JdbcSourceOptions options = options();
		Table table = this.tables.refresh(context, options.connection(), context.linkSourceName());
		Source source = new Source(table, key(table, options), deltaColumn(table));
		warnOfZone(table, source.deltaColumn());
		Delta delta = delta(table, source.deltaColumn(), options);
		try (Session session = Session.forReading(this.connections.get(options.connection()), table.dialect(),
				table.has(ColumnType.INSTANT))) {
			try {
				return step.take(session.connection(), source, delta.plan(session.connection(), context));
			}
			catch (SQLException ex) {
				throw ReadFailure.of(table, ex);
			}
		}
	}

	@Override
	public List<String> propertyNames(LinkContext context) throws SQLException {
		return this.tables.get(context, options().connection(), context.linkSourceName())
			.columns()
			.stream()
			.map(Column::name)
			.toList();
	}

	@Override
	public @Nullable String refusal(LinkContext context) throws SQLException {
		Table table = this.tables.refresh(context, options().connection(), context.linkSourceName());
		String key = refusal(KeyNames.resolve(table, options().key()));
		if (key != null) {
			return key;
		}
		try {
			checkZone(table, deltaColumn(table));
			return null;
		}
		catch (WrongZoneException ex) {
			return ex.getMessage();
		}
	}

	private static @Nullable String refusal(List<Column> key) {
		return key.stream().map(KeyValue::refusal).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private @Nullable Column deltaColumn(Table table) {
		String name = options().deltaColumn();
		return (name != null) ? table.column(name, "delta-column") : null;
	}

	/** Returns a warning, or null. */
	private @Nullable String checkZone(Table table, @Nullable Column deltaColumn) throws SQLException {
		FillingZone filling = (deltaColumn != null) ? new FillingZone(table, deltaColumn, options().zone()) : null;
		if (filling == null || !filling.applies()) {
			return null;
		}
		try (Connection connection = this.connections.get(options().connection()).getConnection()) {
			return filling.check(connection);
		}
	}

	private void warnOfZone(Table table, @Nullable Column deltaColumn) throws SQLException {
		String warning = checkZone(table, deltaColumn);
		if (warning != null) {
			RunContext.currentContext().addWarning(warning);
		}
	}

	private FetchStrategy plan(Connection connection, LinkContext context, Source source, Delta.Reading reading)
			throws SQLException {
		JdbcSourceOptions options = options();
		Table table = source.table();
		KeyRange whole = new KeyRange(order(source, reading), null, null, reading.window());
		RangePlanner planner = new RangePlanner(table, source.key(), whole, context.batchSizeLimit());
		planner.read(connection, (options.fetchSize() != null) ? options.fetchSize() : MOST_ROWS);
		publish(reading);
		if (source.deltaColumn() != null && reading.window() != null) {
			NullDeltaRows.warn(connection, table, source.deltaColumn());
		}
		logger.info("Link '{}' reads {} of {}: {} rows", context.linkName(), reading.description(), table,
				planner.total());
		this.planned = whole;
		return strategy(planner, context.batchSizeLimit());
	}

	private static List<Column> key(Table table, JdbcSourceOptions options) {
		List<Column> key = KeyNames.resolve(table, options.key());
		if (!table.view() && !table.isUnique(key)) {
			throw new AbortRunException(("The key %s of %s is not unique: no unique index consists of these columns; "
					+ "create one, or name the columns of one in the option key")
				.formatted(key.stream().map(Column::name).toList(), table));
		}
		String refusal = refusal(key);
		if (refusal != null) {
			throw new AbortRunException(refusal);
		}
		return key;
	}

	private static Delta delta(Table table, @Nullable Column column, JdbcSourceOptions options) {
		if (column == null) {
			return (connection, context) -> new Delta.Reading(null, null, "everything",
					List.of(("No delta-column is configured, so everything in %s is read each time; name a column "
							+ "that grows with each change to read changes only")
						.formatted(table)));
		}
		if (column.type().isTime()) {
			return new TimeDelta(table, column, options.overlap(), options.zone());
		}
		if (column.type().isExactNumber()) {
			return new NumberDelta(table, column, options.numberOverlap());
		}
		throw new AbortRunException(
				("Column '%s' of %s is of type %s, which cannot tell when a row has changed; a delta-column holds dates, "
						+ "dates with times, or whole or decimal numbers")
					.formatted(column.name(), table, column.typeName()));
	}

	/**
	 * Returns the order in which rows are read. With an index on the delta column, that
	 * column is first, so that the cost of a delta is proportional to the changes.
	 * Otherwise rows are ordered by the key, so that a range does not need a pass over
	 * the whole table.
	 */
	private static List<String> order(Source source, Delta.Reading reading) {
		Stream<Column> order = source.key().stream();
		Column deltaColumn = source.deltaColumn();
		if (deltaColumn != null && reading.window() != null && source.table().hasIndexStartingWith(deltaColumn)) {
			order = Stream.concat(Stream.of(deltaColumn), order.filter((column) -> !column.equals(deltaColumn)));
		}
		return order.map(Column::name).toList();
	}

	private static void publish(Delta.Reading reading) {
		RunContext run = RunContext.currentContext();
		reading.warnings().forEach(run::addWarning);
		if (reading.cursor() != null) {
			run.setCursor(reading.cursor());
		}
	}

	private static FetchStrategy strategy(RangePlanner planner, int batchSizeLimit) {
		if (planner.total() == 0) {
			return FetchStrategy.noRecords();
		}
		if (planner.total() <= batchSizeLimit) {
			return FetchStrategy.immediate(planner.total());
		}
		return FetchStrategy.scopes(new ArrayList<Object>(planner.ranges()), planner.total());
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws SQLException {
		JdbcSourceOptions options = options();
		KeyRange range = (scope != null) ? (KeyRange) scope : this.planned;
		if (range == null) {
			throw new IllegalStateException("fetchRecords without a scope needs an instance that has just planned");
		}
		Table table = this.tables.get(context, options.connection(), context.linkSourceName());
		List<String> key = KeyNames.resolve(table, options.key()).stream().map(Column::name).toList();
		int fetchSize = (options.fetchSize() != null) ? options.fetchSize() : rowsAtATime(table);
		return new RowStream(this.connections.get(options.connection()), table, key, range, fetchSize);
	}

	/** Limits the memory for rows that a driver reads ahead. */
	private static int rowsAtATime(Table table) {
		long width = table.columns().stream().mapToLong(JdbcSource::mostBytes).sum();
		return (int) Math.max(1, Math.min(MOST_ROWS, BYTES_AT_A_TIME / Math.max(1, width)));
	}

	private static long mostBytes(Column column) {
		return switch (column.type()) {
			case TEXT, BINARY -> column.size();
			case JSON, OTHER -> BYTES_AT_A_TIME;
			default -> 0;
		};
	}

	@Override
	public boolean fetchesEverything() {
		return options().deltaColumn() == null;
	}

	@Override
	public String serializeScope(Object scope) {
		return JSON.writeValueAsString(scope);
	}

	@Override
	public Object deserializeScope(String text) {
		return JSON.readValue(text, KeyRange.class);
	}

	private JdbcSourceOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

	/**
	 * The source of a run.
	 *
	 * @param table the table
	 * @param key the columns that identify its rows
	 * @param deltaColumn the column by which changes are found; null when none is
	 * configured
	 */
	private record Source(Table table, List<Column> key, @Nullable Column deltaColumn) {

	}

	/** A step that uses the plan of a delta. */
	@FunctionalInterface
	private interface Step<T> {

		T take(Connection connection, Source source, Delta.Reading reading) throws SQLException;

	}

}
