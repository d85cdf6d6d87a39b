package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.StoredForm;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of a key to a form that is equal exactly if a row and a record have
 * the same key, letter by letter. Not thread-safe.
 */
final class RowKey {

	private final List<Column> columns;

	private final List<ColumnWriter> writers;

	RowKey(WriteTarget target) {
		this.columns = target.key();
		this.writers = this.columns.stream().map(target::writer).toList();
		this.columns.forEach((column) -> check(target.table(), column));
	}

	private static void check(Table table, Column column) {
		switch (column.type()) {
			case FLOAT, JSON, OTHER -> throw new AbortRunException(
					"%s cannot be compared: column '%s' (%s) of its key does not find the rows that have its value; use a key of exact numbers, texts or times"
						.formatted(table, column.name(), column.typeName()));
			default -> {
				// compared by value
			}
		}
	}

	List<Column> columns() {
		return this.columns;
	}

	ColumnWriter writer(int column) {
		return this.writers.get(column);
	}

	/**
	 * Returns the form of a value of the key.
	 * @throws ValueRefusedException if the column would refuse it
	 */
	Object part(int column, @Nullable Object value) throws SQLException, ValueRefusedException {
		if (value instanceof Long number && fits(number, this.columns.get(column))) {
			// the most frequent one, without a detour
			return value;
		}
		if (value == null) {
			throw ValueRefusedException.of(this.columns.get(column), "it is part of the key, but the record has null");
		}
		Object form = StoredForm.of(this.writers.get(column), value);
		Object plain = plain((form != null) ? form : value);
		return (plain instanceof String text && ColumnComparison.isFilled(this.columns.get(column)))
				? ColumnComparison.stripped(text) : plain;
	}

	/** Whether a whole number certainly fits a column. */
	private static boolean fits(Long number, Column column) {
		return column.type() == ColumnType.INTEGER && !column.unsigned()
				&& (column.size() == Long.SIZE || (column.size() == Integer.SIZE && number == number.intValue()));
	}

	private static Object plain(Object form) {
		if (form instanceof BigDecimal decimal) {
			return plain(decimal);
		}
		if (form instanceof byte[] bytes) {
			return ByteBuffer.wrap(bytes);
		}
		return (form instanceof OffsetDateTime time) ? time.toInstant() : form;
	}

	/** Whole numbers have one form, whatever the type of the column. */
	private static Object plain(BigDecimal decimal) {
		BigDecimal plain = decimal.stripTrailingZeros();
		boolean isLong = plain.scale() <= 0 && plain.precision() - plain.scale() < 19;
		return isLong ? (Object) plain.longValueExact() : plain;
	}

	/** Returns the form of a whole key. */
	Object of(List<? extends @Nullable Object> values) throws SQLException, ValueRefusedException {
		if (values.size() == 1) {
			return part(0, values.get(0));
		}
		List<Object> parts = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			parts.add(part(i, values.get(i)));
		}
		return parts;
	}

}
