package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Comparison;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Compares records with a table, and finds the rows that it has. Reads with the settings
 * of a source, so that both sides have values of the same classes. Not thread-safe.
 */
final class TableComparison {

	/** Limits memory, because each sparse document may have its own shape. */
	private static final int MOST_SHAPES = 50;

	private final WriteTarget target;

	private final DataSource database;

	private final RowKey key;

	private final Map<List<Object>, ComparisonShape> shapes = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<List<Object>, ComparisonShape> eldest) {
			return size() > MOST_SHAPES;
		}

	};

	private @Nullable ComparisonShape last;

	TableComparison(WriteTarget target, DataSource database) {
		this.target = target;
		this.database = database;
		this.key = new RowKey(target);
	}

	private Session open() throws SQLException {
		return Session.forReading(this.database, this.target.table().dialect(),
				this.target.table().has(ColumnType.INSTANT));
	}

	/** Returns a result for each record, in the same order. */
	List<Comparison> compare(List<RecordInFlight> records) throws SQLException {
		@Nullable Comparison[] results = new @Nullable Comparison[records.size()];
		Map<ComparisonShape, BatchComparison> batches = new LinkedHashMap<>();
		Map<ComparisonShape, List<Integer>> places = new LinkedHashMap<>();
		for (int i = 0; i < results.length; i++) {
			RecordInFlight record = records.get(i);
			ComparisonShape shape = this.last;
			@Nullable Object @Nullable [] values = (shape != null) ? shape.values(record) : null;
			if (shape == null || values == null) {
				shape = shape(record);
				values = Objects.requireNonNull(shape.values(record));
			}
			results[i] = batches
				.computeIfAbsent(shape, (ofShape) -> new BatchComparison(this.target, this.key, ofShape))
				.add(values);
			if (results[i] == null) {
				places.computeIfAbsent(shape, (ofShape) -> new ArrayList<>(records.size())).add(i);
			}
		}
		if (!places.isEmpty()) {
			try (Session session = open()) {
				for (Map.Entry<ComparisonShape, List<Integer>> one : places.entrySet()) {
					Iterator<Integer> place = one.getValue().iterator();
					Objects.requireNonNull(batches.get(one.getKey()))
						.run(session.connection())
						.forEach((result) -> results[place.next()] = result);
				}
			}
		}
		return List.of(results);
	}

	private ComparisonShape shape(RecordInFlight record) {
		ComparisonShape shape = this.shapes.computeIfAbsent(
				List.of(record.operation(), List.copyOf(record.properties().keySet())),
				(names) -> new ComparisonShape(this.target, record));
		this.last = shape;
		return shape;
	}

	/**
	 * Counts rows.
	 * @param constants values of columns of the key
	 */
	long count(Map<String, Object> constants) throws SQLException {
		try (Session session = open();
				PreparedStatement statement = statement(session.connection(), "COUNT(*)", constants);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

	/** Streams the keys of rows; the caller closes them. */
	KeyRows keys(Map<String, Object> constants) throws SQLException {
		List<Column> columns = this.target.key();
		Session session = open();
		try {
			PreparedStatement statement = statement(session.connection(),
					columns.stream().map(this.target.table().dialect()::reading).collect(Collectors.joining(", ")),
					constants);
			statement.setFetchSize(this.target.table().dialect().streamingFetchSize(1000));
			return new KeyRows(this.target.table(), columns, session, statement.executeQuery());
		}
		catch (SQLException | RuntimeException ex) {
			session.close();
			throw ex;
		}
	}

	private PreparedStatement statement(Connection connection, String selected, Map<String, Object> constants)
			throws SQLException {
		Map<Integer, Object> parts = new LinkedHashMap<>();
		for (int i = 0; i < this.target.key().size(); i++) {
			String name = this.target.key().get(i).name();
			for (Map.Entry<String, Object> constant : constants.entrySet()) {
				if (constant.getKey().equalsIgnoreCase(name)) {
					parts.put(i, constant.getValue());
				}
			}
		}
		String where = parts.keySet()
			.stream()
			.map((part) -> this.target.table().dialect().quote(this.target.key().get(part).name()) + " = ?")
			.collect(Collectors.joining(" AND "));
		PreparedStatement statement = connection.prepareStatement("SELECT %s FROM %s%s".formatted(selected,
				this.target.table().quoted(), where.isEmpty() ? "" : " WHERE " + where));
		statement.closeOnCompletion();
		statement.setMaxRows(0);
		StatementSink bound = this.target.table().dialect().sink(statement);
		try {
			for (Map.Entry<Integer, Object> part : parts.entrySet()) {
				this.key.writer(part.getKey()).write(bound, part.getValue());
			}
			return statement;
		}
		catch (ValueRefusedException ex) {
			throw new AbortRunException(String.valueOf(ex.getMessage()), ex);
		}
	}

}
