package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Reads a column's value exactly, without the driver's default conversion. Chosen once
 * per query, because reading values dominates the cost of a row.
 */
@FunctionalInterface
public interface ColumnReader {

	@Nullable Object read(ResultSet row, int index) throws SQLException;

	/**
	 * Returns the usual reader of a column.
	 * @param times reads the query's dates and times
	 */
	static ColumnReader of(Column column, StoredTimes times) {
		return switch (column.type()) {
			case INTEGER ->
				(column.unsigned() && column.size() == Long.SIZE) ? ColumnReader::bigInteger : ColumnReader::integer;
			case DECIMAL -> ResultSet::getBigDecimal;
			case FLOAT -> ColumnReader::floating;
			case DOUBLE -> ColumnReader::doubled;
			case BOOLEAN -> ColumnReader::bool;
			case BINARY, BITS -> ResultSet::getBytes;
			case DATE -> times::date;
			case TIME -> (row, index) -> row.getObject(index, LocalTime.class);
			case LOCAL_DATE_TIME -> times::dateTime;
			case INSTANT -> times::instant;
			case OFFSET_DATE_TIME -> (row, index) -> row.getObject(index, OffsetDateTime.class);
			case UUID -> (row, index) -> row.getObject(index, UUID.class);
			case TEXT, ENUM, JSON, TIME_SPAN -> ResultSet::getString;
			case OTHER -> (row, index) -> unsupported(column);
		};
	}

	private static Object unsupported(Column column) throws SQLException {
		throw new SQLDataException("the type %s is not supported; read a view that converts the column or leaves it out"
			.formatted(column.typeName()));
	}

	private static @Nullable Object integer(ResultSet row, int index) throws SQLException {
		long value = row.getLong(index);
		return (value == 0 && row.wasNull()) ? null : value;
	}

	private static @Nullable Object bigInteger(ResultSet row, int index) throws SQLException {
		BigDecimal value = row.getBigDecimal(index);
		return (value != null) ? value.toBigIntegerExact() : null;
	}

	private static @Nullable Object floating(ResultSet row, int index) throws SQLException {
		double value = row.getDouble(index);
		return (value == 0 && row.wasNull()) ? null : (float) value;
	}

	private static @Nullable Object doubled(ResultSet row, int index) throws SQLException {
		double value = row.getDouble(index);
		return (value == 0 && row.wasNull()) ? null : value;
	}

	private static @Nullable Object bool(ResultSet row, int index) throws SQLException {
		boolean value = row.getBoolean(index);
		return (!value && row.wasNull()) ? null : value;
	}

}
