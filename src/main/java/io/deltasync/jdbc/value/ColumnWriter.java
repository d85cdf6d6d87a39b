package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes values to a column exactly or refuses them: a value that the database or its
 * driver would round, truncate, pad or shift is refused before it is sent. A text is
 * converted to a number, boolean and so on only if it is the canonical text of that
 * value, so that different texts never become the same value. There are two exceptions
 * outside of keys: fractions of seconds are truncated to the column's precision, and
 * floating-point numbers are rounded to the nearest. Chosen once per statement.
 */
public abstract class ColumnWriter {

	private final Column column;

	/** Creates the writer of a column. */
	protected ColumnWriter(Column column) {
		this.column = column;
	}

	/**
	 * Returns the usual writer of a column.
	 * @param zone the zone of dates and times without a zone
	 * @param ofKey whether the column is part of the key, so that nothing may be
	 * truncated
	 */
	public static ColumnWriter of(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case INTEGER -> new IntegerWriter(column);
			case DECIMAL -> new DecimalWriter(column, ofKey);
			case FLOAT, DOUBLE -> new FloatingWriter(column, ofKey, true);
			case BOOLEAN -> new BooleanWriter(column);
			case TEXT -> column.members().isEmpty() ? new TextWriter(column) : new EnumWriter(column);
			case ENUM -> new EnumWriter(column);
			case JSON -> new JsonWriter(column);
			case BINARY -> new BinaryWriter(column);
			case BITS -> new BitsWriter(column, ofKey);
			case DATE, LOCAL_DATE_TIME, INSTANT, OFFSET_DATE_TIME -> new DateTimeWriter(column, zone, ofKey);
			case TIME, TIME_SPAN -> new TimeWriter(column, ofKey);
			case UUID -> new UuidWriter(column);
			case OTHER -> new UnsupportedWriter(column);
		};
	}

	/** Whether the database's own name of the type begins with a word. */
	protected static boolean isNamed(Column column, String prefix) {
		return column.typeName().toLowerCase(Locale.ROOT).startsWith(prefix);
	}

	/** Returns the column. */
	public final Column column() {
		return this.column;
	}

	/** Writes a value to the sink, or null if the column takes it. */
	public final void write(RowSink values, @Nullable Object value) throws SQLException, ValueRefusedException {
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

	/** Writes a value other than null. */
	protected abstract void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException;

}
