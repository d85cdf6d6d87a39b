package io.deltasync.console;

/**
 * The person on whose behalf something is done.
 *
 * @param name the user's name, or {@code token:NAME}; it appears in the audit log and as
 * the trigger of runs
 */
public record Person(String name) {

	/** Precedes the name of the operating system's user who types commands. */
	public static final String COMMAND_LINE = "command-line";

	/**
	 * Returns the person who types commands on this computer.
	 * @return the operating system's user
	 */
	public static Person atCommandLine() {
		return new Person(COMMAND_LINE + ":" + System.getProperty("user.name"));
	}

	/**
	 * Returns the trigger of the runs that this person starts.
	 * @return as for a command that runs by itself, or the name
	 */
	String trigger() {
		return this.name.startsWith(COMMAND_LINE + ":") ? COMMAND_LINE : Operations.TRIGGER + this.name;
	}

}
