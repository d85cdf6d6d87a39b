package io.deltasync.jdbc;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes values to a column exactly or not at all: what the database or its driver would
 * round, cut or shift is refused here, before it is sent. Fractions of seconds alone are
 * cut to what the column holds, unless it is of the key. Chosen once per statement.
 */
abstract class ColumnWriter {

	private final Column column;

	ColumnWriter(Column column) {
		this.column = column;
	}

	/**
	 * Chooses the writer of a column.
	 * @param zone the zone of what does not know its own
	 * @param ofKey whether rows are told apart by the column, so that nothing may be cut
	 */
	static ColumnWriter of(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case INTEGER -> isYear(column) ? new YearWriter(column) : new IntegerWriter(column);
			case DECIMAL -> new DecimalWriter(column);
			case FLOAT, DOUBLE -> new FloatingWriter(column);
			case BOOLEAN -> new BooleanWriter(column);
			case TEXT -> new TextWriter(column);
			case ENUM -> new EnumWriter(column);
			case JSON -> new JsonWriter(column);
			case BINARY, BITS -> new BinaryWriter(column);
			case DATE, LOCAL_DATE_TIME, INSTANT, OFFSET_DATE_TIME -> new DateTimeWriter(column, zone, ofKey);
			case TIME, TIME_SPAN -> new TimeWriter(column, ofKey);
			case UUID, OTHER -> new ObjectWriter(column);
		};
	}

	private static boolean isYear(Column column) {
		return column.typeName().toLowerCase(Locale.ROOT).startsWith("year");
	}

	final Column column() {
		return this.column;
	}

	final void write(Values values, @Nullable Object value) throws SQLException, ValueRefusedException {
		if (value != null) {
			writeValue(values, value);
		}
		else if (this.column.nullable()) {
			values.addNull();
		}
		else {
			// Some databases would take a default for it.
			throw ValueRefusedException.of(this.column, "is NOT NULL, but the record has null");
		}
	}

	abstract void writeValue(Values values, Object value) throws SQLException, ValueRefusedException;

}
