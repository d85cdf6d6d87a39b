package io.deltasync.jdbc.postgresql;

import java.sql.SQLException;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.SqlStates;

/** The SQL states of PostgreSQL. */
final class PostgreSqlFailures {

	private PostgreSqlFailures() {
	}

	static Failure of(SQLException ex) {
		return switch (String.valueOf(ex.getSQLState())) {
			case "23505" -> Failure.DUPLICATE;
			case "23503" -> Failure.PARENT;
			// an index entry that is too long
			case "54000" -> Failure.RECORD;
			case "42501" -> isOfRowSecurity(ex) ? Failure.RECORD : Failure.PRIVILEGE;
			case "57014" -> Failure.TIME_LIMIT;
			// a lock, a server that ends sessions or has none left, a session that was
			// idle in its transaction for too long
			case "55P03", "57P01", "57P02", "57P03", "57P05", "53200", "53300", "25P03", "25P04" -> Failure.TRANSIENT;
			// a cached plan of a table that was altered
			case "0A000" ->
				String.valueOf(ex.getMessage()).contains("cached plan") ? Failure.TRANSIENT : Failure.STATEMENT;
			case "55000" -> Failure.STATEMENT;
			default -> byClass(ex);
		};
	}

	private static Failure byClass(SQLException ex) {
		return switch (SqlStates.type(ex)) {
			// raised by a function or a trigger
			case "P0", "09", "27", "38", "39" -> Failure.RECORD;
			default -> SqlStates.failure(ex);
		};
	}

	/** A policy refuses rows; the same state without a policy refuses statements. */
	private static boolean isOfRowSecurity(SQLException ex) {
		return String.valueOf(ex.getMessage()).contains("row-level security policy");
	}

}
