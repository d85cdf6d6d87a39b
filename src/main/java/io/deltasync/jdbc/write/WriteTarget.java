package io.deltasync.jdbc.write;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.KeyNames;
import io.deltasync.jdbc.dialect.Table;
import org.jspecify.annotations.Nullable;

/**
 * A table to write to, and the key by which records find their rows.
 *
 * @param table the table
 * @param key the columns of the key
 * @param zone the zone of what does not know its own
 * @param bulk whether many rows are written at a time, where the database can
 */
public record WriteTarget(Table table, List<Column> key, ZoneId zone, boolean bulk) {

	/** Checks that records can be told apart by the key, and by nothing less. */
	static WriteTarget of(Table table, JdbcTargetOptions options) {
		List<Column> key = KeyNames.resolve(table, options.key());
		Set<String> names = new HashSet<>();
		for (Column column : key) {
			names.add(column.name());
			if (column.computed()) {
				throw new AbortRunException(("Column '%s' of the key of %s gets its values from the database alone "
						+ "(GENERATED ALWAYS), so records cannot find their rows by it; let it take values, or name the "
						+ "columns of another unique index in the option key")
					.formatted(column.name(), table));
			}
			if (column.nullable()) {
				throw new AbortRunException(("Column '%s' of the key of %s may be NULL, so it cannot tell rows apart; "
						+ "make it NOT NULL, or name other columns in the option key")
					.formatted(column.name(), table));
			}
		}
		boolean unique = table.indexes()
			.stream()
			.anyMatch((index) -> index.unique() && names.equals(new HashSet<>(index.columns())));
		if (!unique) {
			throw new AbortRunException(("The key %s of %s is neither its primary key nor that of a unique index, so "
					+ "records cannot find their rows; create a unique index on exactly these columns, or name those "
					+ "of one in the option key")
				.formatted(names, table));
		}
		return new WriteTarget(table, key, options.zone(), options.bulk());
	}

	/**
	 * Finds the column that a property goes to.
	 * @return the column; null where the database computes its values itself
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
