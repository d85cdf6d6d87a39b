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
final class BatchWriter implements AutoCloseable, BiConsumer<String, @Nullable Object> {

	private final WriteTarget target;

	private final Map<List<Object>, RecordShape> shapes;

	private final Connection connection;

	private final List<Refusal> refusals = new ArrayList<>();

	private String[] names = new String[0];

	private @Nullable Object[] values = new @Nullable Object[0];

	private int size;

	private boolean same;

	private @Nullable Operation operation;

	private @Nullable RecordShape shape;

	private @Nullable PreparedStatement statement;

	private int pending;

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
		PreparedStatement statement = this.statement;
		if (shape == null || statement == null || !this.same || this.size != previous
				|| record.operation() != this.operation) {
			flush();
			shape = shape(record.operation());
			if (shape.missing() != null) {
				this.refusals.add(new Refusal(record, shape.missing(), true));
				return;
			}
			statement = this.connection.prepareStatement(shape.sql());
			this.statement = statement;
		}
		add(record, shape, statement);
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
	}

	private RecordShape shape(Operation operation) {
		List<String> properties = List.of(Arrays.copyOf(this.names, this.size));
		RecordShape shape = this.shapes.computeIfAbsent(List.of(operation, properties),
				(key) -> new RecordShape(this.target, operation, properties));
		this.operation = operation;
		this.shape = shape;
		return shape;
	}

	private void add(RecordInFlight record, RecordShape shape, PreparedStatement statement) throws SQLException {
		try {
			shape.bind(statement, this.values);
			statement.addBatch();
			this.pending++;
		}
		catch (ValueRefusedException ex) {
			this.refusals.add(new Refusal(record, String.valueOf(ex.getMessage()), ex.isNever()));
		}
	}

	void flush() throws SQLException {
		if (this.statement != null) {
			try (PreparedStatement flushing = this.statement) {
				this.statement = null;
				if (this.pending > 0) {
					this.pending = 0;
					flushing.executeBatch();
				}
			}
		}
	}

	List<Refusal> refusals() {
		return this.refusals;
	}

	@Override
	public void close() throws SQLException {
		if (this.statement != null) {
			this.statement.close();
		}
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
