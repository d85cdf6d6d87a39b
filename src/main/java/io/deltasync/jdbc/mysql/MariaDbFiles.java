package io.deltasync.jdbc.mysql;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.springframework.util.ClassUtils;

/**
 * Sends streams through MariaDB's driver, which sends no file that the current statement
 * does not name.
 */
final class MariaDbFiles implements FileDriver {

	@Override
	public boolean isDriverOf(Connection connection) throws SQLException {
		return ClassUtils.isPresent("org.mariadb.jdbc.Connection", getClass().getClassLoader())
				&& connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
	}

	@Override
	public int load(Statement statement, String sql, InputStream content) throws SQLException {
		org.mariadb.jdbc.Statement sending = statement.unwrap(org.mariadb.jdbc.Statement.class);
		sending.setLocalInfileInputStream(content);
		try {
			return statement.executeUpdate(sql);
		}
		finally {
			sending.setLocalInfileInputStream(null);
		}
	}

}
