package io.deltasync.cli;

import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(CommandContext engine) {
		SyncEvent event = engine.event(this.id);
		if (this.records) {
			List<LoggedRecord> logged = engine.log().find(this.id, this.limit.value());
			print(logged, () -> RecordsText.of(event, logged));
		}
		else {
			print(event, () -> engine.text(event));
		}
		return ExitCode.SUCCESS;
	}

}
