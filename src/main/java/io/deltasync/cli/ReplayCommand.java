package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code replay EVENT}.
 */
@CommandLine.Command(name = "replay",
		description = "Retries the failed scopes and the rejects of a run, as a new run. Does not move the window.")
class ReplayCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		SyncEvent replayed = context.event(this.id);
		SyncEvent event = context.runs().replay(context.links().get(replayed.link()), replayed);
		print(event, () -> context.text(event));
		return ExitCodes.of(event);
	}

}
