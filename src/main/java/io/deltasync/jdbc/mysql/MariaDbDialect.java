package io.deltasync.jdbc.mysql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.StoredTimes;

/**
 * The dialect of MariaDB, accessed through MariaDB's driver.
 */
public final class MariaDbDialect extends MySqlFamilyDialect {

	/** Creates the dialect. */
	public MariaDbDialect() {
		super("max_statement_time");
	}

	@Override
	public String name() {
		return "MariaDB";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return isServer(metaData);
	}

	static boolean isServer(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().contains("MariaDB")
				|| metaData.getDatabaseProductVersion().contains("MariaDB");
	}

	static boolean isDriver(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDriverName().contains("MariaDB");
	}

	@Override
	public void check(DatabaseMetaData metaData, String connection) throws SQLException {
		if (!isDriver(metaData)) {
			throw new AbortRunException(("Connection '%s' talks to a MariaDB server through %s, which silently loses "
					+ "the fractions of seconds; begin its URL with jdbc:mariadb:")
				.formatted(connection, metaData.getDriverName()));
		}
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
	FileDriver files() {
		return new MariaDbFiles();
	}

	@Override
	boolean comparesPadding() {
		return true;
	}

	@Override
	String alias() {
		return "";
	}

	@Override
	String proposed(Column column) {
		return "VALUES(%s)".formatted(quote(column.name()));
	}

}
