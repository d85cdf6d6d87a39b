package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.FloatingWriter;
import io.deltasync.jdbc.value.UuidWriter;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the dialects of MySQL and MariaDB.
 */
abstract class MySqlFamilyDialect extends Dialect {

	private static final Catalog CATALOG = new MySqlCatalog();

	private static final ServerClock CLOCK = new MySqlClock();

	private static final int MOST_VALUES = 5_000;

	private final MySqlSession sessions;

	/**
	 * Creates the dialect of a server.
	 * @param timeLimit the variable that limits the duration of a statement
	 */
	MySqlFamilyDialect(String timeLimit) {
		this.sessions = new MySqlSession(timeLimit);
	}

	@Override
	public final String quote(String identifier) {
		return '`' + identifier.replace("`", "``") + '`';
	}

	@Override
	public final Catalog catalog() {
		return CATALOG;
	}

	@Override
	public final ServerClock clock() {
		return CLOCK;
	}

	@Override
	public final Failure failure(SQLException ex) {
		return MySqlFailures.of(ex);
	}

	/** A failed statement undoes only its own changes. */
	@Override
	public final boolean endsTransactionOnFailure() {
		return false;
	}

	@Override
	public final String limited(String query, int rows) {
		return "%s LIMIT %d".formatted(query, rows);
	}

	@Override
	public final StatementSink sink(PreparedStatement statement) throws SQLException {
		return new MySqlSink(statement);
	}

	@Override
	public final ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		String type = column.typeName().toLowerCase(Locale.ROOT);
		return switch (column.type()) {
			case FLOAT, DOUBLE -> new FloatingWriter(column, ofKey, false);
			case INTEGER -> type.startsWith("year") ? new YearWriter(column) : super.writer(column, zone, ofKey);
			case ENUM -> type.startsWith("set") ? new SetWriter(column, ofKey) : super.writer(column, zone, ofKey);
			case TEXT -> switch (type) {
				case "uuid" -> new UuidWriter(column);
				case "inet4", "inet6" -> new AddressWriter(column);
				case "tinytext", "text", "mediumtext" -> new MySqlTextWriter(column);
				default -> super.writer(column, zone, ofKey);
			};
			default -> super.writer(column, zone, ofKey);
		};
	}

	@Override
	public final boolean takesSent(Column source, Column target) {
		return SentValues.fit(source, target);
	}

	@Override
	public final void checkPrivileges(Connection connection, String sql) throws SQLException {
		try (PreparedStatement variable = connection.prepareStatement("SET @deltasync = ?");
				Statement prepare = connection.createStatement()) {
			variable.setString(1, sql);
			variable.executeUpdate();
			prepare.execute("PREPARE deltasync FROM @deltasync");
			prepare.execute("DEALLOCATE PREPARE deltasync");
			prepare.execute("SET @deltasync = NULL");
		}
	}

	@Override
	public final boolean readsOnToClose() {
		return true;
	}

	@Override
	public final String reading(Column column) {
		// In the text protocol the server rounds floats to six digits.
		return (column.type() == ColumnType.FLOAT) ? "CAST(%s AS DOUBLE)".formatted(quote(column.name()))
				: quote(column.name());
	}

	@Override
	public final String comparing(Column column) {
		// These sort by number, but compare with a text by text.
		return column.comparesOtherwise() ? "(%s + 0)".formatted(quote(column.name())) : reading(column);
	}

	@Override
	public final SessionSettings settingsForReading(boolean instants) {
		return this.sessions.settingsForReading(instants);
	}

	@Override
	public final @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		return this.sessions.settingsForWriting(connection, table, idleLimit);
	}

	/**
	 * Returns the number of rows per statement. The driver can rewrite batches to such
	 * statements, too, but copies and encodes all values twice. A server-side prepared
	 * statement is limited to 65,535 values. Shorter statements are as fast, and easier
	 * on the garbage collector, because Connector/J reserves four bytes for each
	 * character.
	 */
	@Override
	public final int rowsPerStatement(int columns) {
		return Math.max(1, MOST_VALUES / columns);
	}

	@Override
	public final String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, rows) + orUpdate(table, columns, key);
	}

	/** Returns what follows the rows of an upsert. */
	private String orUpdate(Table table, List<Column> columns, List<Column> key) {
		return alias() + onDuplicateKey(table, columns, key);
	}

	/**
	 * Writes several rows as literals, unless there are bytes among their values, which
	 * would double their length. A single row is not: a long one might fit into a
	 * statement as parameters only.
	 */
	@Override
	public final RowStatement prepareUpsert(Connection connection, Table table, List<Column> key, String sql,
			List<Column> columns, int rows) throws SQLException {
		boolean bytes = columns.stream()
			.anyMatch((column) -> column.type() == ColumnType.BINARY || column.type() == ColumnType.BITS);
		if (rows <= 1 || bytes) {
			return super.prepareUpsert(connection, table, key, sql, columns, rows);
		}
		return new LiteralStatement(connection, insert(table, columns, 0), orUpdate(table, columns, key), rows,
				columns.size());
	}

	/**
	 * Compares bytes, so that neither the column's nor the connection's collation
	 * matters. Applies only to values that are stored as written: not to MariaDB's UUID
	 * and INET6, and not to the trailing spaces of a CHAR.
	 */
	@Override
	public final @Nullable String exactly(Column column) {
		String type = column.typeName().toLowerCase(Locale.ROOT);
		if (type.startsWith("char")) {
			return "%s = %s".formatted(bytes("TRIM(TRAILING ' ' FROM CONVERT(%s USING utf8mb4))", quote(column.name())),
					bytes("TRIM(TRAILING ' ' FROM CONVERT(%s USING utf8mb4))", "?"));
		}
		return (type.startsWith("varchar") || type.contains("text"))
				? "%s = %s".formatted(bytes("CONVERT(%s USING utf8mb4)", quote(column.name())),
						bytes("CONVERT(%s USING utf8mb4)", "?"))
				: null;
	}

	private static String bytes(String text, String value) {
		return "CAST(%s AS BINARY)".formatted(text.formatted(value));
	}

	/**
	 * Neither driver can read a date with a zero or a day that its month does not have.
	 */
	@Override
	public final String remedy(Column column, SQLException ex) {
		String remedy = super.remedy(column, ex);
		if (!column.type().isTime()) {
			return remedy;
		}
		String view = "%s, or read a view that has CASE WHEN DAYOFMONTH(%2$s) BETWEEN 1 AND DAYOFMONTH(LAST_DAY(%2$s)) THEN %2$s END in its place"
			.formatted(remedy, quote(column.name()));
		boolean zeros = String.valueOf(ex.getMessage()).contains("Zero date");
		return (zeros && readsZerosAsNull()) ? view
				+ ", or give its connection the property zeroDateTimeBehavior: CONVERT_TO_NULL, which reads zero dates as NULL"
				: view;
	}

	/** Whether the driver has a setting that reads zero dates as NULL. */
	abstract boolean readsZerosAsNull();

	/**
	 * Whether a CHAR is compared as padded to its length even if its collation is NO PAD.
	 */
	abstract boolean comparesPadding();

	/** Returns the clause that names the row that could not be inserted; may be empty. */
	abstract String alias();

	/** Returns the expression for a value of the row that could not be inserted. */
	abstract String proposed(Column column);

	/**
	 * Returns the update clause of an upsert. The database updates the row that collides
	 * in <em>any</em> unique index. With several indexes this may be a row with another
	 * key; the clause then sets the key to NULL, which the database refuses. Texts of the
	 * key are updated, too: the stored row may differ in case, and deleted records are
	 * later removed by their exact key.
	 */
	private String onDuplicateKey(Table table, List<Column> columns, List<Column> key) {
		Column first = key.get(0);
		Map<Column, String> update = new LinkedHashMap<>();
		update.put(first, table.quoted() + "." + quote(first.name()));
		columns.stream()
			.filter((column) -> !key.contains(column) || exactly(column) != null)
			.forEach((column) -> update.put(column, proposed(column)));
		if (!table.otherUniqueIndexes(key).isEmpty()) {
			String guard = key.stream()
				.map((column) -> "%s.%s <=> %s".formatted(table.quoted(), quote(column.name()), proposed(column)))
				.collect(Collectors.joining(" AND "));
			// first, because other assignments would change the compared values
			update.compute(first, (column, value) -> "IF(%s, %s, NULL)".formatted(guard, value));
		}
		else if (update.size() > 1 && exactly(first) == null) {
			update.remove(first);
		}
		return " ON DUPLICATE KEY UPDATE " + update.entrySet()
			.stream()
			.map((one) -> "%s = %s".formatted(quote(one.getKey().name()), one.getValue()))
			.collect(Collectors.joining(", "));
	}

	@Override
	public final BulkLoad bulk(Table table, List<Column> columns, List<Column> key) {
		return new MySqlBulkLoad(table.connection(), table.unsafeEngine() == null,
				BulkSql.of(table, columns, onDuplicateKey(table, columns, key)), files());
	}

	/** Returns what the driver offers to send rows as a file. */
	abstract FileDriver files();

	@Override
	public final TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return MySqlTextForm.of(connection, table, column, comparesPadding());
	}

	@Override
	public final @Nullable String slowWrites(String url) {
		boolean off = url.toLowerCase(Locale.ROOT).contains("rewritebatchedstatements=false");
		return off ? "its URL says rewriteBatchedStatements=false" : null;
	}

}
