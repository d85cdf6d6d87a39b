package io.deltasync.jdbc.generic;

import java.sql.Types;
import java.util.Locale;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/** Maps the types of JDBC. */
final class GenericTypes {

	/** The length of '2026-11-21 08:00:00.' as text. */
	private static final int DATE_TIME_LENGTH = 20;

	/** The length of '08:00:00.' as text. */
	private static final int TIME_LENGTH = 9;

	/** The length of '+01:00' as text. */
	private static final int OFFSET_LENGTH = 6;

	private static final int NANOSECONDS = 9;

	private GenericTypes() {
	}

	/**
	 * Begins the description of a column.
	 * @param type the type's number in {@link Types}
	 * @param typeName the database's name of the type
	 * @param size its length or its number of digits
	 * @param digits the number of digits after the point
	 */
	static Column.Builder column(String name, int type, String typeName, int size, int digits) {
		String lower = typeName.toLowerCase(Locale.ROOT);
		if (lower.startsWith("interval")) {
			return Column.builder(name, ColumnType.OTHER, typeName);
		}
		if (lower.equals("uuid")) {
			return Column.builder(name, ColumnType.UUID, typeName);
		}
		return switch (type) {
			case Types.BOOLEAN -> Column.builder(name, ColumnType.BOOLEAN, typeName);
			case Types.BIT -> Column.builder(name, (size <= 1) ? ColumnType.BOOLEAN : ColumnType.OTHER, typeName);
			case Types.TINYINT -> Column.builder(name, ColumnType.INTEGER, typeName).size(Byte.SIZE);
			case Types.SMALLINT -> Column.builder(name, ColumnType.INTEGER, typeName).size(Short.SIZE);
			case Types.INTEGER -> Column.builder(name, ColumnType.INTEGER, typeName).size(Integer.SIZE);
			case Types.BIGINT -> Column.builder(name, ColumnType.INTEGER, typeName).size(Long.SIZE);
			case Types.DECIMAL, Types.NUMERIC -> decimal(name, typeName, size, digits);
			case Types.REAL -> Column.builder(name, ColumnType.FLOAT, typeName).scale(Column.FLOATING);
			case Types.FLOAT, Types.DOUBLE -> Column.builder(name, ColumnType.DOUBLE, typeName).scale(Column.FLOATING);
			case Types.CHAR, Types.NCHAR ->
				Column.builder(name, ColumnType.TEXT, typeName).size(size).padding(Column.Padding.FILLED);
			case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB ->
				Column.builder(name, ColumnType.TEXT, typeName).size(size);
			case Types.BINARY ->
				Column.builder(name, ColumnType.BINARY, typeName).size(size).padding(Column.Padding.FILLED);
			case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
				Column.builder(name, ColumnType.BINARY, typeName).size(size);
			case Types.DATE -> Column.builder(name, ColumnType.DATE, typeName);
			case Types.TIME ->
				Column.builder(name, ColumnType.TIME, typeName).scale(fraction(size - TIME_LENGTH, digits));
			case Types.TIMESTAMP -> Column.builder(name, ColumnType.LOCAL_DATE_TIME, typeName)
				.scale(fraction(size - DATE_TIME_LENGTH, digits));
			case Types.TIMESTAMP_WITH_TIMEZONE -> Column.builder(name, ColumnType.OFFSET_DATE_TIME, typeName)
				.scale(fraction(size - DATE_TIME_LENGTH - OFFSET_LENGTH, digits));
			default -> Column.builder(name, ColumnType.OTHER, typeName);
		};
	}

	private static Column.Builder decimal(String name, String typeName, int size, int digits) {
		Column.Builder column = Column.builder(name, ColumnType.DECIMAL, typeName);
		// some databases have numbers without fixed digits, and tell -127 or 0
		return (size > 0 && digits >= 0) ? column.size(size).scale(digits) : column;
	}

	/**
	 * Returns the digits of a fraction of a second, which drivers tell by the length of
	 * the text, by the digits, or by both.
	 */
	private static int fraction(int byLength, int digits) {
		return Math.max(0, Math.min(NANOSECONDS, Math.max(byLength, digits)));
	}

}
