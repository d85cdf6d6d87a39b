package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.remote.Worker;
import picocli.CommandLine;

/**
 * {@code worker}.
 */
@CommandLine.Command(name = "worker",
		description = "Carries out lanes of runs that other processes started, until it is told to end.")
class WorkerCommand implements Command {

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext engine) throws Exception {
		Worker worker = engine.worker().getIfAvailable();
		if (worker == null) {
			throw LaunchException.ofConfiguration(
					"A worker needs deltasync.workers=remote, and the same deltasync.remote as whoever runs the Links",
					"", null);
		}
		worker.work();
		return ExitCode.STOPPED;
	}

}
