package io.deltasync.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code events [LINK] [--limit N]}.
 */
@CommandLine.Command(name = "events", description = "Lists Sync Events, newest first.")
class EventsCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", arity = "0..1", description = "The Link's name; default: all Links.")
	private @Nullable String link;

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(CommandContext context) {
		Stream<String> links = (this.link != null) ? Stream.of(context.links().get(this.link).name())
				: context.links().names().stream();
		List<SyncEvent> events = links.flatMap((name) -> context.events().newest(name, this.limit.value()).stream())
			.sorted(Comparator.comparing(SyncEvent::runTimestamp).reversed())
			.limit(this.limit.value())
			.toList();
		print(events, () -> EventsText.of(events, context.events()::delayedUntil));
		return ExitCode.SUCCESS;
	}

}
