package io.deltasync.launch;

import java.util.List;

import io.deltasync.link.Link;
import picocli.CommandLine;

/**
 * {@code links}.
 */
@CommandLine.Command(name = "links", description = "Lists the Links and where they stand.")
class LinksCommand extends PrintingCommand {

	@Override
	public ExitCode execute(Engine engine) {
		List<LinkStanding> links = engine.links().all().stream().map((link) -> standing(link, engine)).toList();
		print(links, () -> LinksText.of(links, engine.clock().instant()));
		return ExitCode.SUCCESS;
	}

	private static LinkStanding standing(Link link, Engine engine) {
		return new LinkStanding(link.name(), link.source(), link.target(),
				engine.events().lastSuccess(link.name()).sync(), engine.events().newest(link.name()).orElse(null));
	}

}
