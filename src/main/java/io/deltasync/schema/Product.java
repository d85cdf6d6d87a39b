package io.deltasync.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** The products whose SQL differs, among those that may hold the JobRepository. */
public enum Product {

	/** H2. */
	H2,

	/** MySQL and MariaDB. */
	MYSQL;

	/**
	 * Asks a database.
	 * @param connection a connection to the JobRepository's database
	 * @return its product
	 * @throws SQLException when it does not answer
	 */
	public static Product of(Connection connection) throws SQLException {
		return "H2".equals(connection.getMetaData().getDatabaseProductName()) ? H2 : MYSQL;
	}

}
