package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Index;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.WriteFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a table can be written as it is meant to be.
 *
 * @param target the table and how it is written
 * @param database its database
 */
record TargetChecks(WriteTarget target, DataSource database) {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTarget.class);

	/** A table without transactions cannot be rolled back. */
	void checkTesting(LinkContext context) {
		Table table = this.target.table();
		if (context.testingMode() && table.unsafeEngine() != null) {
			throw new AbortRunException(
					("A testing run would change %s: its engine %s has no transactions; convert the table "
							+ "to InnoDB, or test with another table")
						.formatted(table, table.unsafeEngine()));
		}
	}

	/** Warns of tables without transactions and of slow connections. */
	void checkConnection(boolean bulk) throws SQLException {
		Table table = this.target.table();
		if (table.unsafeEngine() != null) {
			warn(("The engine %s of %s has no transactions: a batch that fails may be written in part until it is written "
					+ "again; convert the table to InnoDB")
				.formatted(table.unsafeEngine(), table));
		}
		try (Connection connection = this.database.getConnection()) {
			String url = connection.getMetaData().getURL();
			String slow = (url != null) ? table.dialect().slowWrites(url) : null;
			if (slow != null) {
				logger.warn("Connection '{}' writes several times slower than it could: {}", table.connection(), slow);
			}
			if (bulk) {
				checkBulk(connection);
			}
		}
	}

	/**
	 * Warns of indexes that make the load of an empty table slow. Unique indexes are not
	 * named, because they keep records out.
	 */
	void checkIndexes(LinkContext context) {
		Table table = this.target.table();
		List<String> indexes = table.indexes()
			.stream()
			.filter((index) -> !index.unique() && index.weakness() == null)
			.map(Index::name)
			.toList();
		if (context.lastSuccessfulSync() != null || indexes.isEmpty() || !isEmpty(table)) {
			return;
		}
		warn(("%s is empty and has indexes beside its key: %s. A large first load is faster without them; drop them before "
				+ "it, and create them again afterwards")
			.formatted(table, String.join(", ", indexes)));
	}

	private boolean isEmpty(Table table) {
		try (Connection connection = this.database.getConnection()) {
			return Queries
				.list(connection, table.dialect().limited("SELECT 1 FROM " + table.quoted(), 1), List.of(),
						(row) -> row.getInt(1))
				.isEmpty();
		}
		catch (SQLException ex) {
			// the account may write only
			return false;
		}
	}

	private static void warn(String message) {
		try {
			RunContext.currentContext().addWarning(message);
		}
		catch (IllegalStateException ex) {
			// called outside a run
			logger.warn(message);
		}
	}

	private void checkBulk(Connection connection) throws SQLException {
		Table table = this.target.table();
		List<Column> columns = table.columns().stream().filter((column) -> !column.computed()).toList();
		BulkLoad bulk = table.dialect().bulk(table, columns, this.target.key());
		if (bulk == null) {
			throw new AbortRunException("Connection '%s' cannot load in bulk (%s); leave out the option bulk"
				.formatted(table.connection(), table.dialect().name()));
		}
		bulk.check(connection);
	}

	/** Checks that the account may run a statement, if the server supports it. */
	void checkPrivileges(String sql) throws SQLException {
		try (Connection connection = this.database.getConnection()) {
			this.target.table().dialect().checkPrivileges(connection, sql);
		}
		catch (SQLException ex) {
			throw WriteFailure.of(this.target.table(), ex);
		}
	}

}
