package io.deltasync.cli.command;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.cli.process.ExitCodes;
import io.deltasync.config.ExitCode;

/**
 * A command of the command line with its arguments. Picocli creates it before there are
 * beans; it receives the services on execution.
 */
public interface Command {

	/**
	 * Executes the command.
	 * @param context the services that commands use
	 * @return the exit code
	 * @throws Exception any failure; {@link ExitCodes#of(Throwable)} maps it to an exit
	 * code
	 */
	ExitCode execute(CommandContext context) throws Exception;

	/**
	 * Whether all Links are checked before the command is executed.
	 * @return true if the command works with all Links
	 */
	default boolean needsAllLinks() {
		return false;
	}

}
