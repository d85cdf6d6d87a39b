package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.console.RunOptions;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command
 * {@code run LINK [--full [--force] | --full-if-due] [--testing] [--rewrite] [--no-wait]}.
 */
@CommandLine.Command(name = "run", description = "Runs a Link and waits until the run has ended.")
public class RunCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	@Option(names = "--full", description = "Fetch everything, whatever was fetched before.")
	private boolean full;

	@Option(names = "--full-if-due",
			description = "Fetch everything if a full run is due by the Link's full-schedule, otherwise only changes.")
	private boolean fullIfDue;

	@Option(names = "--testing", description = "Test run: neither changes the target nor moves the window.")
	private boolean testing;

	@Option(names = "--rewrite",
			description = "Also write records that are unchanged at the target (for skip-unchanged).")
	private boolean rewrite;

	@Option(names = "--force",
			description = "With --full: delete all records that the source no longer has, however many (for deletes).")
	private boolean force;

	@Mixin
	private WaitOption wait = new WaitOption();

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		SyncEvent event = backend.run(this.link, new RunOptions(this.full ? Mode.FULL : Mode.DELTA, this.fullIfDue,
				this.testing, this.rewrite, this.force), this.wait.waits());
		print(event, () -> backend.text(event));
		return this.wait.exitCode(event);
	}

}
