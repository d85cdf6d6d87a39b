package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the values of a column with those that a record would write: they are the same
 * if writing would change nothing. Both are brought to the form in which the
 * {@link ColumnWriter} writes them. Not thread-safe.
 */
final class ColumnComparison {

	private final Column column;

	private final ColumnWriter writer;

	ColumnComparison(WriteTarget target, Column column) {
		this.column = column;
		this.writer = target.table().dialect().writer(column, target.zone(), false);
	}

	/**
	 * Returns the reader of a column, without the spaces that fill it up and that nobody
	 * has written.
	 */
	static ColumnReader reader(Dialect dialect, Column column) {
		ColumnReader reader = dialect.reader(column, dialect.times());
		if (!isFilled(column)) {
			return reader;
		}
		return (row, index) -> {
			String padded = (String) reader.read(row, index);
			return (padded != null) ? stripped(padded) : null;
		};
	}

	/** Whether the database fills up the values of a column with spaces. */
	static boolean isFilled(Column column) {
		return column.type() == ColumnType.TEXT && column.padding() == Column.Padding.FILLED;
	}

	static String stripped(String padded) {
		int end = padded.length();
		while (end > 0 && padded.charAt(end - 1) == ' ') {
			end--;
		}
		return padded.substring(0, end);
	}

	/**
	 * Whether writing a value would leave the column as it is.
	 * @param given the value of the record
	 * @param held the value that the {@link #reader} has read
	 * @throws ValueRefusedException if the column would refuse the given value
	 */
	boolean isSame(@Nullable Object given, @Nullable Object held) throws SQLException, ValueRefusedException {
		if (given == null || held == null) {
			return given == held || isSameNull(given);
		}
		if (given.equals(held)) {
			return true;
		}
		Object written = StoredForm.of(this.writer, given);
		return written == null || isSameForm(written, form(held));
	}

	/** Returns false, unless the column refuses the value. */
	private boolean isSameNull(@Nullable Object given) throws SQLException, ValueRefusedException {
		if (given == null && !this.column.nullable()) {
			throw ValueRefusedException.of(this.column, "is NOT NULL, but the record has null");
		}
		if (given != null) {
			StoredForm.of(this.writer, given);
		}
		return false;
	}

	/**
	 * Returns the form of a stored value, which is unknown if it could not be written.
	 */
	private @Nullable Object form(Object held) throws SQLException {
		try {
			return StoredForm.of(this.writer, held);
		}
		catch (ValueRefusedException ex) {
			return held;
		}
	}

	private boolean isSameForm(Object written, @Nullable Object held) throws SQLException {
		return switch (this.column.type()) {
			case FLOAT ->
				held instanceof Number number && isSameNumber(((Number) written).floatValue(), number.floatValue());
			case DOUBLE ->
				held instanceof Number number && isSameNumber(((Number) written).doubleValue(), number.doubleValue());
			case JSON ->
				written instanceof String one && held instanceof String other && JsonComparison.isSame(one, other);
			case ENUM ->
				written.equals(held) || (isSet(this.column) && members(written).equals(members(String.valueOf(held))));
			case OFFSET_DATE_TIME -> written instanceof OffsetDateTime one && held instanceof OffsetDateTime other
					&& one.toInstant().equals(other.toInstant());
			case TEXT -> isFilled(this.column) ? stripped(String.valueOf(written)).equals(held) : written.equals(held);
			case OTHER -> isSameObject(written, held);
			default -> isSameValue(written, held);
		};
	}

	private static boolean isSet(Column column) {
		return column.typeName().toLowerCase(Locale.ROOT).startsWith("set");
	}

	/** The members of a SET are stored in the order of its definition. */
	private static Set<String> members(Object set) {
		return Set.copyOf(Arrays.asList(set.toString().split(",", -1)));
	}

	/**
	 * Compares bit by bit, so that NaN equals itself. A zero without a sign may stand for
	 * one with a sign, which most databases do not store.
	 */
	private static boolean isSameNumber(double written, double held) {
		return Double.compare(written, held) == 0 || (written == 0 && Double.compare(held, 0.0) == 0);
	}

	private static boolean isSameValue(Object written, @Nullable Object held) {
		if (written instanceof byte[] one && held instanceof byte[] other) {
			return Arrays.equals(one, other);
		}
		if (written instanceof BigDecimal || held instanceof BigDecimal) {
			return written instanceof Number && held instanceof Number
					&& new BigDecimal(written.toString()).compareTo(new BigDecimal(held.toString())) == 0;
		}
		return written.equals(held);
	}

	/** Drivers return objects of their own for types that have no class in Java. */
	private static boolean isSameObject(Object written, @Nullable Object held) throws SQLException {
		return Objects.deepEquals(plain(written), plain(held)) || written.toString().equals(String.valueOf(held));
	}

	private static @Nullable Object plain(@Nullable Object value) throws SQLException {
		return (value instanceof java.sql.Array array) ? array.getArray() : value;
	}

}
