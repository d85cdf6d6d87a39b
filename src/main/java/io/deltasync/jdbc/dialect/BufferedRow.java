package io.deltasync.jdbc.dialect;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.value.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values of a row until they are bound, possibly several times. Not
 * thread-safe.
 */
public final class BufferedRow implements RowSink {

	private final List<@Nullable Object> values = new ArrayList<>();

	/**
	 * Passes on a value.
	 * @param index the position of the value, from 0
	 */
	public void write(int index, RowSink sink) throws SQLException {
		Object value = this.values.get(index);
		if (value == null) {
			sink.addNull();
		}
		else if (value instanceof String text) {
			sink.add(text);
		}
		else if (value instanceof Long number) {
			sink.add(number.longValue());
		}
		else if (value instanceof Double number) {
			sink.add(number.doubleValue());
		}
		else if (value instanceof BigDecimal number) {
			sink.add(number);
		}
		else if (value instanceof Boolean bool) {
			sink.add(bool.booleanValue());
		}
		else if (value instanceof byte[] bytes) {
			sink.add(bytes);
		}
		else if (value instanceof Temporal time) {
			sink.add(time);
		}
		else {
			sink.addObject(((Other) value).object);
		}
	}

	/** Passes on all values in order. */
	public void writeAll(RowSink sink) throws SQLException {
		for (int i = 0; i < this.values.size(); i++) {
			write(i, sink);
		}
	}

	/**
	 * Returns values in a form that is equal for values that a column without a collation
	 * compares as equal.
	 * @param indexes the positions of the values, from 0
	 */
	public List<Object> comparable(int[] indexes) {
		List<Object> forms = new ArrayList<>(indexes.length);
		for (int index : indexes) {
			forms.add(comparable(this.values.get(index)));
		}
		return forms;
	}

	private static Object comparable(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof Long number) {
			return BigDecimal.valueOf(number).stripTrailingZeros();
		}
		if (value instanceof BigDecimal number) {
			return number.stripTrailingZeros();
		}
		if (value instanceof Double number && number == 0) {
			// also for the negative zero
			return 0.0;
		}
		return (value instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : value;
	}

	@Override
	public void addNull() {
		this.values.add(null);
	}

	@Override
	public void add(String text) {
		this.values.add(text);
	}

	@Override
	public void add(long number) {
		this.values.add(number);
	}

	@Override
	public void add(double number) {
		this.values.add(number);
	}

	@Override
	public void add(BigDecimal number) {
		this.values.add(number);
	}

	@Override
	public void add(boolean bool) {
		this.values.add(bool);
	}

	@Override
	public void add(byte[] bytes) {
		this.values.add(bytes);
	}

	@Override
	public void add(Temporal time) {
		this.values.add(time);
	}

	@Override
	public void addObject(Object object) {
		this.values.add(new Other(object));
	}

	/** A value that is passed to the driver unchanged. */
	private record Other(Object object) {

	}

}
