package io.deltasync.jdbc.postgresql;

import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of rows by column. Confined to one thread.
 */
final class ArrayRows implements RowSink {

	private final ArrayColumn[] types;

	private final List<@Nullable Object[]> rows = new ArrayList<>();

	/** The numbers of characters and bytes of the rows. */
	private final List<Long> sizes = new ArrayList<>();

	private @Nullable Object[] row;

	private int column;

	private long size;

	ArrayRows(List<Column> columns) {
		this.types = columns.stream().map(ArrayColumn::of).toArray(ArrayColumn[]::new);
		this.row = new @Nullable Object[this.types.length];
	}

	void beginRow() {
		this.row = new @Nullable Object[this.types.length];
		this.column = 0;
		this.size = 0;
	}

	void endRow() {
		this.rows.add(this.row);
		this.sizes.add(this.size);
	}

	int rows() {
		return this.rows.size();
	}

	long size(int row) {
		return this.sizes.get(row);
	}

	int columns() {
		return this.types.length;
	}

	ArrayColumn type(int column) {
		return this.types[column];
	}

	/** Returns the values of one column in a part of the rows. */
	Object[] values(int column, int from, int to) {
		Object[] values = (Object[]) java.lang.reflect.Array.newInstance(this.types[column].element(), to - from);
		for (int i = from; i < to; i++) {
			values[i - from] = this.rows.get(i)[column];
		}
		return values;
	}

	@Override
	public void addNull() {
		this.row[this.column++] = null;
	}

	private void add(ArrayColumn type, Object value) {
		if (this.types[this.column] == type) {
			this.row[this.column++] = value;
		}
		else if (this.types[this.column] == ArrayColumn.TEXTS) {
			add(value.toString());
		}
		else {
			throw new IllegalArgumentException(
					"A column of type %s receives a %s".formatted(this.types[this.column], value.getClass()));
		}
	}

	@Override
	public void add(String text) {
		this.size += text.length();
		add(ArrayColumn.TEXTS, text);
	}

	@Override
	public void add(long number) {
		add(ArrayColumn.INTEGERS, number);
	}

	@Override
	public void add(double number) {
		add(ArrayColumn.FLOATS, number);
	}

	@Override
	public void add(BigDecimal number) {
		add(number.toPlainString());
	}

	@Override
	public void add(boolean bool) {
		add(ArrayColumn.BOOLEANS, bool);
	}

	@Override
	public void add(byte[] bytes) {
		this.size += bytes.length;
		add(ArrayColumn.BINARIES, bytes);
	}

	@Override
	public void add(Temporal time) {
		add(PostgreSqlTexts.of(time));
	}

	@Override
	public void addObject(Object object) {
		add(object.toString());
	}

}
