package io.deltasync.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * H2 2.x.
 */
final class H2Dialect extends Dialect {

	private static final String COLUMNS = """
			SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY, IS_GENERATED,
			CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION
			FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";

	private static final String KEYS = """
			SELECT C.INDEX_NAME, C.COLUMN_NAME, C.IS_UNIQUE, I.INDEX_TYPE_NAME = 'PRIMARY KEY'
			FROM INFORMATION_SCHEMA.INDEX_COLUMNS C JOIN INFORMATION_SCHEMA.INDEXES I
			ON I.INDEX_SCHEMA = C.INDEX_SCHEMA AND I.INDEX_NAME = C.INDEX_NAME
			WHERE C.TABLE_SCHEMA = ? AND C.TABLE_NAME = ? ORDER BY C.INDEX_NAME, C.ORDINAL_POSITION""";

	@Override
	String quote(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	@Override
	@Nullable String currentSchema(Connection connection) throws SQLException {
		return connection.getSchema();
	}

	@Override
	List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return Rows.list(connection, COLUMNS, List.of(schema, table), H2Dialect::column);
	}

	@Override
	TableKeys keys(Connection connection, String schema, String table) throws SQLException {
		IndexCollector indexes = new IndexCollector();
		Rows.list(connection, KEYS, List.of(schema, table), (row) -> {
			indexes.add(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
			return indexes;
		});
		return indexes.keys();
	}

	private static Column column(ResultSet row) throws SQLException {
		// with DATABASE_TO_LOWER=TRUE the names of types are in lower case too
		String typeName = row.getString("DATA_TYPE").toUpperCase(Locale.ROOT);
		ColumnType type = type(typeName);
		boolean identity = "YES".equals(row.getString("IS_IDENTITY"));
		boolean nullable = "YES".equals(row.getString("IS_NULLABLE"));
		long size = switch (type) {
			case INTEGER -> row.getInt("NUMERIC_PRECISION");
			case DECIMAL -> typeName.equals("DECFLOAT") ? 0 : row.getLong("NUMERIC_PRECISION");
			default -> row.getLong("CHARACTER_MAXIMUM_LENGTH");
		};
		int scale = (type == ColumnType.DECIMAL) ? row.getInt("NUMERIC_SCALE") : row.getInt("DATETIME_PRECISION");
		return new Column(row.getString("COLUMN_NAME"), type, typeName, size, scale, false, nullable,
				nullable || identity || row.getString("COLUMN_DEFAULT") != null,
				"ALWAYS".equals(row.getString("IS_GENERATED")), identity);
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
	Instant now(Connection connection) throws SQLException {
		return Rows
			.list(connection, "SELECT CURRENT_TIMESTAMP(9)", List.of(),
					(row) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.get(0);
	}

	@Override
	int streamingFetchSize(int rows) {
		return rows;
	}

	@Override
	@Nullable SessionSettings settingsForReading(boolean instants) {
		return null;
	}

	@Override
	@Nullable SessionSettings settingsForWriting(Connection connection, boolean instants, boolean numbered) {
		return null;
	}

	@Override
	String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)".formatted(table.quoted(), names(columns), names(key),
				placeholders(columns));
	}

	@Override
	@Nullable String slowWrites(String url) {
		return null;
	}

	@Override
	String placeholder(Column column) {
		return (column.type() == ColumnType.JSON) ? "? FORMAT JSON" : "?";
	}

}
