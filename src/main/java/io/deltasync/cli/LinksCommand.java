package io.deltasync.cli;

import io.deltasync.event.LinkChanges;
import io.deltasync.event.LinkStanding;
import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.event.Watermark;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import picocli.CommandLine;

/**
 * The command {@code links}.
 */
@CommandLine.Command(name = "links", description = "Lists the Links with their status.")
class LinksCommand extends PrintingCommand {

	private static final int MOST_HOLDING = 10;

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) {
		List<LinkStanding> links = context.links().all().stream().map((link) -> standing(link, context)).toList();
		print(links, () -> LinksText.of(links, context.clock().instant()));
		return ExitCode.SUCCESS;
	}

	private static LinkStanding standing(Link link, CommandContext context) {
		Watermark success = context.events().lastSuccess(link.name());
		List<Reject> holding = context.rejects()
			.holding(link.name(), context.events().eventOf(link.name(), success), MOST_HOLDING);
		return new LinkStanding(link.name(), link.source(), link.target(), success.sync(),
				context.events().runsSince(link.name(), success), holding,
				context.events().newest(link.name()).orElse(null), LinkChanges.of(link, context.events()),
				link.deletesRecords() ? context.events().blockedDeletes().find(link.name()).orElse(null) : null);
	}

}
