package io.deltasync.jdbc.sqlite;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.UUID;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as they are stored, and refuses those that are not of their column's kind.
 */
final class SqliteValues {

	private static final int MOST_SHOWN = 40;

	/** Any decimal with this number of digits is the same after a DOUBLE. */
	private static final int EXACT_DIGITS = 15;

	private static final int MOST_DIGITS = 17;

	private SqliteValues() {
	}

	/** Returns the reader of a column. */
	static ColumnReader reader(Column column, SqliteTimes times) {
		return switch (column.type()) {
			case INTEGER -> SqliteValues::integer;
			case DECIMAL -> (row, index) -> decimal(column, row, index);
			case DOUBLE -> SqliteValues::floating;
			case BOOLEAN -> SqliteValues::bool;
			case BINARY -> (row, index) -> of(byte[].class, row, index, "a BLOB");
			case JSON -> SqliteValues::json;
			case UUID -> SqliteValues::uuid;
			case DATE -> times::date;
			case TIME -> times::time;
			case LOCAL_DATE_TIME -> times::anyDateTime;
			case INSTANT -> times::instant;
			case OTHER -> SqliteValues::any;
			default -> (row, index) -> of(String.class, row, index, "a text");
		};
	}

	private static @Nullable Object integer(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored instanceof Integer number) {
			return number.longValue();
		}
		if (stored == null || stored instanceof Long) {
			return stored;
		}
		throw unreadable(stored, "a whole number");
	}

	private static @Nullable Object decimal(Column column, ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null) {
			return null;
		}
		BigDecimal number;
		if (stored instanceof Integer || stored instanceof Long) {
			number = BigDecimal.valueOf(((Number) stored).longValue());
		}
		else if (stored instanceof Double real && Double.isFinite(real)) {
			number = shortest(real);
		}
		else {
			throw unreadable(stored, "a number");
		}
		return (column.size() > 0 && number.scale() < column.scale())
				? number.setScale(column.scale(), RoundingMode.UNNECESSARY) : number;
	}

	/** Returns the decimal with the fewest digits that is stored as a DOUBLE. */
	static BigDecimal shortest(double real) {
		BigDecimal exact = new BigDecimal(real);
		for (int digits = EXACT_DIGITS; digits < MOST_DIGITS; digits++) {
			BigDecimal rounded = exact.round(new MathContext(digits));
			if (rounded.doubleValue() == real) {
				return plain(rounded);
			}
		}
		return plain(exact.round(new MathContext(MOST_DIGITS)));
	}

	private static BigDecimal plain(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
	}

	private static @Nullable Object floating(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null || stored instanceof Double) {
			return stored;
		}
		if ((stored instanceof Integer || stored instanceof Long)
				&& (long) ((Number) stored).doubleValue() == ((Number) stored).longValue()) {
			return ((Number) stored).doubleValue();
		}
		throw unreadable(stored, "a number");
	}

	private static @Nullable Object bool(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored instanceof Integer number && (number == 0 || number == 1)) {
			return number == 1;
		}
		if (stored == null) {
			return null;
		}
		throw unreadable(stored, "0 or 1");
	}

	/** JSON that is a bare number is stored as a number. */
	private static @Nullable Object json(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null || stored instanceof String) {
			return stored;
		}
		if (stored instanceof Number) {
			return (stored instanceof Double real && Double.isFinite(real)) ? shortest(real).toString()
					: stored.toString();
		}
		throw unreadable(stored, "JSON as a text");
	}

	private static @Nullable Object uuid(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null) {
			return null;
		}
		try {
			if (stored instanceof String text && UUID.fromString(text).toString().equalsIgnoreCase(text)) {
				return UUID.fromString(text);
			}
		}
		catch (IllegalArgumentException ex) {
			// reported below
		}
		throw unreadable(stored, "a UUID as a text");
	}

	private static @Nullable Object any(ResultSet row, int index) throws SQLException {
		Object stored = row.getObject(index);
		return (stored instanceof Integer number) ? (Object) number.longValue() : stored;
	}

	private static @Nullable Object of(Class<?> type, ResultSet row, int index, String expected) throws SQLException {
		Object stored = row.getObject(index);
		if (stored == null || type.isInstance(stored)) {
			return stored;
		}
		throw unreadable(stored, expected);
	}

	/** Creates the exception for a value that is not of its column's kind. */
	static SQLDataException unreadable(Object stored, String expected) {
		String shown = (stored instanceof byte[] bytes) ? "a BLOB of %d bytes".formatted(bytes.length)
				: (stored instanceof String text)
						? "the text '%s'"
							.formatted((text.length() > MOST_SHOWN) ? text.substring(0, MOST_SHOWN) + "…" : text)
						: "the number " + stored;
		return new SQLDataException("the row holds %s, which is not %s".formatted(shown, expected));
	}

}
