package io.deltasync.jdbc.dialect;

import java.util.List;

/**
 * The dialect of MariaDB, accessed through MariaDB's driver.
 */
public final class MariaDbDialect extends MySqlFamilyDialect {

	@Override
	String timeLimit() {
		return "max_statement_time";
	}

	@Override
	public int streamingFetchSize(int rows) {
		return rows;
	}

	@Override
	boolean readsZerosAsNull() {
		return false;
	}

	@Override
	public StoredTimes times() {
		return new MariaDbStoredTimes();
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
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
