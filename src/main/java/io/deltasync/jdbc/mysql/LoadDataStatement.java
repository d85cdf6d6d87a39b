package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows into a table, straight or through a temporary table, within the transaction
 * of the connection. LOAD DATA LOCAL adapts values that do not fit, leaves out rows that
 * are there, and only warns: after a warning, or when the number of loaded rows differs
 * from the number sent, nothing is written to the table.
 */
final class LoadDataStatement implements RowStatement {

	private static final int TABLE_EXISTS = 1050;

	private final BulkSql sql;

	private final FileDriver driver;

	private final LoadDataRows file = new LoadDataRows();

	private final Statement statement;

	/** Where to go back to if a straight load fails; null for a temporary table. */
	private final @Nullable Savepoint before;

	private final Runnable failure;

	private LoadDataStatement(BulkSql sql, FileDriver driver, Statement statement, @Nullable Savepoint before,
			Runnable failure) {
		this.sql = sql;
		this.driver = driver;
		this.statement = statement;
		this.before = before;
		this.failure = failure;
	}

	/**
	 * Begins a load straight into a table that can undo it.
	 * @param failure called when it has failed, and was undone
	 */
	static LoadDataStatement straight(Connection connection, BulkSql sql, FileDriver driver, Runnable failure)
			throws SQLException {
		return new LoadDataStatement(sql, driver, connection.createStatement(), connection.setSavepoint(), failure);
	}

	/** Begins a load through a temporary table. */
	static LoadDataStatement begin(Connection connection, BulkSql sql, FileDriver driver) throws SQLException {
		Statement statement = connection.createStatement();
		try {
			create(statement, sql);
			return new LoadDataStatement(sql, driver, statement, null, () -> {
			});
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

	@Override
	public RowSink beginRow() {
		this.file.dropRow();
		return this.file;
	}

	@Override
	public void endRow() {
		this.file.endRow();
	}

	/** Returns false if the server changed or left out a row. */
	private boolean load(Rows rows) throws SQLException {
		LoadDataFile sent = new LoadDataFile(this.file, rows);
		boolean exact;
		try {
			int loaded = this.driver.load(this.statement, (this.before != null) ? this.sql.straight() : this.sql.load(),
					sent);
			exact = loaded == sent.rows() && warnings() == 0;
		}
		catch (SQLException ex) {
			if (!MySqlFailures.of(ex).isOfRecord()) {
				throw ex;
			}
			exact = false;
		}
		sent.throwIfFailed();
		return exact;
	}

	/** The server counts warnings even when it is configured not to store them. */
	private int warnings() throws SQLException {
		try (ResultSet row = this.statement.executeQuery("SELECT @@warning_count")) {
			row.next();
			return row.getInt(1);
		}
	}

	@Override
	public boolean execute() throws SQLException {
		return execute(() -> false);
	}

	@Override
	public boolean execute(Rows rows) throws SQLException {
		boolean exact = load(rows);
		if (this.before != null) {
			return keep(this.before, exact);
		}
		if (!exact) {
			return false;
		}
		try {
			this.statement.executeUpdate(this.sql.merge());
			return true;
		}
		catch (SQLException ex) {
			if (!MySqlFailures.of(ex).isOfRecord()) {
				throw ex;
			}
			return false;
		}
	}

	/** Undoes a straight load unless it was exact. */
	private boolean keep(Savepoint before, boolean exact) throws SQLException {
		Connection connection = this.statement.getConnection();
		if (exact) {
			connection.releaseSavepoint(before);
		}
		else {
			connection.rollback(before);
			this.failure.run();
		}
		return exact;
	}

	@Override
	public void close() throws SQLException {
		try (Statement closing = this.statement) {
			if (this.before == null) {
				closing.executeUpdate(this.sql.drop());
			}
		}
	}

}
