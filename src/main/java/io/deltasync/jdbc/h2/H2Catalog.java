package io.deltasync.jdbc.h2;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.IndexCollector;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/** Reads the catalogue of H2. */
final class H2Catalog implements Catalog {

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

	@Override
	public List<String> schemas(Connection connection) throws SQLException {
		return List.of(connection.getSchema());
	}

	@Override
	public List<Column> columns(Connection connection, String schema, String table) throws SQLException {
		return Queries.list(connection, COLUMNS, List.of(schema, table), H2Catalog::column);
	}

	@Override
	public TableKeys keys(Connection connection, String schema, String table) throws SQLException {
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
		return Column.builder(row.getString("COLUMN_NAME"), type, typeName)
			.size(size)
			.scale(scale)
			.padding(padding(typeName, row))
			.members(members(row))
			.nullable(nullable)
			.optional(nullable || identity || row.getString("COLUMN_DEFAULT") != null)
			.computed("ALWAYS".equals(row.getString("IS_GENERATED"))
					|| "ALWAYS".equals(row.getString("IDENTITY_GENERATION")))
			.numbered(identity)
			.filled(Stream.of(row.getString("COLUMN_DEFAULT"), row.getString("COLUMN_ON_UPDATE"))
				.filter(Objects::nonNull)
				.toList())
			.build();
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

}
