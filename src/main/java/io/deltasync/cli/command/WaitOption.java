package io.deltasync.cli.command;

import io.deltasync.cli.process.ExitCodes;
import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import picocli.CommandLine.Option;

/**
 * The option {@code --no-wait} of commands that start runs.
 */
class WaitOption {

	@Option(names = "--no-wait",
			description = "Return when the run has been started. Only through a running 'serve', which continues it.")
	private boolean noWait;

	boolean waits() {
		return !this.noWait;
	}

	/** Returns the exit code after a run; one that goes on is no failure. */
	ExitCode exitCode(SyncEvent event) {
		return event.status().ended() ? ExitCodes.of(event) : ExitCode.SUCCESS;
	}

}
