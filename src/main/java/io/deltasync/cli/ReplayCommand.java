package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * {@code replay EVENT}.
 */
@CommandLine.Command(name = "replay",
		description = "Tries again what failed in a run, as a run of its own: its failed scopes and its rejects. Moves no window.")
class ReplayCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(CommandContext engine) throws Exception {
		SyncEvent replayed = engine.event(this.id);
		SyncEvent event = engine.runs().replay(engine.links().get(replayed.link()), replayed);
		print(event, () -> engine.text(event));
		return ExitCodes.of(event);
	}

}
