package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code stop EVENT}.
 */
@CommandLine.Command(name = "stop",
		description = "Asks a run to stop, in any process; after its end, prevents the automatic replay that would follow.")
public class StopCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		backend.stop(backend.event(this.id));
		SyncEvent event = backend.event(this.id);
		print(event, () -> text(event));
		return ExitCode.SUCCESS;
	}

	static String text(SyncEvent event) {
		return (event.status().ended() ? "Event %d of Link '%s' has ended; no automatic replay follows it.%n"
				: "Event %d of Link '%s' was asked to stop; it ends within its current batch. 'event %1$d' shows how far it came.%n")
			.formatted(event.id(), event.link());
	}

}
