package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.AdapterForColumns;
import io.deltasync.api.ColumnDescription;
import io.deltasync.api.Comparison;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.FoundRecord;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.api.TargetAdapterForLookup;
import io.deltasync.jdbc.dialect.ColumnTexts;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TableIdentity;
import io.deltasync.jdbc.dialect.WriteFailure;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a table: inserts a record or updates the row with its key; updates
 * and deletes by key. Writes only the columns for which a record has properties, and
 * never computed columns.
 * <p>
 * A batch is one transaction. A record whose values do not fit their columns exactly, or
 * whose values the database refuses, is marked with an error and skipped. Outside of
 * keys, fractions of seconds are truncated to the column's precision and floating-point
 * numbers are rounded to the nearest. On any other failure the whole batch is rolled
 * back. In testing mode everything is written and then rolled back.
 */
public final class JdbcTarget implements TargetAdapterForDeletes, TargetAdapterForLookup, TargetAdapterForVerify,
		AdapterForColumns, ConfigurableAdapter<JdbcTargetOptions> {

	/** Limits memory, because each sparse document may have its own shape. */
	private static final int MOST_SHAPES = 200;

	private final Connections connections;

	private final JdbcTables tables;

	private final Map<List<Object>, WriteStatement> shapes = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<List<Object>, WriteStatement> eldest) {
			return size() > MOST_SHAPES;
		}

	};

	private final WriteSessions sessions = new WriteSessions();

	private @Nullable JdbcTargetOptions options;

	private @Nullable WriteTarget target;

	private @Nullable CanonicalKeys canonicalKeys;

	private @Nullable TableComparison comparison;

	private boolean delivered;

	/**
	 * Creates an adapter, which must be configured before use.
	 * @param connections the databases
	 * @param tables their table descriptions, shared by all adapters
	 */
	public JdbcTarget(Connections connections, JdbcTables tables) {
		this.connections = connections;
		this.tables = tables;
	}

	@Override
	public Class<JdbcTargetOptions> optionsType() {
		return JdbcTargetOptions.class;
	}

	@Override
	public void configure(JdbcTargetOptions options) {
		this.connections.get(options.connection());
		this.options = options;
	}

	@Override
	public String identity(LinkContext context) throws SQLException {
		return TableIdentity.of(this.connections.location(options().connection()), context.linkTargetName());
	}

	/**
	 * Returns the configured batch size, after checking that the table exists, has the
	 * key, and can be rolled back in testing mode. Warns of slow connections and of
	 * tables without transactions.
	 * @throws AbortRunException when a check fails
	 * @throws SQLException when the server cannot be reached
	 */
	@Override
	public int getBatchSizeLimit(LinkContext context) throws SQLException {
		JdbcTargetOptions options = options();
		Table table = this.tables.refresh(context, options.connection(), context.linkTargetName());
		WriteTarget target = WriteTarget.of(table, options);
		this.target = target;
		TargetChecks checks = new TargetChecks(target, dataSource());
		checks.checkTesting(context);
		checks.checkConnection(options.bulk());
		return options.batchSize();
	}

	/**
	 * Checks that each property has a column, that each mandatory column has a property,
	 * and, if the server supports it, that the account may write them. Warns of indexes
	 * that make a first load slow.
	 */
	@Override
	public void validate(LinkContext context, List<String> propertyNames) throws SQLException {
		WriteStatement shape = new WriteStatement(target(context), Operation.UPSERT, propertyNames);
		String missing = shape.missing();
		if (missing != null) {
			throw new AbortRunException(missing);
		}
		TargetChecks checks = new TargetChecks(target(context), dataSource());
		checks.checkPrivileges(shape.sql(1));
		checks.checkIndexes(context);
	}

	/** Checks that the account may delete rows, if the server supports it. */
	@Override
	public void validateDeletes(LinkContext context) throws SQLException {
		WriteTarget target = target(context);
		new TargetChecks(target, dataSource())
			.checkPrivileges(target.table().dialect().delete(target.table(), target.key()));
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) throws SQLException {
		WriteTarget target = target(context);
		new TargetChecks(target, dataSource()).checkTesting(context);
		List<RefusedRecord> refusals;
		try (Session session = this.sessions.open(dataSource(), target.table())) {
			refusals = write(context, records, target, session.connection());
		}
		catch (SQLException ex) {
			throw WriteFailure.of(target.table(), ex);
		}
		refusals.forEach(RefusedRecord::apply);
		this.delivered = true;
	}

	@Override
	public List<String> keyProperties(LinkContext context) throws SQLException {
		Table table = this.tables.get(context, options().connection(), context.linkTargetName());
		return KeyNames.resolve(table, options().key()).stream().map(Column::name).toList();
	}

	@Override
	public List<ColumnDescription> columns(LinkContext context) throws SQLException {
		return ColumnTexts.of(this.tables.get(context, options().connection(), context.linkTargetName()));
	}

	@Override
	public List<? extends @Nullable List<Object>> canonicalKeys(LinkContext context, List<RecordInFlight> records)
			throws SQLException {
		if (this.canonicalKeys == null) {
			this.canonicalKeys = new CanonicalKeys(target(context), dataSource());
		}
		return this.canonicalKeys.of(records);
	}

	@Override
	public @Nullable FoundRecord lookUp(LinkContext context, RecordInFlight record) throws SQLException {
		WriteTarget target = target(context);
		try (Session session = this.sessions.open(dataSource(), target.table())) {
			return new RowComparison(target).find(session.connection(), record);
		}
		catch (SQLException ex) {
			throw WriteFailure.of(target.table(), ex);
		}
	}

	@Override
	public List<Comparison> compare(LinkContext context, List<RecordInFlight> records) throws SQLException {
		return comparison(context).compare(records);
	}

	@Override
	public long count(LinkContext context, Map<String, Object> constants) throws SQLException {
		return comparison(context).count(constants);
	}

	@Override
	public Iterable<List<@Nullable Object>> keys(LinkContext context, Map<String, Object> constants)
			throws SQLException {
		return comparison(context).keys(constants);
	}

	/**
	 * Describes the rows that records would be compared with.
	 * @param context the Link
	 * @param names the names of the records' properties
	 * @return the rows; null if rows and records cannot be read in the same order, or if
	 * no such record can be written
	 */
	public @Nullable ComparedRows comparedRows(LinkContext context, Collection<String> names) throws SQLException {
		WriteTarget target = target(context);
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		names.forEach((name) -> properties.put(name, null));
		ComparisonShape shape = new ComparisonShape(target, new RecordInFlight(properties));
		if (shape.missing() != null || !target.key().stream().allMatch(Column::isLong)) {
			return null;
		}
		return new ComparedRows(target.table(), dataSource(), List.copyOf(shape.columns()), shape.propertyNames(),
				target.key().size());
	}

	private TableComparison comparison(LinkContext context) throws SQLException {
		TableComparison known = this.comparison;
		if (known == null) {
			known = new TableComparison(target(context), dataSource());
			this.comparison = known;
		}
		return known;
	}

	private List<RefusedRecord> write(LinkContext context, List<RecordInFlight> records, WriteTarget target,
			Connection connection) throws SQLException {
		BatchWriter writer = new BatchWriter(target, this.shapes, connection);
		try {
			for (RecordInFlight record : records) {
				writer.write(record);
			}
			List<RefusedRecord> refusals = writer.finish();
			if (!this.delivered && refusals.size() == records.size()
					&& refusals.stream().allMatch(RefusedRecord::never)) {
				throw new AbortRunException(refusals.get(0).reason());
			}
			if (context.testingMode()) {
				connection.rollback();
			}
			else {
				RunContext.checkBeforeCommit();
				connection.commit();
			}
			return refusals;
		}
		catch (SQLException | RuntimeException ex) {
			rollback(connection, ex);
			throw ex;
		}
	}

	private static void rollback(Connection connection, Exception ex) {
		try {
			connection.rollback();
		}
		catch (SQLException suppressed) {
			ex.addSuppressed(suppressed);
		}
	}

	private WriteTarget target(LinkContext context) throws SQLException {
		if (this.target == null) {
			this.target = WriteTarget.of(this.tables.get(context, options().connection(), context.linkTargetName()),
					options());
		}
		return this.target;
	}

	private DataSource dataSource() {
		return this.connections.get(options().connection());
	}

	private JdbcTargetOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

}
