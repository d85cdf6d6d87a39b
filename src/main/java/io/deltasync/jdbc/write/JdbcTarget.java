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
 * Writes a table of H2, MySQL or MariaDB: inserts each record, or updates the row that
 * has its key; updates and deletes by key. Only the columns that a record has properties
 * for are written; columns that the database computes are left to it.
 * <p>
 * A batch is one transaction. A record whose values do not fit their columns exactly, or
 * that the database refuses for what it holds, is marked with an error and left out; only
 * fractions of seconds are cut to what the column holds, unless it is of the key, and
 * floating-point numbers to the nearest. On any other failure nothing of the batch is
 * written. In testing mode everything is written and then rolled back.
 */
public final class JdbcTarget
		implements TargetAdapterForDeletes, TargetAdapterForKeys, ConfigurableAdapter<JdbcTargetOptions> {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTarget.class);

	/** Sparse documents may come in as many shapes as there are of them. */
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
	 * Makes an adapter, to be configured before anything else.
	 * @param connections the databases
	 * @param tables what is known of their tables, shared by all adapters
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
	 * Checks that the table is there, has the key, and can be left as it is in testing
	 * mode. Warns of what it can only warn of.
	 * @throws AbortRunException when it does not
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
					+ "again; let the table have InnoDB")
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

	/** What is written to such a table cannot be taken back. */
	private static void checkTesting(LinkContext context, Table table) {
		if (context.testingMode() && table.unsafeEngine() != null) {
			throw new AbortRunException(
					("A testing run would change %s: its engine %s has no transactions; let the table "
							+ "have InnoDB, or test with another one")
						.formatted(table, table.unsafeEngine()));
		}
	}

	private static void checkBulk(WriteTarget target, Connection connection) throws SQLException {
		Table table = target.table();
		List<Column> columns = table.columns().stream().filter((column) -> !column.computed()).toList();
		BulkSql bulk = table.dialect().bulk(table, columns, target.key());
		if (bulk == null || !BulkLoad.isSupported(connection)) {
			throw new AbortRunException(
					"Connection '%s' cannot load in bulk, which takes a MySQL server and a URL that begins with jdbc:mysql:; leave out the option bulk"
						.formatted(table.connection()));
		}
		BulkLoad.check(connection, table.connection(), bulk);
	}

	/**
	 * Checks that there is a column for each property, and a property for each column
	 * that needs one, and that the account may write them, if the server can be asked.
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

	/** Checks that the account may delete, if the server can be asked. */
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
