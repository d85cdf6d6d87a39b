package io.deltasync.jdbc.dialect;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The dialect of H2 2.x.
 */
public final class H2Dialect extends Dialect {

	private static final String COLUMNS = """
			SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY, IS_GENERATED,
			IDENTITY_GENERATION,
			CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, DEFAULT_ON_NULL, COLUMN_ON_UPDATE,
			CHAR_LENGTH(CAST('' AS CHAR(1))) = 1 AS PADS,
			(SELECT ARRAY_AGG(V.VALUE_NAME ORDER BY V.VALUE_ORDINAL) FROM INFORMATION_SCHEMA.ENUM_VALUES V
			WHERE V.OBJECT_SCHEMA = C.TABLE_SCHEMA AND V.OBJECT_NAME = C.TABLE_NAME AND V.OBJECT_TYPE = 'TABLE'
			AND V.ENUM_IDENTIFIER = C.DTD_IDENTIFIER) AS MEMBERS
			FROM INFORMATION_SCHEMA.COLUMNS C WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";

	private static final String KEYS = """
			SELECT C.INDEX_NAME, C.COLUMN_NAME, C.IS_UNIQUE, I.INDEX_TYPE_NAME = 'PRIMARY KEY'
			FROM INFORMATION_SCHEMA.INDEX_COLUMNS C JOIN INFORMATION_SCHEMA.INDEXES I
			ON I.INDEX_SCHEMA = C.INDEX_SCHEMA AND I.INDEX_NAME = C.INDEX_NAME
			WHERE C.TABLE_SCHEMA = ? AND C.TABLE_NAME = ? ORDER BY C.INDEX_NAME, C.ORDINAL_POSITION""";

	private static final String OPEN_WRITES = """
			SELECT SESSION_ID, SESSION_START,
			COALESCE(SLEEP_SINCE, EXECUTING_STATEMENT_START) <= CAST(? AS TIMESTAMP(9) WITH TIME ZONE)
			FROM INFORMATION_SCHEMA.SESSIONS
			WHERE CONTAINS_UNCOMMITTED AND SESSION_ID <> SESSION_ID()
			AND SESSION_START <= CAST(? AS TIMESTAMP(9) WITH TIME ZONE)""";

	/** Most transactions end within this number of pauses. */
	private static final int MOST_PAUSES = 14;

	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	private static final String TIME_LIMIT = "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'";

	private static final SessionSettings UNLIMITED = new SessionSettings(
			"SET @DELTASYNC_QUERY_TIMEOUT = (%s); SET QUERY_TIMEOUT 0".formatted(TIME_LIMIT),
			"SET QUERY_TIMEOUT @DELTASYNC_QUERY_TIMEOUT");

	@Override
	public String quote(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	@Override
	@Nullable String currentSchema(Connection connection) throws SQLException {
		return connection.getSchema();
	}

	@Override
	List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return Queries.list(connection, COLUMNS, List.of(schema, table), H2Dialect::column);
	}

	@Override
	TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Queries.list(connection, KEYS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
			return indexes;
		});
		return indexes.keys();
	}

	private static Column column(ResultSet row) throws SQLException {
		// with DATABASE_TO_LOWER=TRUE the type names are in lower case, too
		String typeName = row.getString("DATA_TYPE").toUpperCase(Locale.ROOT);
		ColumnType type = type(typeName);
		boolean identity = "YES".equals(row.getString("IS_IDENTITY"));
		boolean nullable = "YES".equals(row.getString("IS_NULLABLE")) && !row.getBoolean("DEFAULT_ON_NULL");
		long size = switch (type) {
			case INTEGER -> row.getInt("NUMERIC_PRECISION");
			case DECIMAL -> row.getLong("NUMERIC_PRECISION");
			default -> row.getLong("CHARACTER_MAXIMUM_LENGTH");
		};
		int scale = switch (type) {
			case DECIMAL -> typeName.equals("DECFLOAT") ? Column.FLOATING : row.getInt("NUMERIC_SCALE");
			case FLOAT, DOUBLE -> Column.FLOATING;
			default -> row.getInt("DATETIME_PRECISION");
		};
		return new Column(row.getString("COLUMN_NAME"), type, typeName, size, scale, padding(typeName, row),
				members(row), false, nullable, nullable || identity || row.getString("COLUMN_DEFAULT") != null,
				"ALWAYS".equals(row.getString("IS_GENERATED")) || "ALWAYS".equals(row.getString("IDENTITY_GENERATION")),
				identity,
				Stream.of(row.getString("COLUMN_DEFAULT"), row.getString("COLUMN_ON_UPDATE"))
					.filter(Objects::nonNull)
					.toList());
	}

	/** In its MySQL mode and some others, H2 strips the spaces of CHAR. */
	private static Column.Padding padding(String typeName, ResultSet row) throws SQLException {
		return switch (typeName) {
			case "CHARACTER" -> row.getBoolean("PADS") ? Column.Padding.FILLED : Column.Padding.STRIPPED;
			case "BINARY" -> Column.Padding.FILLED;
			default -> Column.Padding.NONE;
		};
	}

	private static List<String> members(ResultSet row) throws SQLException {
		Array members = row.getArray("MEMBERS");
		return (members != null) ? Arrays.stream((Object[]) members.getArray()).map(String::valueOf).toList()
				: List.of();
	}

	private static ColumnType type(String typeName) {
		return switch (typeName) {
			case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> ColumnType.INTEGER;
			case "NUMERIC", "DECIMAL", "DECFLOAT" -> ColumnType.DECIMAL;
			case "REAL" -> ColumnType.FLOAT;
			case "DOUBLE PRECISION", "FLOAT" -> ColumnType.DOUBLE;
			case "BOOLEAN" -> ColumnType.BOOLEAN;
			case "CHARACTER", "CHARACTER VARYING", "CHARACTER LARGE OBJECT", "VARCHAR_IGNORECASE", "ENUM" ->
				ColumnType.TEXT;
			case "JSON" -> ColumnType.JSON;
			case "BINARY", "BINARY VARYING", "BINARY LARGE OBJECT" -> ColumnType.BINARY;
			case "DATE" -> ColumnType.DATE;
			case "TIME" -> ColumnType.TIME;
			case "TIMESTAMP" -> ColumnType.LOCAL_DATE_TIME;
			case "TIMESTAMP WITH TIME ZONE" -> ColumnType.OFFSET_DATE_TIME;
			case "UUID" -> ColumnType.UUID;
			default -> ColumnType.OTHER;
		};
	}

	@Override
	public Instant now(Connection connection) throws SQLException {
		return Queries
			.list(connection, "SELECT CURRENT_TIMESTAMP(9)", List.of(),
					(row) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.get(0);
	}

	/**
	 * Returns the open transactions. H2 does not report when a transaction began: at the
	 * earliest with its session, at the latest when the session became idle or began its
	 * current statement. If this leaves the start uncertain, the session counts when it
	 * has uncommitted changes in every sample.
	 */
	@Override
	public @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException {
		List<OpenSession> open = openSessions(connection, until);
		for (int pauses = 0; pauses < MOST_PAUSES && !open.stream().allMatch(OpenSession::known); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			Set<Long> still = openSessions(connection, until).stream().map(OpenSession::id).collect(Collectors.toSet());
			open.removeIf((session) -> !session.known() && !still.contains(session.id()));
		}
		return open.stream()
			.map(OpenSession::start)
			.min(Comparator.naturalOrder())
			.map((since) -> new OpenWrites(since, true))
			.orElse(null);
	}

	private static List<OpenSession> openSessions(Connection connection, Instant until) throws SQLException {
		return Queries.list(connection, OPEN_WRITES, List.of(until.toString(), until.toString()),
				(row) -> new OpenSession(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(),
						row.getBoolean(3)));
	}

	/** Returns one zone: that of the client, unless the URL sets another. */
	@Override
	public List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException {
		String name = Queries
			.list(connection, "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'TIME ZONE'",
					List.of(), (row) -> String.valueOf(row.getString(1)))
			.stream()
			.findFirst()
			.orElse("");
		try {
			ZoneRules rules = ZoneId.of(name).getRules();
			return List.of(new ServerZone(name, name,
					times.stream().map((time) -> rules.getOffset(time).getTotalSeconds()).toList()));
		}
		catch (DateTimeException ex) {
			return List.of(new ServerZone(name, name, List.of()));
		}
	}

	@Override
	public String zoneProperty(ZoneId zone) {
		return "TIME ZONE=%s in its URL".formatted(zone);
	}

	@Override
	public int streamingFetchSize(int rows) {
		return rows;
	}

	@Override
	public boolean readsOnToClose() {
		return false;
	}

	/** Removes the time limit that a URL may set. */
	@Override
	SessionSettings settingsForReading(boolean instants) {
		return UNLIMITED;
	}

	@Override
	public @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		boolean limited = Queries.list(connection, TIME_LIMIT, List.of(), (row) -> row.getLong(1))
			.stream()
			.anyMatch((limit) -> limit > 0);
		return limited ? UNLIMITED : null;
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)".formatted(table.quoted(), names(columns), names(key),
				placeholders(columns));
	}

	@Override
	public TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return H2TextForm.of(connection, column);
	}

	@Override
	public @Nullable String slowWrites(String url) {
		return null;
	}

	@Override
	String placeholder(Column column) {
		return (column.type() == ColumnType.JSON) ? "? FORMAT JSON" : "?";
	}

	/**
	 * A session with uncommitted changes.
	 *
	 * @param id its number
	 * @param start when it was opened
	 * @param known whether its transaction is known to have begun by the time in question
	 */
	private record OpenSession(long id, Instant start, boolean known) {

	}

}
