package io.deltasync.cli;

import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.event.Watermark;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * {@code links}.
 */
@CommandLine.Command(name = "links", description = "Lists the Links and where they stand.")
class LinksCommand extends PrintingCommand {

	private static final int MOST_HOLDING = 10;

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext engine) {
		List<LinkStanding> links = engine.links().all().stream().map((link) -> standing(link, engine)).toList();
		print(links, () -> LinksText.of(links, engine.clock().instant()));
		return ExitCode.SUCCESS;
	}

	private static LinkStanding standing(Link link, CommandContext engine) {
		Watermark success = engine.events().lastSuccess(link.name());
		List<Reject> holding = engine.rejects()
			.holding(link.name(), engine.events().eventOf(link.name(), success), MOST_HOLDING);
		return new LinkStanding(link.name(), link.source(), link.target(), success.sync(),
				engine.events().runsSince(link.name(), success), holding,
				engine.events().newest(link.name()).orElse(null), LinkChanges.of(link, engine.events()),
				link.deletesRecords() ? engine.events().blockedDeletes().find(link.name()).orElse(null) : null);
	}

}
