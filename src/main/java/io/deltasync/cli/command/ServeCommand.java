package io.deltasync.cli.command;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.config.ExitCode;
import io.deltasync.notify.Notifier;
import picocli.CommandLine;

/**
 * The command {@code serve}.
 */
@CommandLine.Command(name = "serve",
		description = "Runs until it is stopped: runs Links by their schedules and after other Links, recovers runs of dead processes, sends notifications, and provides health and metrics.")
public class ServeCommand implements Command {

	public static final String NAME = "serve";

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		try (Notifier notifier = context.notifier().getObject()) {
			notifier.start();
			context.serveLoop().getObject().serve();
		}
		return ExitCode.STOPPED;
	}

}
