package io.deltasync.jdbc.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.function.Consumer;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.value.RowSink;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads rows with COPY: straight into the table, or into a temporary table that is merged
 * into it. COPY inserts only, so it fails if a row is there, and one bad value fails it
 * as a whole; the transaction is then rolled back to where it was before.
 */
final class CopyStatement implements RowStatement {

	/** How many bytes are passed to the driver together. */
	private static final int PART = 1 << 16;

	private final Connection connection;

	private final CopySql sql;

	private final boolean straight;

	private final Consumer<Failure> failures;

	private final CopyRows rows = new CopyRows();

	private final Savepoint before;

	private @Nullable CopyIn copy;

	private long number;

	/** The failure because of a record; null if there is none. */
	private @Nullable SQLException failed;

	private boolean done;

	/**
	 * Begins a load.
	 * @param straight whether the rows are copied straight into the table
	 * @param failures receives the reason why nothing is written
	 */
	CopyStatement(Connection connection, CopySql sql, boolean straight, Consumer<Failure> failures)
			throws SQLException {
		this.connection = connection;
		this.sql = sql;
		this.straight = straight;
		this.failures = failures;
		this.before = connection.setSavepoint();
		if (!straight) {
			execute(sql.create());
		}
	}

	@Override
	public RowSink beginRow() {
		this.rows.dropRow();
		if (!this.straight) {
			this.rows.add(this.number++);
		}
		return this.rows;
	}

	@Override
	public void endRow() throws SQLException {
		this.rows.endRow();
		if (this.rows.isFull()) {
			attempt(this::send);
		}
	}

	@Override
	public boolean execute() throws SQLException {
		attempt(this::write);
		return this.done;
	}

	/** Takes a step unless an earlier one has failed because of a record. */
	private void attempt(Step step) throws SQLException {
		try {
			if (this.failed == null) {
				step.take();
			}
		}
		catch (SQLException ex) {
			Failure failure = PostgreSqlFailures.of(ex);
			if (!failure.isOfRecord()) {
				throw ex;
			}
			this.failed = ex;
			this.failures.accept(failure);
		}
		this.rows.clear();
	}

	private void send() throws SQLException {
		this.rows.dropRow();
		if (this.rows.rows() == 0) {
			return;
		}
		CopyIn sending = this.copy;
		if (sending == null) {
			sending = this.connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn(this.straight ? this.sql.straight() : this.sql.copy());
			this.copy = sending;
		}
		try {
			InputStream content = this.rows.content();
			byte[] part = new byte[PART];
			for (int length = content.read(part); length > 0; length = content.read(part)) {
				sending.writeToCopy(part, 0, length);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void write() throws SQLException {
		send();
		if (this.copy != null) {
			this.copy.endCopy();
		}
		if (!this.straight) {
			execute(this.sql.merge());
			execute(this.sql.drop());
		}
		this.connection.releaseSavepoint(this.before);
		this.done = true;
	}

	private void execute(String statement) throws SQLException {
		try (Statement executing = this.connection.createStatement()) {
			executing.executeUpdate(statement);
		}
	}

	@Override
	public void close() throws SQLException {
		try {
			if (this.copy != null && this.copy.isActive()) {
				this.copy.cancelCopy();
			}
			if (!this.done) {
				this.connection.rollback(this.before);
			}
		}
		catch (SQLException ex) {
			if (this.failed != null) {
				ex.addSuppressed(this.failed);
			}
			throw ex;
		}
	}

	/** A step of a load. */
	@FunctionalInterface
	private interface Step {

		void take() throws SQLException;

	}

}
