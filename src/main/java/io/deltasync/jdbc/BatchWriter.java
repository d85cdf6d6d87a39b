package io.deltasync.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one batch in their order, as many as possible in one statement.
 * What is wrong with single records is kept apart until the rest is committed.
 */
final class BatchWriter implements BiConsumer<String, @Nullable Object> {

	/**
	 * Beyond so many characters and bytes a statement might be longer than the server
	 * takes; the driver knows that limit.
	 */
	private static final long MOST_TEXT = 1_000_000;

	private final WriteTarget target;

	private final Map<List<Object>, RecordShape> shapes;

	private final Connection connection;

	private final List<Refusal> refusals = new ArrayList<>();

	private final List<Row> rows = new ArrayList<>();

	private String[] names = new String[0];

	private @Nullable Object[] values = new @Nullable Object[0];

	private int size;

	private boolean same;

	private long text;

	private @Nullable Operation operation;

	private @Nullable RecordShape shape;

	BatchWriter(WriteTarget target, Map<List<Object>, RecordShape> shapes, Connection connection) {
		this.target = target;
		this.shapes = shapes;
		this.connection = connection;
	}

	void write(RecordInFlight record) throws SQLException {
		int previous = this.size;
		this.size = 0;
		this.same = true;
		record.properties().forEach(this);
		RecordShape shape = this.shape;
		if (shape == null || !this.same || this.size != previous || record.operation() != this.operation) {
			flush();
			shape = shape(record.operation());
		}
		if (shape.missing() != null) {
			this.refusals.add(new Refusal(record, shape.missing(), true));
		}
		else {
			this.rows.add(new Row(record, Arrays.copyOf(this.values, this.size)));
		}
	}

	/** Takes a property, while comparing its name with that of the record before. */
	@Override
	public void accept(String name, @Nullable Object value) {
		if (this.size == this.names.length) {
			this.names = Arrays.copyOf(this.names, this.size * 2 + 16);
			this.values = Arrays.copyOf(this.values, this.names.length);
		}
		if (this.same && !name.equals(this.names[this.size])) {
			this.same = false;
		}
		this.names[this.size] = name;
		this.values[this.size++] = value;
		if (value instanceof String string) {
			this.text += string.length();
		}
		else if (value instanceof byte[] bytes) {
			this.text += bytes.length;
		}
	}

	private RecordShape shape(Operation operation) {
		List<String> properties = List.of(Arrays.copyOf(this.names, this.size));
		RecordShape shape = this.shapes.computeIfAbsent(List.of(operation, properties),
				(key) -> new RecordShape(this.target, operation, properties));
		this.operation = operation;
		this.shape = shape;
		return shape;
	}

	void flush() throws SQLException {
		RecordShape shape = this.shape;
		if (shape == null || this.rows.isEmpty()) {
			return;
		}
		int together = (this.text <= MOST_TEXT) ? shape.rowsPerStatement() : 1;
		if (together == 1) {
			writeBatch(shape);
		}
		else {
			for (int from = 0; from < this.rows.size(); from += together) {
				writeTogether(shape, this.rows.subList(from, Math.min(this.rows.size(), from + together)));
			}
		}
		this.rows.clear();
		this.text = 0;
	}

	private void writeBatch(RecordShape shape) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(shape.sql(1))) {
			int bound = 0;
			for (Row row : this.rows) {
				if (bind(shape, statement, 0, row)) {
					statement.addBatch();
					bound++;
				}
			}
			if (bound > 0) {
				statement.executeBatch();
			}
		}
	}

	private void writeTogether(RecordShape shape, List<Row> rows) throws SQLException {
		List<Row> bound = new ArrayList<>(rows.size());
		try (PreparedStatement statement = this.connection.prepareStatement(shape.sql(rows.size()))) {
			for (Row row : rows) {
				if (bind(shape, statement, bound.size(), row)) {
					bound.add(row);
				}
			}
			if (bound.size() == rows.size()) {
				statement.executeUpdate();
				return;
			}
		}
		if (!bound.isEmpty()) {
			writeTogether(shape, bound);
		}
	}

	private boolean bind(RecordShape shape, PreparedStatement statement, int place, Row row) throws SQLException {
		try {
			shape.bind(statement, place, row.values);
			return true;
		}
		catch (ValueRefusedException ex) {
			this.refusals.add(new Refusal(row.record, String.valueOf(ex.getMessage()), ex.isNever()));
			return false;
		}
	}

	List<Refusal> refusals() {
		return this.refusals;
	}

	private record Row(RecordInFlight record, @Nullable Object[] values) {

	}

	/**
	 * A record that cannot be written.
	 *
	 * @param record the record
	 * @param reason why
	 * @param never whether no record like it can be
	 */
	record Refusal(RecordInFlight record, String reason, boolean never) {

	}

}
