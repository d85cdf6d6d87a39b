package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.BulkSql;
import org.springframework.util.ClassUtils;

/**
 * Loads rows into a table through a temporary table, within the transaction of the
 * connection. LOAD DATA LOCAL adapts values that do not fit and only warns: after a
 * warning, or when the number of loaded rows differs from the number sent, nothing is
 * written to the table. Confined to one thread, for a single use.
 */
final class BulkLoad implements AutoCloseable {

	private static final int TABLE_EXISTS = 1050;

	private final BulkSql sql;

	private final LoadDataBuffer file;

	private final Statement statement;

	private boolean exact = true;

	private BulkLoad(BulkSql sql, LoadDataBuffer file, Statement statement) {
		this.sql = sql;
		this.file = file;
		this.statement = statement;
	}

	static BulkLoad begin(Connection connection, BulkSql sql, LoadDataBuffer file) throws SQLException {
		file.clear();
		Statement statement = connection.createStatement();
		try {
			create(statement, sql);
			return new BulkLoad(sql, file, statement);
		}
		catch (SQLException | RuntimeException ex) {
			statement.close();
			throw ex;
		}
	}

	private static void create(Statement statement, BulkSql sql) throws SQLException {
		try {
			statement.executeUpdate(sql.create());
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() != TABLE_EXISTS) {
				throw ex;
			}
			// left by an earlier batch on the same pooled connection that failed at its
			// end
			statement.executeUpdate(sql.drop());
			statement.executeUpdate(sql.create());
		}
	}

	/**
	 * Whether a connection belongs to Connector/J, the only driver that can send rows in
	 * this way. Connector/J may be missing from the class path.
	 */
	static boolean isSupported(Connection connection) throws SQLException {
		return ClassUtils.isPresent("com.mysql.cj.jdbc.JdbcConnection", BulkLoad.class.getClassLoader())
				&& connection.isWrapperFor(JdbcConnection.class);
	}

	/**
	 * Checks that server and account permit bulk loads.
	 * @throws AbortRunException when they do not
	 */
	static void check(Connection connection, String name, BulkSql sql) throws SQLException {
		try (BulkLoad load = begin(connection, sql, new LoadDataBuffer())) {
			load.send();
			load.merge();
		}
		catch (SQLException ex) {
			String state = ex.getSQLState();
			if (state != null && state.startsWith("08")) {
				throw ex;
			}
			throw new AbortRunException(
					("Connection '%s' cannot load in bulk: %s. Set local_infile=ON at the server and grant CREATE TEMPORARY "
							+ "TABLES to the account, or leave out the option bulk")
						.formatted(name, ex.getMessage()),
					ex);
		}
	}

	/** Sends the buffered rows and clears the buffer. */
	void send() throws SQLException {
		if (this.exact) {
			try {
				int loaded = load();
				this.exact = loaded == this.file.rows() && warnings() == 0;
			}
			catch (SQLException ex) {
				if (!RefusedRecord.isOf(ex)) {
					throw ex;
				}
				this.exact = false;
			}
		}
		this.file.clear();
	}

	/** The server counts warnings even when it is configured not to store them. */
	private int warnings() throws SQLException {
		try (ResultSet row = this.statement.executeQuery("SELECT @@warning_count")) {
			row.next();
			return row.getInt(1);
		}
	}

	/**
	 * Executes LOAD DATA. The server requests the file by name, and a malicious server
	 * could request any file during any statement. Therefore the driver may send files
	 * only here, where it has a stream to send whatever file is requested.
	 */
	private int load() throws SQLException {
		JdbcStatement sending = this.statement.unwrap(JdbcStatement.class);
		RuntimeProperty<Boolean> permission = this.statement.getConnection()
			.unwrap(JdbcConnection.class)
			.getPropertySet()
			.getProperty(PropertyKey.allowLoadLocalInfile);
		sending.setLocalInfileInputStream(this.file.content());
		permission.setValue(true);
		try {
			return this.statement.executeUpdate(this.sql.load());
		}
		finally {
			permission.setValue(false);
			sending.setLocalInfileInputStream(null);
		}
	}

	/**
	 * Writes the loaded rows to the table.
	 * @return false when nothing was written because of a row's values
	 */
	boolean merge() throws SQLException {
		if (!this.exact) {
			return false;
		}
		try {
			this.statement.executeUpdate(this.sql.merge());
			return true;
		}
		catch (SQLException ex) {
			if (!RefusedRecord.isOf(ex)) {
				throw ex;
			}
			return false;
		}
	}

	@Override
	public void close() throws SQLException {
		try (Statement closing = this.statement) {
			closing.executeUpdate(this.sql.drop());
		}
	}

}
