package io.deltasync.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.incrementer.AbstractDataFieldMaxValueIncrementer;

/**
 * Takes ids from a sequence table of Spring Batch in MySQL in one statement. Spring's own
 * class needs five for each id, of which every run needs several. Uses a connection of
 * its own, because the caller's transaction would keep the sequence locked. Thread-safe.
 */
final class MySqlSequence extends AbstractDataFieldMaxValueIncrementer {

	MySqlSequence(DataSource dataSource, String name) {
		super(dataSource, name);
	}

	@Override
	protected long getNextKey() {
		try (Connection connection = getDataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.executeUpdate("UPDATE %s SET ID = LAST_INSERT_ID(ID + 1) LIMIT 1".formatted(getIncrementerName()),
					Statement.RETURN_GENERATED_KEYS);
			long id = read(statement);
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
			return id;
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("No id could be taken from " + getIncrementerName(), ex);
		}
	}

	private long read(Statement statement) throws SQLException {
		try (ResultSet keys = statement.getGeneratedKeys()) {
			if (!keys.next()) {
				throw new SQLException("The table %s is empty".formatted(getIncrementerName()));
			}
			return keys.getLong(1);
		}
	}

}
