package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Table;

/**
 * A condition on the rows of a table, in the SQL of its database, as an operator has
 * configured it. Line breaks around it end its comments.
 *
 * @param option the name of the option, for messages
 * @param sql the condition
 */
record RowCondition(String option, String sql) {

	/** A condition that all rows meet. */
	static final RowCondition NONE = new RowCondition("", "");

	private boolean isEmpty() {
		return this.sql.isEmpty();
	}

	/** Returns the condition as a part of a longer one; empty if all rows meet it. */
	String and() {
		return isEmpty() ? "" : " AND (\n%s\n)".formatted(this.sql);
	}

	/** Returns the condition as the only one; empty if all rows meet it. */
	String where() {
		return isEmpty() ? "" : " WHERE (\n%s\n)".formatted(this.sql);
	}

	/**
	 * Returns the condition in words, as a part of a sentence; empty if all rows meet it.
	 */
	String inWords() {
		return isEmpty() ? "" : " where " + this.sql;
	}

	/** Returns 1 for rows that meet the condition and 0 for others. */
	String flag() {
		return "CASE WHEN\n%s\nTHEN 1 ELSE 0 END".formatted(this.sql);
	}

	/**
	 * Checks that the database accepts the condition, without reading rows.
	 * @throws AbortRunException if it does not
	 * @throws SQLException if the database fails for another reason
	 */
	void check(Connection connection, Table table) throws SQLException {
		if (isEmpty()) {
			return;
		}
		// inside CASE, so that no parenthesis or second condition can reach beyond it
		String sql = "SELECT 1 FROM %s WHERE 1 = 0 AND %s = 1".formatted(table.quoted(), flag());
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			if (statement.getParameterMetaData().getParameterCount() > 0) {
				throw new SQLSyntaxErrorException("it has a parameter '?', for which there is no value");
			}
			statement.executeQuery().close();
		}
		catch (SQLException ex) {
			Failure failure = table.dialect().failure(ex);
			if (failure == Failure.TRANSIENT || failure == Failure.ACCOUNT || failure == Failure.TIME_LIMIT) {
				throw ex;
			}
			throw new AbortRunException(
					"The option %s is not a condition that the database of %s accepts: %s. It was: %s"
						.formatted(this.option, table, ex.getMessage(), this.sql),
					ex);
		}
	}

}
