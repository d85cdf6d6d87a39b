package io.deltasync.jdbc.write;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Index;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnWriter;
import org.jspecify.annotations.Nullable;

/**
 * A table to write to, and the key by which records find their rows.
 *
 * @param table the table
 * @param key the columns of the key
 * @param zone the zone of dates and times without a zone
 * @param bulk whether rows are written in bulk
 */
public record WriteTarget(Table table, List<Column> key, ZoneId zone, boolean bulk) {

	/** Creates a target after checking that exactly the key identifies a row. */
	static WriteTarget of(Table table, JdbcTargetOptions options) {
		List<Column> key = KeyNames.resolve(table, options.key());
		Set<String> names = new HashSet<>();
		for (Column column : key) {
			names.add(column.name());
			if (column.computed()) {
				throw new AbortRunException(("Column '%s' of the key of %s gets its values from the database alone "
						+ "(GENERATED ALWAYS), so it cannot identify rows; make it a normal column, or name the "
						+ "columns of another unique index in the option key")
					.formatted(column.name(), table));
			}
			if (column.nullable()) {
				throw new AbortRunException(("Column '%s' of the key of %s may be NULL, so it cannot identify rows; "
						+ "make it NOT NULL, or name other columns in the option key")
					.formatted(column.name(), table));
			}
		}
		boolean unique = table.indexes()
			.stream()
			.anyMatch((index) -> index.unique() && names.equals(new HashSet<>(index.columns())));
		if (!unique) {
			refuseWeakness(table, names);
			throw new AbortRunException(("The key %s of %s is neither its primary key nor that of a unique index, so "
					+ "it does not identify rows; create a unique index on exactly these columns, or name those "
					+ "of one in the option key")
				.formatted(names, table));
		}
		return new WriteTarget(table, key, options.zone(), options.bulk());
	}

	private static void refuseWeakness(Table table, Set<String> names) {
		for (Index index : table.indexes()) {
			if (index.weakness() != null && names.equals(new HashSet<>(index.columns()))) {
				throw new AbortRunException(
						("The unique index '%s' on the key %s of %s cannot identify rows, because it is "
								+ "%s; create a unique index on exactly these columns, or name those of one in the option key")
							.formatted(index.name(), names, table, index.weakness()));
			}
		}
	}

	/** Returns the writer of a column. */
	public ColumnWriter writer(Column column) {
		return this.table.dialect().writer(column, this.zone, this.key.contains(column));
	}

	/**
	 * Returns the column of a property.
	 * @return the column; null when the database computes its values
	 */
	@Nullable Column column(String property) {
		Column column = this.table.find(property);
		if (column == null) {
			throw new AbortRunException(("There is no column '%s' in %s; its columns are: %s. Rename the property or "
					+ "leave it out by mapping")
				.formatted(property, this.table, this.table.columnNames()));
		}
		return column.computed() ? null : column;
	}

	String missingKey(Column column, List<String> properties) {
		return "There is no property for column '%s' of the key of %s, only: %s. Add it by mapping"
			.formatted(column.name(), this.table, String.join(", ", properties));
	}

}
