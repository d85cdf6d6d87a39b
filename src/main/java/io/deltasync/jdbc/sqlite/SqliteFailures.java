package io.deltasync.jdbc.sqlite;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.SqlStates;

/**
 * Classifies failures of SQLite. The driver gives no SQL states, and the extended result
 * code only at the beginning of the message.
 */
final class SqliteFailures {

	private static final Pattern CODE = Pattern.compile("^\\[SQLITE_(\\w+)]");

	private SqliteFailures() {
	}

	static Failure of(SQLException ex) {
		Matcher code = CODE.matcher(String.valueOf(ex.getMessage()));
		return code.find() ? of(code.group(1)) : SqlStates.failure(ex);
	}

	private static Failure of(String code) {
		return switch (code) {
			case "CONSTRAINT_UNIQUE", "CONSTRAINT_PRIMARYKEY", "CONSTRAINT_ROWID" -> Failure.DUPLICATE;
			case "CONSTRAINT_FOREIGNKEY" -> Failure.PARENT;
			case "MISMATCH", "TOOBIG" -> Failure.RECORD;
			case "READONLY" -> Failure.READ_ONLY;
			case "FULL" -> Failure.SPACE;
			case "PERM", "AUTH" -> Failure.PRIVILEGE;
			case "ERROR", "CORRUPT", "NOTADB" -> Failure.STATEMENT;
			default -> byClass(code);
		};
	}

	private static Failure byClass(String code) {
		if (code.startsWith("CONSTRAINT")) {
			return Failure.RECORD;
		}
		if (code.startsWith("READONLY")) {
			return Failure.READ_ONLY;
		}
		boolean passes = code.startsWith("BUSY") || code.startsWith("LOCKED") || code.startsWith("IOERR")
				|| code.startsWith("CANTOPEN") || code.equals("PROTOCOL") || code.equals("SCHEMA")
				|| code.equals("INTERRUPT");
		return passes ? Failure.TRANSIENT : Failure.OTHER;
	}

}
