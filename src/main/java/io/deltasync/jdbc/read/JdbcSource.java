package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TableIdentity;
import io.deltasync.jdbc.write.CanonicalKeys;
import io.deltasync.jdbc.write.WriteTarget;
import org.jspecify.annotations.Nullable;
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
	static final int MOST_ROWS = 100;

	/** The maximum memory for rows that a driver reads ahead, unless configured. */
	private static final long BYTES_AT_A_TIME = 4 << 20;

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
		return this.tables.get(context, options().connection(), context.linkSourceName())
			.columns()
			.stream()
			.map(Column::name)
			.toList();
	}

	@Override
	public @Nullable String refusal(LinkContext context) throws SQLException {
		Table table = this.tables.refresh(context, options().connection(), context.linkSourceName());
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
