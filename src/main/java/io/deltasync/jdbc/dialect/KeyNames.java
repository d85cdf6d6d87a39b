package io.deltasync.jdbc.dialect;

import java.util.HashSet;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * The configured names of the columns that identify a row.
 */
public final class KeyNames {

	private KeyNames() {
	}

	/**
	 * Checks the names of a configured key.
	 * @return a copy of the names; null when none are configured
	 * @throws IllegalArgumentException when the list is empty, or has a blank or repeated
	 * name
	 */
	public static @Nullable List<String> checked(@Nullable List<String> key) {
		if (key == null) {
			return null;
		}
		if (key.isEmpty() || key.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException(
					"key is empty; name the column or columns, or leave it out to use the primary key");
		}
		if (new HashSet<>(key).size() < key.size()) {
			throw new IllegalArgumentException("key names a column twice: %s".formatted(key));
		}
		return List.copyOf(key);
	}

	/**
	 * Returns the configured columns, or those of the primary key if none are configured.
	 */
	public static List<Column> resolve(Table table, @Nullable List<String> configured) {
		if (configured != null) {
			return table.columns(configured, "key");
		}
		if (table.primaryKey().isEmpty()) {
			throw new AbortRunException("There is no primary key in %s; %s its columns are: %s".formatted(table,
					table.view() ? "name the columns that identify a row in the option key;"
							: "give it one, or name the columns of a unique index in the option key;",
					table.columnNames()));
		}
		return table.columns(table.primaryKey(), "primary key");
	}

}
