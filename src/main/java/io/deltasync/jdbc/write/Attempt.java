package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

import io.deltasync.jdbc.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to execute a statement that may fail because of a record, after which the
 * transaction goes on. Sets a savepoint where a failure would end the transaction.
 */
final class Attempt {

	private final Connection connection;

	private final boolean needed;

	private final boolean possible;

	private @Nullable Savepoint before;

	Attempt(Connection connection, Dialect dialect) {
		this.connection = connection;
		this.needed = dialect.endsTransactionOnFailure();
		this.possible = dialect.hasSavepoints();
	}

	/** Called before the statement is executed. */
	void begin() throws SQLException {
		if (this.needed && this.possible) {
			this.before = this.connection.setSavepoint();
		}
	}

	/** Called after the statement has succeeded. */
	void succeeded() throws SQLException {
		if (this.before != null) {
			this.connection.releaseSavepoint(this.before);
		}
	}

	/**
	 * Called after the statement has failed.
	 * @throws SQLException the failure, if the transaction cannot go on
	 */
	void failed(SQLException failure) throws SQLException {
		if (this.needed && !this.possible) {
			throw failure;
		}
		if (this.before != null) {
			this.connection.rollback(this.before);
		}
	}

}
