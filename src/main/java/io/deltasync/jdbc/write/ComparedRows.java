package io.deltasync.jdbc.write;

import java.util.List;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;

/**
 * The rows of a target whose key consists of whole numbers, which all databases sort
 * alike.
 *
 * @param table the table
 * @param database its database
 * @param columns the columns that a record writes: first those of the key, in its order
 * @param properties for each column, the name of its property at the target
 * @param keyColumns how many columns the key has
 */
public record ComparedRows(Table table, DataSource database, List<Column> columns, List<String> properties,
		int keyColumns) {

	/** Returns the readers of the columns. */
	public ColumnReader[] readers() {
		return this.columns.stream()
			.map((column) -> ColumnComparison.reader(this.table.dialect(), column))
			.toArray(ColumnReader[]::new);
	}

}
