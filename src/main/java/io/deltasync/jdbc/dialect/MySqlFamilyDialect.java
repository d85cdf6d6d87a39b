package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The common part of the dialects of MySQL and MariaDB.
 */
abstract class MySqlFamilyDialect extends Dialect {

	// An index on an expression has no column, and an index on a prefix does not hold the
	// whole value: neither counts as an index on a column.
	private static final String KEYS = """
			SELECT INDEX_NAME,
			COALESCE(IF(SUB_PART IS NULL, COLUMN_NAME, CONCAT(COLUMN_NAME, '(', SUB_PART, ')')), '(expression)'),
			NON_UNIQUE = 0, INDEX_NAME = 'PRIMARY'
			FROM INFORMATION_SCHEMA.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
			ORDER BY INDEX_NAME, SEQ_IN_INDEX""";

	private static final String UNSAFE_ENGINE = """
			SELECT T.ENGINE FROM INFORMATION_SCHEMA.TABLES T LEFT JOIN INFORMATION_SCHEMA.ENGINES E ON E.ENGINE = T.ENGINE
			WHERE T.TABLE_SCHEMA = ? AND T.TABLE_NAME = ? AND T.ENGINE IS NOT NULL
			AND COALESCE(E.TRANSACTIONS, 'NO') <> 'YES'""";

	private static final int MOST_VALUES = 60_000;

	@Override
	public final String quote(String identifier) {
		return '`' + identifier.replace("`", "``") + '`';
	}

	@Override
	final @Nullable String currentSchema(Connection connection) throws SQLException {
		return Queries.<@Nullable String>list(connection, "SELECT DATABASE()", List.of(), (row) -> row.getString(1))
			.get(0);
	}

	@Override
	final List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return MySqlColumns.list(connection, schema, table);
	}

	@Override
	final TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, KEYS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
			return indexes;
		});
		return indexes.keys();
	}

	@Override
	final @Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		List<String> engines = Queries.list(connection, UNSAFE_ENGINE, List.of(schema, table),
				MySqlFamilyDialect::text);
		return engines.isEmpty() ? null : engines.get(0);
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
	public final Instant now(Connection connection) throws SQLException {
		return MySqlClock.now(connection);
	}

	@Override
	public final @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		return MySqlClock.openWrites(connection, until);
	}

	@Override
	public final List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException {
		return MySqlClock.zones(connection, times);
	}

	@Override
	public final String zoneProperty(ZoneId zone) {
		return "sessionVariables=time_zone='%s'"
			.formatted((zone instanceof ZoneOffset) ? zone.getId().replace("Z", "+00:00") : zone.getId());
	}

	@Override
	public final long maxStatementSize(Connection connection) throws SQLException {
		return Queries.list(connection, "SELECT @@max_allowed_packet", List.of(), (row) -> row.getLong(1)).get(0);
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
		return (column.type().inKeys() != column.type()) ? "(%s + 0)".formatted(quote(column.name())) : reading(column);
	}

	@Override
	final SessionSettings settingsForReading(boolean instants) {
		return new MySqlSession(timeLimit()).settingsForReading(instants);
	}

	@Override
	public final @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		return new MySqlSession(timeLimit()).settingsForWriting(connection, table, idleLimit);
	}

	/** Returns the variable that limits the duration of a statement. */
	abstract String timeLimit();

	/**
	 * Returns the number of rows per statement. The driver can rewrite batches to such
	 * statements, too, but copies and encodes all values twice. A server-side prepared
	 * statement is limited to 65,535 values.
	 */
	@Override
	public final int rowsPerStatement(int columns) {
		return Math.max(1, MOST_VALUES / columns);
	}

	private static String text(ResultSet row) throws SQLException {
		String text = row.getString(1);
		return (text != null) ? text : "";
	}

	/** Binds the text that the driver would produce. */
	@Override
	public final void bind(PreparedStatement statement, int index, Temporal time) throws SQLException {
		String text = TimeText.of(time);
		if (text != null) {
			statement.setString(index, text);
		}
		else {
			super.bind(statement, index, time);
		}
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

	/** Returns the expression for a value of the row that could not be inserted. */
	abstract String proposed(Column column);

	/**
	 * Returns the update clause of an upsert. The database updates the row that collides
	 * in <em>any</em> unique index. With several indexes this may be a row with another
	 * key; the clause then sets the key to NULL, which the database refuses. Texts of the
	 * key are updated, too: the stored row may differ in case, and deleted records are
	 * later removed by their exact key.
	 */
	final String onDuplicateKey(Table table, List<Column> columns, List<Column> key) {
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
	public final TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return MySqlTextForm.of(connection, table, column, comparesPadding());
	}

	@Override
	public final @Nullable String slowWrites(String url) {
		boolean off = url.toLowerCase(Locale.ROOT).contains("rewritebatchedstatements=false");
		return off ? "its URL says rewriteBatchedStatements=false" : null;
	}

}
