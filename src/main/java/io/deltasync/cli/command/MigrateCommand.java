package io.deltasync.cli.command;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.config.ExitCode;
import picocli.CommandLine;

/**
 * The command {@code migrate}: updates the database schema, as each start does, and
 * nothing else. Intended for a job that runs before all other processes start.
 */
@CommandLine.Command(name = "migrate",
		description = "Updates the tables of the JobRepository, as each start does, and does nothing else.")
public class MigrateCommand implements Command {

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) {
		return ExitCode.SUCCESS;
	}

}
