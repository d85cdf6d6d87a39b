package io.deltasync.jdbc.mysql;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import org.springframework.util.ClassUtils;

/** Sends streams through Connector/J, which has the permission only while it does. */
final class ConnectorJFiles implements FileDriver {

	@Override
	public boolean isDriverOf(Connection connection) throws SQLException {
		return ClassUtils.isPresent("com.mysql.cj.jdbc.JdbcConnection", getClass().getClassLoader())
				&& connection.isWrapperFor(JdbcConnection.class);
	}

	@Override
	public int load(Statement statement, String sql, InputStream content) throws SQLException {
		JdbcStatement sending = statement.unwrap(JdbcStatement.class);
		RuntimeProperty<Boolean> permission = statement.getConnection()
			.unwrap(JdbcConnection.class)
			.getPropertySet()
			.getProperty(PropertyKey.allowLoadLocalInfile);
		sending.setLocalInfileInputStream(content);
		permission.setValue(true);
		try {
			return statement.executeUpdate(sql);
		}
		finally {
			permission.setValue(false);
			sending.setLocalInfileInputStream(null);
		}
	}

}
