package io.deltasync.cli.command;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.remote.Worker;
import picocli.CommandLine;

/**
 * The command {@code worker}.
 */
@CommandLine.Command(name = "worker",
		description = "Executes lanes of runs that other processes started, until it is stopped.")
public class WorkerCommand implements Command {

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		Worker worker = context.worker().getIfAvailable();
		if (worker == null) {
			throw LaunchException.ofConfiguration(
					"A worker needs deltasync.workers=remote, and the same deltasync.remote as the process that runs the Links",
					"", null);
		}
		worker.work();
		return ExitCode.STOPPED;
	}

}
