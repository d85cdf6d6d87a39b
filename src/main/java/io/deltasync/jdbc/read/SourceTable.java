package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.delta.Delta;
import io.deltasync.jdbc.delta.NumberDelta;
import io.deltasync.jdbc.delta.TimeDelta;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * A table with the key and the delta column that a Link's options select. Immutable.
 *
 * @param table the table
 * @param key the columns that identify its rows
 * @param deltaColumn the column by which changes are found; null if none is configured
 * @param options the options
 */
record SourceTable(Table table, List<Column> key, @Nullable Column deltaColumn, JdbcSourceOptions options) {

	/**
	 * Selects the key and the delta column of a table.
	 * @throws AbortRunException if the rows cannot be identified by the key, or if the
	 * columns to read are not sufficient
	 */
	static SourceTable of(Table table, JdbcSourceOptions options) {
		List<Column> key = KeyNames.resolve(table, options.key());
		if (!table.view() && !table.isUnique(key)) {
			throw new AbortRunException(("The key %s of %s is not unique: no unique index consists of these columns; "
					+ "create one, or name the columns of one in the option key")
				.formatted(key.stream().map(Column::name).toList(), table));
		}
		String refusal = refusal(key);
		if (refusal != null) {
			throw new AbortRunException(refusal);
		}
		ReadColumns.of(table, options);
		return new SourceTable(table, key, deltaColumn(table, options), options);
	}

	/**
	 * Returns the reason why the table cannot be read with these options; null if it can.
	 */
	static @Nullable String refusal(Table table, JdbcSourceOptions options, DataSource database) throws SQLException {
		List<Column> key = KeyNames.resolve(table, options.key());
		String refusal = refusal(key);
		if (refusal != null) {
			return refusal;
		}
		try {
			new SourceTable(table, key, deltaColumn(table, options), options).checkZone(database);
			return null;
		}
		catch (WrongZoneException ex) {
			return ex.getMessage();
		}
	}

	private static @Nullable String refusal(List<Column> key) {
		return key.stream().map(KeyValue::refusal).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private static @Nullable Column deltaColumn(Table table, JdbcSourceOptions options) {
		String name = options.deltaColumn();
		return (name != null) ? table.column(name, "delta-column") : null;
	}

	/**
	 * Checks that the configured zone is the one in which the delta column is filled.
	 * @return a warning; null if there is no reason for one
	 * @throws WrongZoneException if it is another zone
	 */
	@Nullable String checkZone(DataSource database) throws SQLException {
		FillingZone filling = (this.deltaColumn != null)
				? new FillingZone(this.table, this.deltaColumn, this.options.zone()) : null;
		if (filling == null || !filling.applies()) {
			return null;
		}
		try (Connection connection = database.getConnection()) {
			return filling.check(connection);
		}
	}

	/**
	 * Returns the way in which changes are found.
	 * @throws AbortRunException if the delta column is of a type that cannot tell
	 */
	Delta delta() {
		Column column = this.deltaColumn;
		if (column == null) {
			return (connection, context) -> new Delta.Reading(null, null, "everything",
					List.of(("No delta-column is configured, so everything in %s is read each time; name a column "
							+ "that grows with each change to read changes only")
						.formatted(this.table)));
		}
		if (column.type().isTime()) {
			return new TimeDelta(this.table, column, this.options.overlap(), this.options.zone());
		}
		if (column.type().isExactNumber()) {
			return new NumberDelta(this.table, column, this.options.numberOverlap());
		}
		throw new AbortRunException(
				("Column '%s' of %s is of type %s, which cannot tell when a row has changed; a delta-column holds dates, "
						+ "dates with times, or whole or decimal numbers")
					.formatted(column.name(), this.table, column.typeName()));
	}

	/**
	 * Returns the order in which rows are read. With an index on the delta column, that
	 * column is first, so that the cost of a delta is proportional to the changes.
	 * Otherwise rows are ordered by the key, so that a range does not need a pass over
	 * the whole table.
	 */
	List<String> order(Delta.Reading reading) {
		Stream<Column> order = this.key.stream();
		Column first = this.deltaColumn;
		if (first != null && reading.window() != null && this.table.hasIndexStartingWith(first)) {
			order = Stream.concat(Stream.of(first), order.filter((column) -> !column.equals(first)));
		}
		return order.map(Column::name).toList();
	}

}
