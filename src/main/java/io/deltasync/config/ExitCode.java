package io.deltasync.config;

/**
 * What a process ends with, so that a script need not read what it printed.
 */
public enum ExitCode {

	/** Everything was delivered, or there was nothing to do. */
	SUCCESS(0),

	/** Something that nobody foresaw; the log has the stack trace. */
	UNEXPECTED(1),

	/** The command line cannot be used, or names what there is not. */
	USAGE(2),

	/** The run went to its end, but not everything was delivered. */
	NOT_SUCCESSFUL(3),

	/** The configuration cannot be used. */
	CONFIGURATION(4),

	/**
	 * The run, or the asking, could not go on: source, target or database is not there,
	 * or what the event says.
	 */
	ABORTED(5),

	/**
	 * The Link, or the embedded database, is in use: the same again later may succeed.
	 */
	BUSY(6),

	/** A signal or a person stopped it; the state is clean. */
	STOPPED(143);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	/**
	 * Returns the number that the process ends with.
	 * @return the exit code
	 */
	public int value() {
		return this.value;
	}

}
