package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import picocli.CommandLine;

/**
 * The command {@code serve}.
 */
@CommandLine.Command(name = "serve",
		description = "Runs until it is stopped: runs Links by their schedules and after other Links, recovers runs of dead processes, and provides health and metrics.")
class ServeCommand implements Command {

	static final String NAME = "serve";

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		context.serveLoop().getObject().serve();
		return ExitCode.STOPPED;
	}

}
