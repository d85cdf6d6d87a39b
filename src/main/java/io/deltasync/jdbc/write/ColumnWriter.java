package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;

import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes values to a column exactly or refuses them: a value that the database or its
 * driver would round, truncate, pad or shift is refused before it is sent. A text is
 * converted to a number, boolean and so on only if it is the canonical text of that
 * value, so that different texts never become the same value. There are two exceptions
 * outside of keys: fractions of seconds are truncated to the column's precision, and
 * floating-point numbers are rounded to the nearest. Chosen once per statement.
 */
abstract class ColumnWriter {

	private final Column column;

	ColumnWriter(Column column) {
		this.column = column;
	}

	/**
	 * Returns the writer of a column.
	 * @param zone the zone of dates and times without a zone
	 * @param ofKey whether the column is part of the key, so that nothing may be
	 * truncated
	 */
	static ColumnWriter of(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case INTEGER -> isNamed(column, "year") ? new YearWriter(column) : new IntegerWriter(column);
			case DECIMAL -> new DecimalWriter(column, ofKey);
			case FLOAT, DOUBLE -> new FloatingWriter(column, ofKey);
			case BOOLEAN -> new BooleanWriter(column);
			case TEXT -> text(column, ofKey);
			case ENUM -> new EnumWriter(column, ofKey);
			case JSON -> new JsonWriter(column);
			case BINARY -> new BinaryWriter(column);
			case BITS -> new BitsWriter(column, ofKey);
			case DATE, LOCAL_DATE_TIME, INSTANT, OFFSET_DATE_TIME -> new DateTimeWriter(column, zone, ofKey);
			case TIME, TIME_SPAN -> new TimeWriter(column, ofKey);
			case UUID -> new UuidWriter(column);
			case OTHER -> new ObjectWriter(column, ofKey);
		};
	}

	private static ColumnWriter text(Column column, boolean ofKey) {
		if (!column.members().isEmpty()) {
			return new EnumWriter(column, ofKey);
		}
		if (isNamed(column, "uuid")) {
			return new UuidWriter(column);
		}
		return isNamed(column, "inet") ? new AddressWriter(column) : new TextWriter(column);
	}

	static boolean isNamed(Column column, String prefix) {
		return column.typeName().toLowerCase(Locale.ROOT).startsWith(prefix);
	}

	final Column column() {
		return this.column;
	}

	final void write(RowSink values, @Nullable Object value) throws SQLException, ValueRefusedException {
		if (value != null) {
			writeValue(values, value);
		}
		else if (this.column.nullable()) {
			values.addNull();
		}
		else {
			// Some databases would store a default value instead.
			throw ValueRefusedException.of(this.column, "is NOT NULL, but the record has null");
		}
	}

	abstract void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException;

}
