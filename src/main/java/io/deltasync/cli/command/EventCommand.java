package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.RecordsText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code event EVENT [--records] [--limit N]}.
 */
@CommandLine.Command(name = "event", description = "Shows a Sync Event, which is the record of a run.")
public class EventCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Option(names = "--records",
			description = "List the outcomes of single records instead, as stored by the Link's setting 'logging'.")
	private boolean records;

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(Backend backend) {
		SyncEvent event = backend.event(this.id);
		if (this.records) {
			List<LoggedRecord> logged = backend.records(this.id, this.limit.value());
			print(logged, () -> RecordsText.of(event, logged));
		}
		else {
			print(event, () -> backend.text(event));
		}
		return ExitCode.SUCCESS;
	}

}
