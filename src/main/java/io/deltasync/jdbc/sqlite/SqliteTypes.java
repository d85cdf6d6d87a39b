package io.deltasync.jdbc.sqlite;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/**
 * Maps the names of types in SQLite, which are free texts: common names to their kinds,
 * others by SQLite's own rules of affinity.
 */
final class SqliteTypes {

	private static final Pattern DIGITS = Pattern.compile("\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");

	/** Digits after the second that a text may have. */
	private static final int NANOSECONDS = 9;

	/** Bits of the numbers to which SQLite converts JSON that is a bare number. */
	private static final int DOUBLE_BITS = 53;

	private SqliteTypes() {
	}

	/**
	 * Begins the description of a column.
	 * @param declared the declared type; may be empty
	 * @param strict whether the table is STRICT
	 */
	static Column.Builder column(String name, String declared, boolean strict) {
		String typeName = declared.isEmpty() ? "without a type" : declared;
		String upper = declared.toUpperCase(Locale.ROOT).replaceFirst("\\(.*", "").strip();
		return switch (upper) {
			case "" -> Column.builder(name, ColumnType.OTHER, typeName);
			case "ANY" -> Column.builder(name, ColumnType.OTHER, typeName).unsigned(!strict);
			case "BOOLEAN", "BOOL" -> Column.builder(name, ColumnType.BOOLEAN, typeName).keyType(ColumnType.INTEGER);
			case "DATE" -> Column.builder(name, ColumnType.DATE, typeName);
			case "TIME" -> Column.builder(name, ColumnType.TIME, typeName).keyType(ColumnType.TEXT).scale(NANOSECONDS);
			case "JSON" -> Column.builder(name, ColumnType.JSON, typeName).size(DOUBLE_BITS);
			case "UUID", "GUID" -> Column.builder(name, ColumnType.UUID, typeName).keyType(ColumnType.TEXT);
			case "NUMERIC", "DECIMAL", "DEC", "NUMBER" -> decimal(name, typeName);
			default -> byWords(name, typeName, upper);
		};
	}

	private static Column.Builder decimal(String name, String typeName) {
		Column.Builder column = Column.builder(name, ColumnType.DECIMAL, typeName);
		Matcher digits = DIGITS.matcher(typeName);
		if (digits.find()) {
			column.size(Long.parseLong(digits.group(1)))
				.scale((digits.group(2) != null) ? Integer.parseInt(digits.group(2)) : 0);
		}
		return column;
	}

	private static Column.Builder byWords(String name, String typeName, String upper) {
		if (upper.startsWith("TIMESTAMP") || upper.startsWith("DATETIME")) {
			boolean zoned = (upper.contains("TZ") || upper.contains("ZONE")) && !upper.contains("WITHOUT");
			return Column.builder(name, zoned ? ColumnType.INSTANT : ColumnType.LOCAL_DATE_TIME, typeName)
				.scale(NANOSECONDS);
		}
		if (upper.contains("INT")) {
			// rows may hold fractions, by which they are compared, too
			return Column.builder(name, ColumnType.INTEGER, typeName).keyType(ColumnType.DECIMAL).size(Long.SIZE);
		}
		if (upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT")) {
			return Column.builder(name, ColumnType.TEXT, typeName);
		}
		if (upper.contains("BLOB")) {
			return Column.builder(name, ColumnType.BINARY, typeName);
		}
		if (upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB")) {
			return Column.builder(name, ColumnType.DOUBLE, typeName).scale(Column.FLOATING);
		}
		return Column.builder(name, ColumnType.OTHER, typeName).unsigned(true);
	}

	/**
	 * Whether a column of any kind converts texts that look like numbers: the affinity
	 * NUMERIC.
	 */
	static boolean convertsTexts(Column column) {
		return column.unsigned();
	}

}
