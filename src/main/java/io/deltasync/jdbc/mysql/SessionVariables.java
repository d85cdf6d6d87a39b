package io.deltasync.jdbc.mysql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.deltasync.jdbc.dialect.SessionSettings;

/**
 * Collects variables of a MySQL or MariaDB session that are set temporarily. Not
 * thread-safe.
 */
final class SessionVariables {

	private final List<String> apply = new ArrayList<>();

	private final List<String> undo = new ArrayList<>();

	/** Adds a variable. */
	SessionVariables set(String variable, String value) {
		return set(variable, value, variable);
	}

	/**
	 * Adds a variable.
	 * @param variable the name of the variable
	 * @param value an SQL expression
	 * @param restored the variable to save and restore: another one if setting the first
	 * changes it, too
	 */
	SessionVariables set(String variable, String value, String restored) {
		String remembered = "@deltasync_" + restored;
		this.apply.add("%s = @@SESSION.%s, %s = %s".formatted(remembered, restored, variable, value));
		this.undo.add("%s = %s".formatted(restored, remembered));
		return this;
	}

	/**
	 * Transfers texts in UTF-8, which the drivers expect, whatever the server's default.
	 */
	SessionVariables utf8() {
		return set("character_set_client", "'utf8mb4'").set("character_set_results", "'utf8mb4'")
			.set("character_set_connection", "'utf8mb4'", "collation_connection");
	}

	/** Transfers points in time in UTC. */
	SessionVariables utc() {
		return set("time_zone", "'+00:00'");
	}

	boolean isEmpty() {
		return this.apply.isEmpty();
	}

	SessionSettings settings() {
		List<String> backwards = new ArrayList<>(this.undo);
		Collections.reverse(backwards);
		return new SessionSettings("SET " + String.join(", ", this.apply), "SET " + String.join(", ", backwards));
	}

}
