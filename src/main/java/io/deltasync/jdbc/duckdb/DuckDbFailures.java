package io.deltasync.jdbc.duckdb;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.SqlStates;

/**
 * Classifies failures of DuckDB, whose driver gives neither SQL states nor codes: the
 * message names the kind.
 */
final class DuckDbFailures {

	private static final Pattern KIND = Pattern.compile("(?:^|Error: )(\\w+(?: \\w+){0,2}) Error: ");

	private DuckDbFailures() {
	}

	static Failure of(SQLException ex) {
		String message = String.valueOf(ex.getMessage());
		String kind = "";
		Matcher matcher = KIND.matcher(message);
		// the last one: the driver repeats the message of the database
		while (matcher.find()) {
			kind = matcher.group(1);
			matcher.region(matcher.start(1) + kind.length(), message.length());
		}
		return switch (kind) {
			case "Constraint" -> constraint(message);
			case "Conversion", "Out of Range", "Mismatch Type" -> Failure.RECORD;
			case "Invalid Input" -> message.contains("read-only") ? Failure.READ_ONLY : Failure.RECORD;
			case "TransactionContext", "Transaction" -> Failure.TRANSIENT;
			case "IO", "INTERRUPT" -> Failure.TRANSIENT;
			case "Catalog", "Binder", "Parser", "Not implemented", "Dependency" -> Failure.STATEMENT;
			case "Permission" -> Failure.PRIVILEGE;
			case "Out of Memory" -> Failure.SPACE;
			default -> SqlStates.failure(ex);
		};
	}

	private static Failure constraint(String message) {
		if (message.contains("foreign key")) {
			return Failure.PARENT;
		}
		return (message.contains("Duplicate key") || message.contains("duplicate key")) ? Failure.DUPLICATE
				: Failure.RECORD;
	}

}
