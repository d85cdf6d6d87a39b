package io.deltasync.launch;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code run LINK [--full]}.
 */
@CommandLine.Command(name = "run", description = "Runs a Link and waits for its end.")
class RunCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	@Option(names = "--full", description = "Fetch everything, whatever was fetched before.")
	private boolean full;

	@Override
	public ExitCode execute(Engine engine) throws Exception {
		SyncEvent event = engine.runs().run(engine.links().get(this.link), this.full ? Mode.FULL : Mode.DELTA);
		print(event, () -> EventText.of(event));
		return ExitCode.of(event);
	}

}
