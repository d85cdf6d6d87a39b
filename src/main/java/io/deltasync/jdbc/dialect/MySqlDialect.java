package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The dialect of MySQL 8.0.19 and later, accessed through Connector/J or MariaDB's
 * driver.
 */
public final class MySqlDialect extends MySqlFamilyDialect {

	private final boolean mariaDbDriver;

	/**
	 * Creates the dialect of a connection.
	 * @param mariaDbDriver whether MariaDB's driver is used instead of Connector/J
	 */
	public MySqlDialect(boolean mariaDbDriver) {
		this.mariaDbDriver = mariaDbDriver;
	}

	@Override
	String timeLimit() {
		return "max_execution_time";
	}

	@Override
	public int streamingFetchSize(int rows) {
		return this.mariaDbDriver ? rows : Integer.MIN_VALUE;
	}

	@Override
	public StoredTimes times() {
		return this.mariaDbDriver ? new MariaDbStoredTimes() : super.times();
	}

	/** Compares the class name, because the driver may be absent. */
	@Override
	public boolean isOversized(SQLException ex) {
		return ex.getClass().getSimpleName().equals("PacketTooBigException");
	}

	@Override
	boolean readsZerosAsNull() {
		return !this.mariaDbDriver;
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, rows) + " AS `new row`" + onDuplicateKey(table, columns, key);
	}

	@Override
	public @Nullable BulkSql bulk(Table table, List<Column> columns, List<Column> key) {
		if (this.mariaDbDriver) {
			return null;
		}
		String stage = quote(table.schema()) + ".`deltasync stage`";
		String names = names(columns);
		return new BulkSql(
				// has a primary key, because sql_require_primary_key may demand one
				"CREATE TEMPORARY TABLE %s (`deltasync row` BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY) SELECT %s FROM %s LIMIT 0"
					.formatted(stage, names, table.quoted()),
				load(stage, columns), "INSERT INTO %s (%s) SELECT %s FROM %s AS `new row`%s".formatted(table.quoted(),
						names, names, stage, onDuplicateKey(table, columns, key)),
				"DROP TEMPORARY TABLE " + stage);
	}

	/** Writes special characters as hex, because a mode may disable backslashes. */
	private String load(String stage, List<Column> columns) {
		List<String> fields = new ArrayList<>();
		List<String> decoded = new ArrayList<>();
		for (Column column : columns) {
			String name = quote(column.name());
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
			.formatted(stage, String.join(", ", fields), decoded.isEmpty() ? "" : " SET " + String.join(", ", decoded));
	}

	@Override
	boolean comparesPadding() {
		return false;
	}

	@Override
	String proposed(Column column) {
		return "`new row`." + quote(column.name());
	}

}
