package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * {@code restart EVENT}.
 */
@CommandLine.Command(name = "restart",
		description = "Goes on with a run that failed, was stopped or crashed: only what is left, with its own window.")
class RestartCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(CommandContext engine) throws Exception {
		SyncEvent before = engine.event(this.id);
		engine.links().get(before.link());
		SyncEvent event = engine.runs().restart(before);
		print(event, () -> engine.text(event));
		return ExitCodes.of(event);
	}

}
