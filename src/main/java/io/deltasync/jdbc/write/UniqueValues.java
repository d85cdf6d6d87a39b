package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Index;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.RowSink;
import io.deltasync.jdbc.value.ValueRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that hold other rows' values in unique indexes, and releases these
 * values for the rest of the transaction. Confined to one connection.
 */
final class UniqueValues {

	private static final int LONGEST_TEXT = 30;

	private final WriteTarget target;

	private final Dialect dialect;

	private final Connection connection;

	UniqueValues(WriteTarget target, Connection connection) {
		this.target = target;
		this.dialect = target.table().dialect();
		this.connection = connection;
	}

	/**
	 * Returns the rows that collide with a row; null when its values cannot be searched
	 * for.
	 */
	@Nullable Held holders(BatchRow row) throws SQLException {
		try {
			List<Held.Holder> holders = new ArrayList<>();
			for (Index index : this.target.table().otherUniqueIndexes(this.target.key())) {
				List<Column> columns = columns(index);
				if (columns.isEmpty() || !row.shape().hasAll(columns)) {
					continue;
				}
				List<String> key = key(row, columns, true);
				if (key != null) {
					holders.add(new Held.Holder(row, columns, key, describe(row, index, columns, key)));
				}
			}
			return new Held(row, key(row, this.target.key(), false), holders);
		}
		catch (ValueRefusedException ex) {
			return null;
		}
	}

	/**
	 * Returns the columns of an index; empty when it also has expressions or prefixes.
	 */
	private List<Column> columns(Index index) {
		List<Column> columns = this.target.table()
			.columns()
			.stream()
			.filter((column) -> index.columns().contains(column.name()))
			.toList();
		return (columns.size() == index.columns().size()) ? columns : List.of();
	}

	/**
	 * Returns the key of the row that has a row's values, optionally only if its key
	 * differs. Locks that row, so that it keeps the values until they are released.
	 */
	private @Nullable List<String> key(BatchRow row, List<Column> columns, boolean other)
			throws SQLException, ValueRefusedException {
		List<Column> key = this.target.key();
		String sql = "SELECT %s FROM %s WHERE %s".formatted(this.dialect.names(key), this.target.table().quoted(),
				equal(columns));
		if (other) {
			sql += " AND NOT (%s)".formatted(equal(key));
		}
		try (PreparedStatement statement = this.connection.prepareStatement(sql + this.dialect.locking())) {
			statement.setMaxRows(0);
			RowSink bound = this.dialect.sink(statement);
			for (Column column : columns) {
				row.shape().write(bound, column, row.values());
			}
			if (other) {
				for (Column column : key) {
					row.shape().write(bound, column, row.values());
				}
			}
			try (ResultSet found = statement.executeQuery()) {
				return found.next() ? texts(found, key.size()) : null;
			}
		}
	}

	private String equal(List<Column> columns) {
		return columns.stream().map((column) -> this.dialect.equal(column)).collect(Collectors.joining(" AND "));
	}

	private static List<String> texts(ResultSet row, int columns) throws SQLException {
		List<String> texts = new ArrayList<>();
		for (int i = 1; i <= columns; i++) {
			Object value = row.getObject(i);
			texts.add((value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value));
		}
		return texts;
	}

	private String describe(BatchRow row, Index index, List<Column> columns, List<String> key) {
		String values = columns.stream()
			.map((column) -> "%s = %s".formatted(column.name(), shown(row.shape().value(column, row.values()))))
			.collect(Collectors.joining(", "));
		List<String> names = this.target.key().stream().map(Column::name).toList();
		List<String> holder = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			holder.add("%s = %s".formatted(names.get(i), key.get(i)));
		}
		return "the row with %s has %s already, which is unique (index '%s'); delete or change that row, or let its own record arrive first"
			.formatted(String.join(", ", holder), values, index.name());
	}

	private static String shown(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? "x'" + HexFormat.of().formatHex(bytes) + "'" : String.valueOf(value);
	}

	/**
	 * Releases the values of a row, which is written again in the same transaction. Sets
	 * NULL, or an unused value if the column is NOT NULL or is referenced by other
	 * tables, whose rows NULL would detach.
	 */
	void letGo(Held.Holder holder) throws SQLException, ValueRefusedException {
		List<Column> columns = holder.columns();
		List<Column> nonKey = columns.stream().filter((column) -> !this.target.key().contains(column)).toList();
		Column column = nonKey.stream().filter(Column::nullable).findFirst().orElse(nonKey.get(0));
		boolean toNull = column.nullable() && !isReferenced(column);
		String sql = "UPDATE %s SET %s WHERE %s AND NOT (%s)".formatted(this.target.table().quoted(),
				this.dialect.equal(column), equal(columns), equal(this.target.key()));
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			RowSink bound = this.dialect.sink(statement);
			if (toNull) {
				bound.addNull();
			}
			else {
				addUnused(bound, column);
			}
			BatchRow row = holder.row();
			for (Column each : columns) {
				row.shape().write(bound, each, row.values());
			}
			for (Column each : this.target.key()) {
				row.shape().write(bound, each, row.values());
			}
			statement.executeUpdate();
		}
	}

	private boolean isReferenced(Column column) throws SQLException {
		Table table = this.target.table();
		boolean inCatalog = this.connection.getSchema() == null;
		try (ResultSet keys = this.connection.getMetaData()
			.getExportedKeys(inCatalog ? table.schema() : null, inCatalog ? null : table.schema(), table.name())) {
			while (keys.next()) {
				if (keys.getString("PKCOLUMN_NAME").equals(column.name())) {
					return true;
				}
			}
			return false;
		}
	}

	private void addUnused(RowSink values, Column column) throws SQLException, ValueRefusedException {
		switch (column.type()) {
			case TEXT -> {
				String text = UUID.randomUUID().toString().replace("-", "");
				int length = (int) Math.min((column.size() > 0) ? column.size() : LONGEST_TEXT, LONGEST_TEXT);
				values.add(text.substring(0, length));
			}
			case BINARY -> {
				byte[] bytes = new byte[(int) Math.min(Math.max(column.size(), 1), LONGEST_TEXT)];
				ThreadLocalRandom.current().nextBytes(bytes);
				values.add(bytes);
			}
			case INTEGER, DECIMAL -> values.add(beyondLargest(column));
			case UUID -> values.addObject(UUID.randomUUID());
			default -> throw ValueRefusedException.of(column,
					"two rows swap its values, which needs a value that no row has; make it nullable");
		}
	}

	private BigDecimal beyondLargest(Column column) throws SQLException {
		List<BigDecimal> largest = Queries.list(this.connection,
				"SELECT MAX(%s) FROM %s".formatted(this.dialect.quote(column.name()), this.target.table().quoted()),
				List.of(), (row) -> row.getBigDecimal(1));
		return largest.get(0).add(BigDecimal.valueOf(ThreadLocalRandom.current().nextInt(1, 1000)));
	}

}
