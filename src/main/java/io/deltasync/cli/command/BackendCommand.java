package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.backend.CommandContext;
import io.deltasync.cli.backend.DirectBackend;
import io.deltasync.config.ExitCode;

/**
 * A command that reads or does something in this process, or through a running
 * {@code serve}. Other commands are about the process that executes them.
 */
public interface BackendCommand extends Command {

	/**
	 * Executes the command.
	 * @param backend reads and does it
	 * @return the exit code
	 * @throws Exception any failure
	 */
	ExitCode execute(Backend backend) throws Exception;

	@Override
	default ExitCode execute(CommandContext context) throws Exception {
		return execute(new DirectBackend(context));
	}

}
