package io.deltasync.launch;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.deltasync.event.SyncEvent;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code events [LINK] [--limit N]}.
 */
@CommandLine.Command(name = "events", description = "Lists Sync Events, newest first.")
class EventsCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", arity = "0..1", description = "The Link's name; all Links when left out.")
	private @Nullable String link;

	private int limit;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20",
			description = "How many at most (default: ${DEFAULT-VALUE}).")
	void limit(int limit) {
		if (limit < 1) {
			throw new ParameterException(spec().commandLine(),
					"Invalid value for option '--limit': %d; give 1 or more".formatted(limit));
		}
		this.limit = limit;
	}

	@Override
	public ExitCode execute(Engine engine) {
		Stream<Link> links = (this.link != null) ? Stream.of(engine.links().get(this.link))
				: engine.links().all().stream();
		List<SyncEvent> events = links.flatMap((link) -> engine.events().newest(link.name(), this.limit).stream())
			.sorted(Comparator.comparing(SyncEvent::runTimestamp).reversed())
			.limit(this.limit)
			.toList();
		print(events, () -> EventsText.of(events));
		return ExitCode.SUCCESS;
	}

}
