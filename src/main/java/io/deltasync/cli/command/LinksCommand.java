package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.LinksText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.view.LinkStanding;
import picocli.CommandLine;

/**
 * The command {@code links}.
 */
@CommandLine.Command(name = "links", description = "Lists the Links with their status.")
public class LinksCommand extends PrintingCommand implements BackendCommand {

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(Backend backend) {
		List<LinkStanding> links = backend.links();
		print(links, () -> LinksText.of(links, backend.now()));
		return ExitCode.SUCCESS;
	}

}
