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
 * What MySQL and MariaDB have in common.
 */
abstract class MySqlFamilyDialect extends Dialect {

	// An index on an expression has no column, and one on a prefix does not hold the
	// whole value: neither passes for an index on a column.
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

	// The server tells the time in the zone of its system, whatever the session's. A
	// statement that waits has written nothing yet, but is stamped already.
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

	/** As text, which no driver applies a zone to. */
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

	/** As the server counts them: it may know zones by other names than Java does. */
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
		// As text, which is how they travel, floats are rounded to six digits.
		return (column.type() == ColumnType.FLOAT) ? "CAST(%s AS DOUBLE)".formatted(quote(column.name()))
				: quote(column.name());
	}

	@Override
	public final String comparing(Column column) {
		// These sort by number, but compare by text with a text.
		return (column.type().inKeys() != column.type()) ? "(%s + 0)".formatted(quote(column.name())) : reading(column);
	}

	/**
	 * Without the limits that a server, an account or a URL may set: a part of a table
	 * must not pass for all of it, and a long read must not be ended half-way. Without
	 * the mode that fills texts of fixed length with blanks: the blanks are no part of
	 * the value.
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

	/** The variable that limits how long a statement may take. */
	abstract String timeLimit();

	/**
	 * Also without the limits: the row that a record collides with must not be hidden.
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
			// restored afterwards, as connections may well be idle in their pool
			variables.set("wait_timeout",
					"CAST(LEAST(@@SESSION.wait_timeout, %d) AS UNSIGNED)".formatted(idleLimit.toSeconds()));
		}
		return variables.isEmpty() ? null : variables.settings();
	}

	/**
	 * Without a strict mode the server cuts texts and clips numbers with a warning that
	 * nobody sees, and with one for transactions alone it does so to all rows of a
	 * statement but the first where a table has none; without another mode it makes up a
	 * number where the record says 0, and with MariaDB's last it makes NULL of empty
	 * texts. Keys that are read back are read without padding, as at the source.
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
	 * The driver makes such statements of a batch, too, but copies each row's values and
	 * encodes them twice. With server-side prepared statements there may be 65,535
	 * values.
	 */
	@Override
	public final int rowsPerStatement(int columns) {
		return Math.max(1, MOST_VALUES / columns);
	}

	private static String text(ResultSet row) throws SQLException {
		String text = row.getString(1);
		return (text != null) ? text : "";
	}

	/** As the text that the driver would make of it. */
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
	 * By the bytes: whatever the collation, the column's or the connection's. Only of
	 * what is stored as it was written: not of MariaDB's UUID and INET6, nor with the
	 * spaces behind a CHAR.
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

	/** A day that its month does not have, or no month, both drivers refuse to read. */
	@Override
	public final String mending(Column column, SQLException ex) {
		String mending = super.mending(column, ex);
		if (!column.type().isTime()) {
			return mending;
		}
		String view = "%s, or read a view that has CASE WHEN DAYOFMONTH(%2$s) BETWEEN 1 AND DAYOFMONTH(LAST_DAY(%2$s)) THEN %2$s END in its place"
			.formatted(mending, quote(column.name()));
		boolean zeros = String.valueOf(ex.getMessage()).contains("Zero date");
		return (zeros && readsZerosAsNull()) ? view
				+ ", or give its connection the property zeroDateTimeBehavior: CONVERT_TO_NULL, which makes NULL of dates of zeros"
				: view;
	}

	/** Whether the driver has a setting that makes NULL of a date of zeros. */
	abstract boolean readsZerosAsNull();

	/**
	 * Whether a CHAR is compared with spaces up to its length, also where its collation
	 * counts spaces.
	 */
	abstract boolean comparesPadding();

	/** How the row that could not be inserted is named in the update. */
	abstract String proposed(Column column);

	/**
	 * The database updates the row that it collided with in <em>any</em> unique index.
	 * Where there are several, the row may be another than the one with the record's key,
	 * so its key is set to NULL in that case, which the database refuses. A text of the
	 * key is updated, too: the row may have it in other letters, and what the source has
	 * no more is deleted by the letters that it had.
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
			// before all others: they would change what it compares
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
