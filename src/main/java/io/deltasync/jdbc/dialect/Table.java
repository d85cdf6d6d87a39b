package io.deltasync.jdbc.dialect;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as the database describes it. Immutable.
 *
 * @param dialect the dialect of its database
 * @param connection the name of the connection, for messages
 * @param schema the schema that it is in
 * @param name its name as stored
 * @param view whether it is a view
 * @param columns its columns in order
 * @param primaryKey the columns of its primary key; empty when there is none
 * @param indexes its indexes, the primary key among them
 * @param unsafeEngine its storage engine if that has no transactions; otherwise null
 */
public record Table(Dialect dialect, String connection, String schema, String name, boolean view, List<Column> columns,
		List<String> primaryKey, List<Index> indexes, @Nullable String unsafeEngine) {

	/**
	 * Returns the column with this exact name, or the only one whose name differs just in
	 * case. Returns null when there is none.
	 */
	public @Nullable Column find(String columnName) {
		Column found = null;
		int similar = 0;
		for (Column column : this.columns) {
			if (column.name().equals(columnName)) {
				return column;
			}
			if (column.name().equalsIgnoreCase(columnName)) {
				found = column;
				similar++;
			}
		}
		return (similar == 1) ? found : null;
	}

	/**
	 * Returns a column.
	 * @param role the use of the column, for the message
	 * @throws AbortRunException when there is no such column
	 */
	public Column column(String columnName, String role) {
		Column column = find(columnName);
		if (column == null) {
			throw new AbortRunException("There is no column '%s' (%s) in %s; its columns are: %s".formatted(columnName,
					role, this, columnNames()));
		}
		return column;
	}

	/**
	 * Returns columns in the given order.
	 * @param role the use of the columns, for the message
	 * @throws AbortRunException when one of them does not exist
	 */
	public List<Column> columns(List<String> columnNames, String role) {
		return columnNames.stream().map((columnName) -> column(columnName, role)).toList();
	}

	/**
	 * Whether a unique index guarantees that no two rows agree in all of these columns.
	 */
	public boolean isUnique(List<Column> key) {
		List<String> names = key.stream().map(Column::name).toList();
		return this.indexes.stream().anyMatch((index) -> index.unique() && names.containsAll(index.columns()));
	}

	/** Returns the unique indexes in which two rows with different keys may collide. */
	public List<Index> otherUniqueIndexes(List<Column> key) {
		HashSet<String> names = key.stream().map(Column::name).collect(Collectors.toCollection(HashSet::new));
		return this.indexes.stream().filter((index) -> index.unique() && !index.columns().containsAll(names)).toList();
	}

	/** Whether an index has this column as its first one. */
	public boolean hasIndexStartingWith(Column column) {
		return this.indexes.stream().anyMatch((index) -> index.columns().get(0).equals(column.name()));
	}

	/** Whether any column has this type. */
	public boolean has(ColumnType type) {
		return this.columns.stream().anyMatch((column) -> column.type() == type);
	}

	/** Returns the names of all columns, for messages. */
	public String columnNames() {
		return this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
	}

	/** Returns the quoted name with its schema. */
	public String quoted() {
		return this.dialect.quote(this.schema) + "." + this.dialect.quote(this.name);
	}

	@Override
	public String toString() {
		return "%s '%s' of connection '%s'".formatted(this.view ? "view" : "table", this.name, this.connection);
	}

}
