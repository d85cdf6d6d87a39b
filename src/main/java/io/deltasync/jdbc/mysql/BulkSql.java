package io.deltasync.jdbc.mysql;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/**
 * The statements that write many rows at once, straight into the table or through a
 * temporary table. None of them commits.
 *
 * @param empty finds a row unless the target table is empty
 * @param straight loads {@link LoadDataRows} into the target table
 * @param create creates the temporary table
 * @param load loads {@link LoadDataRows} into the temporary table
 * @param merge inserts the rows into the target table, or updates the rows that have the
 * same keys
 * @param drop drops the temporary table
 */
record BulkSql(String empty, String straight, String create, String load, String merge, String drop) {

	/**
	 * Returns the statements for a table.
	 * @param onDuplicateKey the clause that updates the rows that have the same keys
	 */
	static BulkSql of(Table table, List<Column> columns, String onDuplicateKey) {
		Dialect dialect = table.dialect();
		String stage = dialect.quote(table.schema()) + ".`deltasync stage`";
		String names = dialect.names(columns);
		return new BulkSql("SELECT 1 FROM %s LIMIT 1".formatted(table.quoted()), load(table.quoted(), dialect, columns),
				// has a primary key, because sql_require_primary_key may demand one
				"CREATE TEMPORARY TABLE %s (`deltasync row` BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY) SELECT %s FROM %s LIMIT 0"
					.formatted(stage, names, table.quoted()),
				load(stage, dialect, columns), "INSERT INTO %s (%s) SELECT %s FROM %s AS `new row`%s"
					.formatted(table.quoted(), names, names, stage, onDuplicateKey),
				"DROP TEMPORARY TABLE " + stage);
	}

	/** Writes special characters as hex, because a mode may disable backslashes. */
	private static String load(String into, Dialect dialect, List<Column> columns) {
		List<String> fields = new ArrayList<>();
		List<String> decoded = new ArrayList<>();
		for (Column column : columns) {
			String name = dialect.quote(column.name());
			if (column.type() == ColumnType.BINARY || column.type() == ColumnType.BITS) {
				String variable = "@deltasync" + fields.size();
				fields.add(variable);
				decoded.add("%s = UNHEX(%s)".formatted(name, variable));
			}
			else {
				fields.add(name);
			}
		}
		return "LOAD DATA LOCAL INFILE 'records' INTO TABLE %s CHARACTER SET utf8mb4 FIELDS TERMINATED BY x'09' ESCAPED BY x'5C' LINES TERMINATED BY x'0A' (%s)%s"
			.formatted(into, String.join(", ", fields), decoded.isEmpty() ? "" : " SET " + String.join(", ", decoded));
	}

}
