package io.deltasync.jdbc;

import java.util.List;

/**
 * MariaDB, through its own driver.
 */
final class MariaDbDialect extends MySqlFamilyDialect {

	@Override
	String timeLimit() {
		return "max_statement_time";
	}

	@Override
	int streamingFetchSize(int rows) {
		return rows;
	}

	@Override
	boolean readsZerosAsNull() {
		return false;
	}

	@Override
	StoredTimes times() {
		return new MariaDbStoredTimes();
	}

	@Override
	String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, rows) + onDuplicateKey(table, columns, key);
	}

	@Override
	boolean comparesPadding() {
		return true;
	}

	@Override
	String proposed(Column column) {
		return "VALUES(%s)".formatted(quote(column.name()));
	}

}
