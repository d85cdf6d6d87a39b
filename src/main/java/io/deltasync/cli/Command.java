package io.deltasync.cli;

import io.deltasync.config.ExitCode;

/**
 * A command of the command line: a few arguments and what to do with them. It is made by
 * Picocli before there are beans, and given what it works with when it is carried out.
 */
interface Command {

	/**
	 * Carries the command out.
	 * @param engine what it works with
	 * @return the exit code
	 * @throws Exception what {@link ExitCodes#of(Throwable)} turns into one
	 */
	ExitCode execute(CommandContext engine) throws Exception;

	/**
	 * Whether all Links are checked before the command is carried out.
	 * @return false, unless the command works with all Links
	 */
	default boolean needsAllLinks() {
		return false;
	}

}
