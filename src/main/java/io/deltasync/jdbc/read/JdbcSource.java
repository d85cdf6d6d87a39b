package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

import io.deltasync.api.AdapterForColumns;
import io.deltasync.api.ColumnDescription;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForLookup;
import io.deltasync.api.SourceAdapterForVerify;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.api.WindowPosition;
import io.deltasync.jdbc.dialect.ColumnTexts;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TableIdentity;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.write.CanonicalKeys;
import io.deltasync.jdbc.write.ComparedRows;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.WriteTarget;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a table or view: everything, or the changes by a time or a growing number.
 * Planning counts the rows and returns NO_RECORDS, IMMEDIATE (the rows fit into one
 * batch) or SCOPES (ranges of the key).
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
public final class JdbcSource implements SourceAdapterForLookup, SourceAdapterForVerify, SourceAdapterScopeSerializer,
		AdapterForColumns, ConfigurableAdapter<JdbcSourceOptions> {

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
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		return KeyNames.resolve(table, options().key()).stream().map(Column::name).toList();
	}

	@Override
	public List<? extends @Nullable List<Object>> canonicalKeys(LinkContext context, List<RecordInFlight> records)
			throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		WriteTarget keys = new WriteTarget(table, KeyNames.resolve(table, options().key()), options().zone(), false);
		return new CanonicalKeys(keys, this.connections.get(options().connection())).of(records);
	}

	/** True for tables, whose keys are unique and never NULL, and false for views. */
	@Override
	public boolean hasUniqueKeys(LinkContext context) throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		List<Column> key = KeyNames.resolve(table, options().key());
		return !table.view() && table.isUnique(key) && key.stream().noneMatch(Column::nullable);
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws SQLException {
		FetchPlanner.Plan plan = planner().plan(context);
		this.planned = plan.whole();
		return plan.strategy();
	}

	@Override
	public void validate(LinkContext context) throws SQLException {
		planner().validate(context);
	}

	@Override
	public List<String> propertyNames(LinkContext context) throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		return ReadColumns.of(table, options()).stream().map(Column::name).toList();
	}

	@Override
	public List<ColumnDescription> columns(LinkContext context) throws SQLException {
		return ColumnTexts.of(this.tables.refresh(context, options().connection(), context.linkSourceName()));
	}

	@Override
	public @Nullable String refusal(LinkContext context) throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		return SourceTable.refusal(table, options(), this.connections.get(options().connection()));
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
		return new RowStream(this.connections.get(options.connection()), table, key, options, range);
	}

	/**
	 * Compares ranges of the key with a table, in the order of the key, if that consists
	 * of whole numbers. Those that follow each other immediately are compared together.
	 */
	@Override
	public List<OptionalLong> sameRecords(LinkContext context, List<Object> scopes, TargetAdapterForVerify target,
			Map<String, String> names) throws SQLException {
		JdbcSourceOptions options = options();
		List<KeyRange> ranges = KeyRange.adjacent(scopes.stream().map(KeyRange.class::cast).toList());
		KeyRange first = ranges.get(0);
		Table table = this.tables.get(context, options.connection(), context.linkSourceName());
		List<Column> key = KeyNames.resolve(table, options.key());
		boolean inOrder = first.window() == null && !first.single()
				&& first.order().equals(key.stream().map(Column::name).toList());
		ComparedRows rows = (inOrder && options.deletedCondition() == null && target instanceof JdbcTarget other)
				? other.comparedRows(context, names.values()) : null;
		RangeComparison comparison = (rows != null) ? RangeComparison.of(this.connections.get(options.connection()),
				table, ReadColumns.of(table, options), key, rows, names) : null;
		return (comparison != null) ? comparison.run(ranges, options.condition(), options.fetchSize())
				: List.of(OptionalLong.empty());
	}

	@Override
	public Map<String, Object> parseKey(LinkContext context, Map<String, String> texts) throws SQLException {
		return lookup(context).parse(texts);
	}

	@Override
	public Object lookupScope(LinkContext context, Map<String, Object> key) throws SQLException {
		return lookup(context).range(key);
	}

	@Override
	public @Nullable WindowPosition windowPosition(LinkContext context, Map<String, Object> key) throws SQLException {
		return planner().position(context, key);
	}

	@Override
	public @Nullable Predicate<RecordInFlight> fetchedByNextRun(LinkContext context) throws SQLException {
		return planner().fetchedByNextRun(context);
	}

	private RowLookup lookup(LinkContext context) throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkSourceName());
		return new RowLookup(table, KeyNames.resolve(table, options().key()), options().condition());
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

	private FetchPlanner planner() {
		return new FetchPlanner(this.connections, this.tables, options());
	}

	private JdbcSourceOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

}
