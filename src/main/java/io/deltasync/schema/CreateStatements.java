package io.deltasync.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tables that a script creates. Scripts must have each column on its own line,
 * as those of DeltaSync and Spring Batch do.
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
	 * @return the column names in upper case by table, in the order of creation
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
