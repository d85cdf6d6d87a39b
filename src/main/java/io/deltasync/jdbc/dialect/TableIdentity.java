package io.deltasync.jdbc.dialect;

import java.util.Locale;

/**
 * Identifies a table independently of connection names and of whether its name is
 * configured with the schema.
 */
public final class TableIdentity {

	private TableIdentity() {
	}

	/**
	 * Returns the identity of a table.
	 * @param location its connection's {@link io.deltasync.api.Connections#location}
	 * @param table the table as configured, with or without its schema
	 * @return the identity; where a database finds names in any case, it is in upper case
	 */
	public static String of(String location, String table) {
		String name = location.matches("(h2|sqlite|duckdb):.*") ? table.toUpperCase(Locale.ROOT) : table;
		boolean hasSchema = location.matches("(h2|mysql|postgresql|sqlite|duckdb):.*");
		return (name.indexOf('.') > 0 && hasSchema) ? location.substring(0, location.lastIndexOf('/') + 1) + name
				: location + "." + name;
	}

}
