package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import picocli.CommandLine;

/**
 * {@code serve}.
 */
@CommandLine.Command(name = "serve",
		description = "Stays, until it is told to end: runs Links by their schedules and after one another, recovers what dead processes left, and answers with health and metrics.")
class ServeCommand implements Command {

	static final String NAME = "serve";

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext engine) throws Exception {
		engine.resident().getObject().serve();
		return ExitCode.STOPPED;
	}

}
