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
	 * @return the identity; names in H2 are compared in upper case, names in MySQL as
	 * they are written
	 */
	public static String of(String location, String table) {
		String name = location.startsWith("h2:") ? table.toUpperCase(Locale.ROOT) : table;
		return (name.indexOf('.') > 0) ? location.substring(0, location.lastIndexOf('/') + 1) + name
				: location + "." + name;
	}

}
