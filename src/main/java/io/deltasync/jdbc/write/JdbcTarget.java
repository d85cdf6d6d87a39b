package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.Connections;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.api.TargetAdapterForKeys;
import io.deltasync.jdbc.dialect.BulkSql;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TableIdentity;
import io.deltasync.jdbc.dialect.WriteFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a table of H2, MySQL or MariaDB: inserts a record or updates the row
 * with its key; updates and deletes by key. Writes only the columns for which a record
 * has properties, and never computed columns.
 * <p>
 * A batch is one transaction. A record whose values do not fit their columns exactly, or
 * whose values the database refuses, is marked with an error and skipped. Outside of
 * keys, fractions of seconds are truncated to the column's precision and floating-point
 * numbers are rounded to the nearest. On any other failure the whole batch is rolled
 * back. In testing mode everything is written and then rolled back.
 */
public final class JdbcTarget
		implements TargetAdapterForDeletes, TargetAdapterForKeys, ConfigurableAdapter<JdbcTargetOptions> {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTarget.class);

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

	private final LoadDataBuffer file = new LoadDataBuffer();

	private final WriteSessions sessions = new WriteSessions();

	private @Nullable JdbcTargetOptions options;

	private @Nullable WriteTarget target;

	private @Nullable CanonicalKeys canonicalKeys;

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
		checkTesting(context, table);
		if (table.unsafeEngine() != null) {
			warn(("The engine %s of %s has no transactions: a batch that fails may be written in part until it is written "
					+ "again; convert the table to InnoDB")
				.formatted(table.unsafeEngine(), table));
		}
		try (Connection connection = dataSource().getConnection()) {
			String url = connection.getMetaData().getURL();
			String slow = (url != null) ? table.dialect().slowWrites(url) : null;
			if (slow != null) {
				logger.warn("Connection '{}' writes several times slower than it could: {}", options.connection(),
						slow);
			}
			if (options.bulk()) {
				checkBulk(target, connection);
			}
		}
		return options.batchSize();
	}

	private static void warn(String message) {
		try {
			RunContext.currentContext().addWarning(message);
		}
		catch (IllegalStateException ex) {
			// called outside a run
			logger.warn(message);
		}
	}

	/** A table without transactions cannot be rolled back. */
	private static void checkTesting(LinkContext context, Table table) {
		if (context.testingMode() && table.unsafeEngine() != null) {
			throw new AbortRunException(
					("A testing run would change %s: its engine %s has no transactions; convert the table "
							+ "to InnoDB, or test with another table")
						.formatted(table, table.unsafeEngine()));
		}
	}

	private static void checkBulk(WriteTarget target, Connection connection) throws SQLException {
		Table table = target.table();
		List<Column> columns = table.columns().stream().filter((column) -> !column.computed()).toList();
		BulkSql bulk = table.dialect().bulk(table, columns, target.key());
		if (bulk == null || !BulkLoad.isSupported(connection)) {
			throw new AbortRunException(
					"Connection '%s' cannot load in bulk, which requires a MySQL server and a URL that begins with jdbc:mysql:; leave out the option bulk"
						.formatted(table.connection()));
		}
		BulkLoad.check(connection, table.connection(), bulk);
	}

	/**
	 * Checks that each property has a column, that each mandatory column has a property,
	 * and, if the server supports it, that the account may write them.
	 */
	@Override
	public void validate(LinkContext context, List<String> propertyNames) throws SQLException {
		WriteStatement shape = new WriteStatement(target(context), Operation.UPSERT, propertyNames);
		String missing = shape.missing();
		if (missing != null) {
			throw new AbortRunException(missing);
		}
		checkPrivileges(target(context).table(), shape.sql(1));
	}

	/** Checks that the account may delete rows, if the server supports it. */
	@Override
	public void validateDeletes(LinkContext context) throws SQLException {
		WriteTarget target = target(context);
		checkPrivileges(target.table(), target.table().dialect().delete(target.table(), target.key()));
	}

	private void checkPrivileges(Table table, String sql) throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			table.dialect().checkPrivileges(connection, sql);
		}
		catch (SQLException ex) {
			throw WriteFailure.of(table, ex);
		}
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) throws SQLException {
		WriteTarget target = target(context);
		checkTesting(context, target.table());
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
		Table table = this.tables.refresh(context, options().connection(), context.linkTargetName());
		return KeyNames.resolve(table, options().key()).stream().map(Column::name).toList();
	}

	@Override
	public List<? extends @Nullable List<Object>> canonicalKeys(LinkContext context, List<RecordInFlight> records)
			throws SQLException {
		if (this.canonicalKeys == null) {
			this.canonicalKeys = new CanonicalKeys(target(context), dataSource());
		}
		return this.canonicalKeys.of(records);
	}

	private List<RefusedRecord> write(LinkContext context, List<RecordInFlight> records, WriteTarget target,
			Connection connection) throws SQLException {
		BatchWriter writer = new BatchWriter(target, this.shapes, this.file, connection);
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
