package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.command.PauseCommand.Paused;
import io.deltasync.config.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code resume LINK}.
 */
@CommandLine.Command(name = "resume", description = "Runs a paused Link automatically again.")
public class ResumeCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Override
	public ExitCode execute(Backend backend) {
		boolean changed = backend.resume(this.link);
		print(new Paused(this.link, false, null, null),
				() -> (changed ? "Link '%s' is run automatically again" : "Link '%s' was not paused")
					.formatted(this.link));
		return ExitCode.SUCCESS;
	}

}
