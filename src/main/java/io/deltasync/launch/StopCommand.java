package io.deltasync.launch;

import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * {@code stop EVENT}.
 */
@CommandLine.Command(name = "stop", description = "Asks a run to stop, in whichever process it is.",
		mixinStandardHelpOptions = true)
class StopCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(Engine engine) throws Exception {
		engine.runs().stop(engine.event(this.id));
		SyncEvent event = engine.event(this.id);
		print(event,
				() -> "Event %d of Link '%s' was asked to stop; it ends within its current batch. 'event %1$d' shows how far it came.%n"
					.formatted(event.id(), event.link()));
		return ExitCode.SUCCESS;
	}

}
