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
 * {@code events [LINK] [--limit N]}.
 */
@CommandLine.Command(name = "events", description = "Lists Sync Events, newest first.")
class EventsCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", arity = "0..1", description = "The Link's name; all Links when left out.")
	private @Nullable String link;

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(CommandContext engine) {
		Stream<String> links = (this.link != null) ? Stream.of(engine.links().get(this.link).name())
				: engine.links().names().stream();
		List<SyncEvent> events = links.flatMap((name) -> engine.events().newest(name, this.limit.value()).stream())
			.sorted(Comparator.comparing(SyncEvent::runTimestamp).reversed())
			.limit(this.limit.value())
			.toList();
		print(events, () -> EventsText.of(events, engine.events()::delayedUntil));
		return ExitCode.SUCCESS;
	}

}
