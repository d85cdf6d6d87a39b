package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.EventsText;
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
public class EventsCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", arity = "0..1", description = "The Link's name; default: all Links.")
	private @Nullable String link;

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(Backend backend) {
		List<SyncEvent> events = backend.events(this.link, this.limit.value());
		print(events, () -> EventsText.of(events, backend::delayedUntil));
		return ExitCode.SUCCESS;
	}

}
