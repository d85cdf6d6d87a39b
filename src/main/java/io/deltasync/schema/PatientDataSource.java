package io.deltasync.schema;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens connections without a limit on how long they wait for the server: changing a
 * large table takes longer than any other work with the JobRepository. Connections return
 * to their pool with the limit that they had before.
 */
final class PatientDataSource extends DelegatingDataSource {

	PatientDataSource(DataSource dataSource) {
		super(dataSource);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try {
			connection.setNetworkTimeout(Runnable::run, 0);
		}
		catch (SQLException ex) {
			// H2's driver has no such limit
		}
		return (Product.of(connection) == Product.POSTGRESQL) ? PatientSession.of(connection) : connection;
	}

}
