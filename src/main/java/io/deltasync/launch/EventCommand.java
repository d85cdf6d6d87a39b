package io.deltasync.launch;

import java.util.List;

import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code event EVENT [--records] [--limit N]}.
 */
@CommandLine.Command(name = "event", description = "Shows one Sync Event: what became of a run.")
class EventCommand extends PrintingCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Option(names = "--records",
			description = "List what became of single records instead, as far as the Link's 'logging' has it stored.")
	private boolean records;

	private int limit;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "100",
			description = "How many records at most (default: ${DEFAULT-VALUE}).")
	void limit(int limit) {
		if (limit < 1) {
			throw new ParameterException(spec().commandLine(),
					"Invalid value for option '--limit': %d; give 1 or more".formatted(limit));
		}
		this.limit = limit;
	}

	@Override
	public ExitCode execute(Engine engine) {
		SyncEvent event = engine.event(this.id);
		if (this.records) {
			List<LoggedRecord> logged = engine.log().find(this.id, this.limit);
			print(logged, () -> RecordsText.of(event, logged));
		}
		else {
			print(event, () -> EventText.of(event));
		}
		return ExitCode.SUCCESS;
	}

}
