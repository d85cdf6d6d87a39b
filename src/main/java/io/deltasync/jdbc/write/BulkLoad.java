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
 * Brings rows into a table by way of a temporary one, within the transaction of its
 * connection. What LOAD DATA reads from a client it bends until it fits, and only warns
 * of it: where it warned of anything, or took another number of rows than it was sent,
 * nothing reaches the table. For one thread, and one use.
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
			// of a batch whose end failed, on the same connection of the pool
			statement.executeUpdate(sql.drop());
			statement.executeUpdate(sql.create());
		}
	}

	/**
	 * Whether a connection is one of Connector/J, which alone can send rows in this way.
	 * It need not be on the class path.
	 */
	static boolean isSupported(Connection connection) throws SQLException {
		return ClassUtils.isPresent("com.mysql.cj.jdbc.JdbcConnection", BulkLoad.class.getClassLoader())
				&& connection.isWrapperFor(JdbcConnection.class);
	}

	/**
	 * Checks that server and account allow all that is needed.
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

	/** Sends what is in the file, and clears it. */
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

	/** Counted also by a server that is told to keep no warnings. */
	private int warnings() throws SQLException {
		try (ResultSet row = this.statement.executeQuery("SELECT @@warning_count")) {
			row.next();
			return row.getInt(1);
		}
	}

	/**
	 * The server asks for the file that it is to load, and might ask for any other with
	 * any other statement. So the driver may send files only here, where it is given what
	 * to send whatever it is asked for.
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
	 * Writes what was sent to the table.
	 * @return false when nothing was written, because of what some row holds
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
