package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code replay EVENT}.
 */
@CommandLine.Command(name = "replay",
		description = "Retries the failed scopes and the rejects of a run, as a new run. Does not move the window.")
public class ReplayCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Mixin
	private WaitOption wait = new WaitOption();

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		SyncEvent replayed = backend.event(this.id);
		SyncEvent event = backend.replay(replayed, this.wait.waits());
		print(event, () -> backend.text(event));
		return this.wait.exitCode(event);
	}

}
