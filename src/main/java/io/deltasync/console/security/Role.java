package io.deltasync.console.security;

import java.util.Locale;

/**
 * What a person may do. Each role includes those before it.
 */
public enum Role {

	/** Sees everything. */
	VIEWER,

	/** Runs, stops, restarts and pauses Links, and decides about rejects. */
	OPERATOR,

	/** Sets windows, and manages users and access tokens. */
	ADMIN;

	/**
	 * Returns the name as people write it.
	 * @return the name in lower case
	 */
	public String words() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the name of the authority in Spring Security.
	 * @return the name with a prefix
	 */
	public String authority() {
		return "ROLE_" + name();
	}

}
