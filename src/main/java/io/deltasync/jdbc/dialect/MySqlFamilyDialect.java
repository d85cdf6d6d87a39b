package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The common part of the dialects of MySQL and MariaDB.
 * <p>
 * The class is long because these two servers have almost everything in common: their
 * catalogue, sessions, statements and error codes.
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

	private static final String WRITING = """
			SELECT @@SESSION.sql_mode,
			@@SESSION.character_set_client = 'utf8mb4' AND @@SESSION.character_set_connection = 'utf8mb4',
			@@SESSION.sql_select_limit = 18446744073709551615 AND @@SESSION.sql_big_selects = 1
			AND @@SESSION.%s = 0""";

	private static final String UNSAFE_ENGINE = """
			SELECT T.ENGINE FROM INFORMATION_SCHEMA.TABLES T LEFT JOIN INFORMATION_SCHEMA.ENGINES E ON E.ENGINE = T.ENGINE
			WHERE T.TABLE_SCHEMA = ? AND T.TABLE_NAME = ? AND T.ENGINE IS NOT NULL
			AND COALESCE(E.TRANSACTIONS, 'NO') <> 'YES'""";

	// The server reports trx_started in the system's zone, regardless of the session's. A
	// waiting statement has written nothing yet, but its timestamp is already fixed.
	private static final String OPEN_WRITES = """
			SELECT CAST(MIN(CONVERT_TZ(trx_started, 'SYSTEM', '+00:00')) AS CHAR),
			COALESCE(SUM(trx_mysql_thread_id = 0), 0) = 0
			FROM information_schema.innodb_trx
			WHERE (trx_rows_modified > 0 OR (trx_tables_locked > 0 AND trx_query IS NOT NULL))
			AND trx_mysql_thread_id <> CONNECTION_ID()
			AND (trx_mysql_thread_id = 0 OR CONVERT_TZ(trx_started, 'SYSTEM', '+00:00') <= ?)""";

	private static final String PADDED_TEXTS = "PAD_CHAR_TO_FULL_LENGTH";

	private static final int PROCESS_PRIVILEGE_NEEDED = 1227;

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

	/** Reads text, because drivers do not convert it to another zone. */
	@Override
	public final Instant now(Connection connection) throws SQLException {
		String utc = Queries
			.list(connection, "SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)", List.of(), MySqlFamilyDialect::text)
			.get(0);
		return instant(utc);
	}

	private static Instant instant(String utc) {
		return Instant.parse(utc.replace(' ', 'T') + "Z");
	}

	@Override
	public final @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		String utc = LocalDateTime.ofInstant(until, ZoneOffset.UTC).toString().replace('T', ' ');
		try {
			return Queries.<@Nullable OpenWrites>list(connection, OPEN_WRITES, List.of(utc), (row) -> {
				String since = row.getString(1);
				return (since != null) ? new OpenWrites(instant(since), row.getBoolean(2)) : null;
			}).get(0);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == PROCESS_PRIVILEGE_NEEDED) {
				return null;
			}
			throw ex;
		}
	}

	@Override
	public final List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException {
		List<String> names = Queries
			.list(connection, "SELECT @@GLOBAL.time_zone, @@SESSION.time_zone, @@system_time_zone", List.of(),
					(row) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
			.get(0);
		List<ServerZone> zones = new ArrayList<>();
		for (String name : new LinkedHashSet<>(names.subList(0, 2))) {
			String known = name.equals("SYSTEM") ? names.get(2) : name;
			zones.add(new ServerZone(known, "\"%s\"".formatted(known), offsets(connection, name, times)));
		}
		return zones;
	}

	/**
	 * Lets the server compute the offsets, because its zone names may differ from Java's.
	 */
	private static List<Integer> offsets(Connection connection, String zone, List<Instant> times) throws SQLException {
		String sql = times.stream()
			.map((time) -> LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC))
			.map((utc) -> "'%s %s'".formatted(utc.toLocalDate(), utc.toLocalTime()))
			.map((utc) -> "TIMESTAMPDIFF(SECOND, %1$s, CONVERT_TZ(%1$s, '+00:00', ?))".formatted(utc))
			.collect(Collectors.joining(", ", "SELECT ", ""));
		return Queries.list(connection, sql, Collections.nCopies(times.size(), zone), (row) -> {
			List<Integer> offsets = new ArrayList<>();
			for (int i = 1; i <= times.size(); i++) {
				int offset = row.getInt(i);
				if (row.wasNull()) {
					return List.<Integer>of();
				}
				offsets.add(offset);
			}
			return offsets;
		}).get(0);
	}

	@Override
	public final String zoneProperty(ZoneId zone) {
		return "sessionVariables=time_zone='%s'"
			.formatted((zone instanceof ZoneOffset) ? zone.getId().replace("Z", "+00:00") : zone.getId());
	}

	@Override
	public final long longestStatement(Connection connection) throws SQLException {
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

	/**
	 * Removes the limits that a server, an account or a URL may set: a part of a table
	 * must not be mistaken for the whole, and a long read must not end half-way. Also
	 * removes the mode that pads texts of fixed length, because the spaces are not part
	 * of the value.
	 */
	@Override
	final SessionSettings settingsForReading(boolean instants) {
		SessionVariables variables = unlimited(new SessionVariables())
			.set("sql_mode", "REPLACE(@@SESSION.sql_mode, '%s', '')".formatted(PADDED_TEXTS))
			.utf8();
		return (instants ? variables.utc() : variables).settings();
	}

	private SessionVariables unlimited(SessionVariables variables) {
		return variables.set("sql_select_limit", "18446744073709551615")
			.set("sql_big_selects", "1")
			.set(timeLimit(), "0");
	}

	/** Returns the variable that limits the duration of a statement. */
	abstract String timeLimit();

	/**
	 * Removes the limits here, too: the row that a record collides with must not be
	 * hidden.
	 */
	@Override
	public final @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		SessionVariables variables = new SessionVariables();
		Queries.list(connection, WRITING.formatted(timeLimit()), List.of(), (row) -> {
			String mode = text(row);
			String needed = neededMode(mode, table);
			if (!needed.equals(mode)) {
				variables.set("sql_mode", "'" + needed + "'");
			}
			if (!row.getBoolean(3)) {
				unlimited(variables);
			}
			return row.getBoolean(2) ? variables : variables.utf8();
		});
		if (table.has(ColumnType.INSTANT)) {
			variables.utc();
		}
		if (idleLimit != null) {
			// restored afterwards, because connections may be idle for long in their pool
			variables.set("wait_timeout",
					"CAST(LEAST(@@SESSION.wait_timeout, %d) AS UNSIGNED)".formatted(idleLimit.toSeconds()));
		}
		return variables.isEmpty() ? null : variables.settings();
	}

	/**
	 * Returns the SQL mode that stores values unchanged. Without a strict mode the server
	 * truncates texts and clips numbers with a warning that nobody sees; with
	 * STRICT_TRANS_TABLES it still does so for all but the first row of a statement if
	 * the table has no transactions. Without NO_AUTO_VALUE_ON_ZERO it generates a number
	 * for 0, and with EMPTY_STRING_IS_NULL it turns empty texts into NULL. Keys are read
	 * back without padding, as at the source.
	 */
	private static String neededMode(String mode, Table table) {
		List<String> modes = new ArrayList<>(List.of(mode.split(",")));
		modes.remove("EMPTY_STRING_IS_NULL");
		modes.remove(PADDED_TEXTS);
		boolean strict = modes.contains("STRICT_ALL_TABLES")
				|| (modes.contains("STRICT_TRANS_TABLES") && table.unsafeEngine() == null);
		if (!strict) {
			modes.add("STRICT_ALL_TABLES");
		}
		if (table.columns().stream().anyMatch(Column::numbered) && !modes.contains("NO_AUTO_VALUE_ON_ZERO")) {
			modes.add("NO_AUTO_VALUE_ON_ZERO");
		}
		modes.remove("");
		return String.join(",", modes);
	}

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
		if (!table.uniqueBeside(key).isEmpty()) {
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
