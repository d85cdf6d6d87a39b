package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/**
 * Reads the columns of a table from the catalogue of MySQL and MariaDB, which is more
 * precise than the drivers' metadata: the drivers report a TINYINT(1) as a bit.
 */
final class MySqlColumns {

	private static final String COLUMNS = """
			SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION,
			CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION
			FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";

	/** Bits of all JSON numbers except those that fit a BIGINT. */
	private static final int JSON_PRECISION = 53;

	private MySqlColumns() {
	}

	static List<Column> list(Connection connection, String schema, String table) throws SQLException {
		return Queries.list(connection, COLUMNS, List.of(schema, table), MySqlColumns::column);
	}

	private static Column column(ResultSet row) throws SQLException {
		String dataType = row.getString("DATA_TYPE");
		ColumnType type = type(dataType);
		String extra = row.getString("EXTRA");
		String expression = row.getString("GENERATION_EXPRESSION");
		boolean nullable = "YES".equals(row.getString("IS_NULLABLE"));
		boolean numbered = extra != null && extra.contains("auto_increment");
		String columnType = row.getString("COLUMN_TYPE");
		return Column.builder(row.getString("COLUMN_NAME"), type, columnType)
			// they sort by number
			.keyType((type == ColumnType.ENUM || type == ColumnType.BITS) ? ColumnType.INTEGER : type)
			.size(size(type, dataType, row))
			.scale(scale(type, row))
			.padding(padding(dataType))
			.members((type == ColumnType.ENUM) ? MySqlMembers.of(columnType) : List.of())
			.unsigned(columnType.contains("unsigned") || dataType.equals("year"))
			.nullable(nullable)
			.optional(nullable || numbered || row.getString("COLUMN_DEFAULT") != null)
			.computed(expression != null && !expression.isEmpty())
			.numbered(numbered)
			.filled(Stream.of(row.getString("COLUMN_DEFAULT"), extra).filter(Objects::nonNull).toList())
			.build();
	}

	private static long size(ColumnType type, String dataType, ResultSet row) throws SQLException {
		return switch (type) {
			case INTEGER -> bits(dataType);
			case DECIMAL, BITS -> row.getLong("NUMERIC_PRECISION");
			case JSON -> JSON_PRECISION;
			// In some versions the catalogue's own type is too small for the length of
			// LONGTEXT.
			case TEXT, BINARY -> row.getBigDecimal("CHARACTER_MAXIMUM_LENGTH") == null ? 0
					: row.getBigDecimal("CHARACTER_MAXIMUM_LENGTH").longValue();
			default -> 0;
		};
	}

	private static int scale(ColumnType type, ResultSet row) throws SQLException {
		return switch (type) {
			case DECIMAL -> row.getInt("NUMERIC_SCALE");
			case FLOAT, DOUBLE -> {
				int scale = row.getInt("NUMERIC_SCALE");
				yield row.wasNull() ? Column.FLOATING : scale;
			}
			default -> row.getInt("DATETIME_PRECISION");
		};
	}

	private static Column.Padding padding(String dataType) {
		return switch (dataType) {
			case "char" -> Column.Padding.STRIPPED;
			case "binary" -> Column.Padding.FILLED;
			default -> Column.Padding.NONE;
		};
	}

	private static int bits(String dataType) {
		return switch (dataType) {
			case "tinyint" -> 8;
			case "smallint", "year" -> 16;
			case "mediumint" -> 24;
			case "bigint" -> 64;
			default -> 32;
		};
	}

	private static ColumnType type(String dataType) {
		return switch (dataType) {
			case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> ColumnType.INTEGER;
			case "decimal" -> ColumnType.DECIMAL;
			case "float" -> ColumnType.FLOAT;
			case "double" -> ColumnType.DOUBLE;
			case "bit" -> ColumnType.BITS;
			case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "uuid", "inet4", "inet6" ->
				ColumnType.TEXT;
			case "enum", "set" -> ColumnType.ENUM;
			case "json" -> ColumnType.JSON;
			case "date" -> ColumnType.DATE;
			case "time" -> ColumnType.TIME_SPAN;
			case "datetime" -> ColumnType.LOCAL_DATE_TIME;
			case "timestamp" -> ColumnType.INSTANT;
			// Geometries, too: the server accepts their internal form.
			default -> ColumnType.BINARY;
		};
	}

}
