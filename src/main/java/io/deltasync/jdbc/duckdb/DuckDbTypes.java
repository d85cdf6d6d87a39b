package io.deltasync.jdbc.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/** Maps the types of DuckDB. */
final class DuckDbTypes {

	private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

	private static final Pattern MEMBER = Pattern.compile("'((?:[^']|'')*)'");

	/** Digits of the largest number of 128 bits. */
	private static final int HUGE_DIGITS = 39;

	private static final int MICROSECONDS = 6;

	private static final int MILLISECONDS = 3;

	private DuckDbTypes() {
	}

	/**
	 * Begins the description of a column.
	 * @param collated whether texts of the table may have a collation
	 */
	static Column.Builder column(String name, String type, boolean collated) {
		Matcher decimal = DECIMAL.matcher(type);
		if (decimal.matches()) {
			return Column.builder(name, ColumnType.DECIMAL, type)
				.size(Long.parseLong(decimal.group(1)))
				.scale(Integer.parseInt(decimal.group(2)));
		}
		if (type.startsWith("ENUM(")) {
			// compared as a text, because a parameter is one
			return Column.builder(name, ColumnType.ENUM, type).keyType(ColumnType.TEXT).members(members(type));
		}
		return switch (type) {
			case "BOOLEAN" -> Column.builder(name, ColumnType.BOOLEAN, type);
			case "TINYINT", "UTINYINT" -> integer(name, type, Byte.SIZE);
			case "SMALLINT", "USMALLINT" -> integer(name, type, Short.SIZE);
			case "INTEGER", "UINTEGER" -> integer(name, type, Integer.SIZE);
			case "BIGINT", "UBIGINT" -> integer(name, type, Long.SIZE);
			case "HUGEINT" -> Column.builder(name, ColumnType.DECIMAL, type).size(HUGE_DIGITS);
			case "UHUGEINT" -> Column.builder(name, ColumnType.DECIMAL, type).size(HUGE_DIGITS).unsigned(true);
			case "FLOAT" -> Column.builder(name, ColumnType.FLOAT, type).scale(Column.FLOATING);
			case "DOUBLE" -> Column.builder(name, ColumnType.DOUBLE, type).scale(Column.FLOATING);
			case "VARCHAR" -> Column.builder(name, ColumnType.TEXT, collated ? "VARCHAR COLLATE" : type);
			case "JSON" -> Column.builder(name, ColumnType.JSON, type);
			case "BLOB" -> Column.builder(name, ColumnType.BINARY, type);
			case "DATE" -> Column.builder(name, ColumnType.DATE, type);
			case "TIME" -> Column.builder(name, ColumnType.TIME, type).scale(MICROSECONDS);
			case "TIMESTAMP_S" -> Column.builder(name, ColumnType.LOCAL_DATE_TIME, type);
			case "TIMESTAMP_MS" -> Column.builder(name, ColumnType.LOCAL_DATE_TIME, type).scale(MILLISECONDS);
			// the driver writes microseconds also to TIMESTAMP_NS
			case "TIMESTAMP", "TIMESTAMP_NS" ->
				Column.builder(name, ColumnType.LOCAL_DATE_TIME, type).scale(MICROSECONDS);
			case "TIMESTAMP WITH TIME ZONE" -> Column.builder(name, ColumnType.INSTANT, type).scale(MICROSECONDS);
			case "UUID" -> Column.builder(name, ColumnType.UUID, type);
			default -> Column.builder(name, ColumnType.OTHER, type);
		};
	}

	private static Column.Builder integer(String name, String type, int bits) {
		return Column.builder(name, ColumnType.INTEGER, type).size(bits).unsigned(type.startsWith("U"));
	}

	private static List<String> members(String type) {
		List<String> members = new ArrayList<>();
		Matcher member = MEMBER.matcher(type);
		while (member.find()) {
			members.add(member.group(1).replace("''", "'"));
		}
		return members;
	}

	/** Whether a column may compare different texts as equal. */
	static boolean isCollated(Column column) {
		return column.typeName().contains("COLLATE");
	}

}
