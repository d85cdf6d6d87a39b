package io.deltasync.jdbc;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes values to a column exactly or not at all: what the database or its driver would
 * round, cut or shift is refused here, before it is sent. Fractions of seconds alone are
 * cut to what the column holds. Chosen once per statement.
 */
abstract class ColumnWriter {

	private final Column column;

	ColumnWriter(Column column) {
		this.column = column;
	}

	static ColumnWriter of(Column column, ZoneId zone) {
		return switch (column.type()) {
			case INTEGER -> isYear(column) ? new YearWriter(column) : new IntegerWriter(column);
			case DECIMAL -> new DecimalWriter(column);
			case FLOAT, DOUBLE -> new FloatingWriter(column);
			case BOOLEAN -> new BooleanWriter(column);
			case TEXT -> new TextWriter(column);
			case ENUM -> new EnumWriter(column);
			case JSON -> new JsonWriter(column);
			case BINARY, BITS -> new BinaryWriter(column);
			case DATE, LOCAL_DATE_TIME, INSTANT, OFFSET_DATE_TIME -> new DateTimeWriter(column, zone);
			case TIME, TIME_SPAN -> new TimeWriter(column);
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
