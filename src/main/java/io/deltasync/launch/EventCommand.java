package io.deltasync.launch;

import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * {@code event EVENT}.
 */
@CommandLine.Command(name = "event", description = "Shows one Sync Event: what became of a run.")
class EventCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(Engine engine) {
		SyncEvent event = engine.event(this.id);
		print(event, () -> EventText.of(event));
		return ExitCode.SUCCESS;
	}

}
