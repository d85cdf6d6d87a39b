package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code restart EVENT}.
 */
@CommandLine.Command(name = "restart",
		description = "Continues a run that failed, was stopped or crashed: only the rest, with the run's own window.")
class RestartCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		SyncEvent before = context.event(this.id);
		context.links().get(before.link());
		SyncEvent event = context.runs().restart(before);
		print(event, () -> context.text(event));
		return ExitCodes.of(event);
	}

}
