package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code restart EVENT}.
 */
@CommandLine.Command(name = "restart",
		description = "Continues a run that failed, was stopped or crashed: only the rest, with the run's own window.")
public class RestartCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "EVENT", description = "The event's number, as 'events' lists it.")
	private long id;

	@Mixin
	private WaitOption wait = new WaitOption();

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		SyncEvent before = backend.event(this.id);
		SyncEvent event = backend.restart(before, this.wait.waits());
		print(event, () -> backend.text(event));
		return this.wait.exitCode(event);
	}

}
