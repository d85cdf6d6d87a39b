package io.deltasync.schema;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that wait for the server for as long as it takes: to change a large table
 * takes longer than anything else that is done with the JobRepository. A pool takes them
 * back with the limit that they had.
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
		return connection;
	}

}
