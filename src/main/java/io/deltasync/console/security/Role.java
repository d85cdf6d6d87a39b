package io.deltasync.console.security;

import java.util.Locale;

/**
 * What a person or a token may do. Each role includes those before it, except that a
 * viewer must not push.
 */
public enum Role {

	/** Pushes records to Links, and sees what becomes of these requests. For tokens. */
	PUSH,

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
