package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import picocli.CommandLine;

/**
 * {@code migrate}: does what each start does before anything else, and nothing more. For
 * a job that is to have done it before anybody else starts.
 */
@CommandLine.Command(name = "migrate",
		description = "Brings the tables of the JobRepository up to date, as each start does, and nothing else.")
class MigrateCommand implements Command {

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext engine) {
		return ExitCode.SUCCESS;
	}

}
