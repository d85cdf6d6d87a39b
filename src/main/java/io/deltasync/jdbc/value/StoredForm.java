package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The form in which a column stores a value: values that a {@link ColumnWriter} writes
 * alike have equal forms.
 */
public final class StoredForm implements RowSink {

	private @Nullable Object value;

	private StoredForm() {
	}

	/**
	 * Returns the form of a value.
	 * @return the form; null when it is not known
	 * @throws ValueRefusedException when the column refuses the value
	 */
	public static @Nullable Object of(ColumnWriter writer, Object value) throws SQLException, ValueRefusedException {
		StoredForm form = new StoredForm();
		writer.write(form, value);
		return (form.value != null) ? of(writer.column(), form.value) : null;
	}

	private static @Nullable Object of(Column column, Object written) {
		return switch (column.type()) {
			case BINARY -> (column.padding() == Column.Padding.FILLED)
					? Arrays.copyOf((byte[]) written, (int) column.size()) : written;
			case BITS -> new BigInteger(1, (byte[]) written);
			case TIME_SPAN -> TimeWriter.written((String) written);
			case UUID -> (written instanceof UUID) ? written : null;
			default -> written;
		};
	}

	@Override
	public void addNull() {
		this.value = null;
	}

	@Override
	public void add(String text) {
		this.value = text;
	}

	@Override
	public void add(long number) {
		this.value = number;
	}

	@Override
	public void add(double number) {
		this.value = number;
	}

	@Override
	public void add(BigDecimal number) {
		this.value = number;
	}

	@Override
	public void add(boolean bool) {
		this.value = bool;
	}

	@Override
	public void add(byte[] bytes) {
		this.value = bytes;
	}

	@Override
	public void add(Temporal time) {
		this.value = time;
	}

	@Override
	public void addObject(Object object) {
		this.value = object;
	}

}
