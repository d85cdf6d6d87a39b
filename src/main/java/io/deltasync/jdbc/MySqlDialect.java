package io.deltasync.jdbc;

import java.util.List;

/**
 * MySQL 8.0.19 and later, through Connector/J or through MariaDB's driver.
 */
final class MySqlDialect extends MySqlFamilyDialect {

	private final boolean mariaDbDriver;

	MySqlDialect(boolean mariaDbDriver) {
		this.mariaDbDriver = mariaDbDriver;
	}

	@Override
	int streamingFetchSize(int rows) {
		return this.mariaDbDriver ? rows : Integer.MIN_VALUE;
	}

	@Override
	String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, rows) + " AS `new row`" + onDuplicateKey(table, columns, key);
	}

	@Override
	String proposed(Column column) {
		return "`new row`." + quote(column.name());
	}

}
