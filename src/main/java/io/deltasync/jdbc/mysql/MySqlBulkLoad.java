package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.RowStatement;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows with LOAD DATA. Begins with loads straight into a table that is empty, which
 * take half the server's time, and continues through a temporary table once such a load
 * has met a row that was there, or has failed.
 */
final class MySqlBulkLoad implements BulkLoad {

	private final String connection;

	private final boolean undoes;

	private final BulkSql sql;

	private final FileDriver driver;

	/** Whether rows are loaded straight into the table; null before the first load. */
	private @Nullable Boolean straight;

	/**
	 * Creates a way to load a table.
	 * @param connection the name of the connection, for messages
	 * @param undoes whether the table can undo what was loaded
	 */
	MySqlBulkLoad(String connection, boolean undoes, BulkSql sql, FileDriver driver) {
		this.connection = connection;
		this.undoes = undoes;
		this.sql = sql;
		this.driver = driver;
	}

	@Override
	public void check(Connection session) throws SQLException {
		if (!this.driver.isDriverOf(session)) {
			throw new AbortRunException(
					"Connection '%s' cannot load in bulk, which requires a URL that begins with jdbc:mysql: or jdbc:mariadb:; leave out the option bulk"
						.formatted(this.connection));
		}
		try (RowStatement load = LoadDataStatement.begin(session, this.sql, this.driver)) {
			load.execute();
		}
		catch (SQLException ex) {
			String state = ex.getSQLState();
			if (state != null && state.startsWith("08")) {
				throw ex;
			}
			throw new AbortRunException(
					("Connection '%s' cannot load in bulk: %s. Set local_infile=ON at the server and grant CREATE TEMPORARY "
							+ "TABLES to the account, or leave out the option bulk")
						.formatted(this.connection, ex.getMessage()),
					ex);
		}
	}

	@Override
	public RowStatement begin(Connection session) throws SQLException {
		Boolean into = this.straight;
		if (into == null) {
			into = this.undoes && Queries.list(session, this.sql.empty(), List.of(), (row) -> true).isEmpty();
			this.straight = into;
		}
		return into ? LoadDataStatement.straight(session, this.sql, this.driver, () -> this.straight = false)
				: LoadDataStatement.begin(session, this.sql, this.driver);
	}

}
