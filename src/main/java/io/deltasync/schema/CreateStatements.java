package io.deltasync.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which tables a script creates. Scripts have each column on a line of its own, as
 * DeltaSync's and Spring Batch's do.
 */
final class CreateStatements {

	private static final Pattern CREATE_TABLE = Pattern.compile("^CREATE TABLE (\\w+)\\s*\\((.*?)^\\)",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern FIRST_WORD = Pattern.compile("^\\s*(\\w+)\\s", Pattern.MULTILINE);

	private static final Set<String> NO_COLUMNS = Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "KEY", "INDEX", "FOREIGN",
			"REFERENCES", "CHECK");

	private CreateStatements() {
	}

	/**
	 * Returns the columns of the tables that a script creates.
	 * @param script the script
	 * @return from each table, in the order of their creation, to the names of its
	 * columns in upper case
	 */
	static Map<String, Set<String>> columns(String script) {
		Map<String, Set<String>> tables = new LinkedHashMap<>();
		Matcher table = CREATE_TABLE.matcher(script);
		while (table.find()) {
			Set<String> columns = new LinkedHashSet<>();
			Matcher word = FIRST_WORD.matcher(table.group(2));
			while (word.find()) {
				String column = word.group(1).toUpperCase(Locale.ROOT);
				if (!NO_COLUMNS.contains(column)) {
					columns.add(column);
				}
			}
			tables.put(table.group(1), columns);
		}
		return tables;
	}

}
