package io.deltasync.config;

/**
 * The exit codes of a process, so that scripts need not parse its output.
 */
public enum ExitCode {

	/** Everything was delivered, or there was nothing to do. */
	SUCCESS(0),

	/** An unexpected error; the log has the stack trace. */
	UNEXPECTED(1),

	/** The command line is invalid or refers to something that does not exist. */
	USAGE(2),

	/** The command {@code check} found something that waits for a person. */
	WARNING(1),

	/** The command {@code check} found that records are not being moved. */
	CRITICAL(2),

	/** The run was completed, but not everything was delivered. */
	NOT_SUCCESSFUL(3),

	/** The configuration is invalid. */
	CONFIGURATION(4),

	/**
	 * The run or command could not continue: the source, target or database is
	 * unavailable, or the reason given by the event.
	 */
	ABORTED(5),

	/**
	 * The Link or the embedded database is in use. A later attempt may succeed.
	 */
	BUSY(6),

	/** Stopped by a signal or on request; the stored state is consistent. */
	STOPPED(143);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	/**
	 * Returns the exit code as a number.
	 * @return the exit code
	 */
	public int value() {
		return this.value;
	}

}
