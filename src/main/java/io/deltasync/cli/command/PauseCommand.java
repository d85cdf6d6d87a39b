package io.deltasync.cli.command;

import java.time.Instant;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Formats;
import io.deltasync.lease.Pauses.Pause;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code pause LINK [--reason TEXT]}.
 */
@CommandLine.Command(name = "pause",
		description = "Stops running a Link automatically, in all processes, until 'resume LINK'. A run in progress continues, and the Link can still be run by hand.")
public class PauseCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
	private @Nullable String reason;

	@Override
	public ExitCode execute(Backend backend) {
		boolean changed = backend.pause(this.link, this.reason);
		Pause pause = backend.findPause(this.link).orElse(null);
		Paused paused = new Paused(this.link, pause != null, (pause != null) ? pause.who() : null,
				(pause != null) ? pause.since() : null);
		print(paused, () -> changed
				? "Link '%s' is paused: no process runs it automatically until 'resume %1$s'. A run in progress continues"
					.formatted(this.link)
				: "Link '%s' was paused already, by %s at %s".formatted(this.link, paused.who(),
						Formats.time(paused.since())));
		return ExitCode.SUCCESS;
	}

	/**
	 * Whether a Link is paused. The components are its fields in JSON.
	 *
	 * @param link the Link's name
	 * @param paused whether it is
	 * @param who who paused it, or null
	 * @param since when, or null
	 */
	record Paused(String link, boolean paused, @Nullable String who, @Nullable Instant since) {
	}

}
