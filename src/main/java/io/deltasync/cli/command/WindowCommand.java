package io.deltasync.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.process.ExitCodes;
import io.deltasync.cli.text.KeyValueText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.view.LinkWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code window LINK [--set INSTANT | --keep]}.
 */
@CommandLine.Command(name = "window",
		description = "Shows where the window of the next delta run starts, or sets it; a set window counts until a later run is successful. With --keep, a changed Link continues from its current window.")
public class WindowCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@ArgGroup
	private @Nullable Change change;

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		if (this.change != null) {
			Optional<SyncEvent> failed = backend.changeWindow(this.link, this.change.set);
			if (failed.isPresent()) {
				print(failed.get(), () -> backend.text(failed.get()));
				return ExitCodes.of(failed.get());
			}
		}
		LinkWindow window = backend.window(this.link);
		print(window, () -> text(window, backend.now()));
		return ExitCode.SUCCESS;
	}

	private static String text(LinkWindow window, Instant now) {
		Instant start = window.lastSuccessfulSync();
		String from = (start != null) ? from(start, now) : "everything (there is no successful run yet)";
		return new KeyValueText("Link '%s': what the next delta run fetches".formatted(window.link()))
			.add("Window", from)
			.add("Cursor", window.lastSuccessfulCursor())
			.add("Set", (window.setAt() != null)
					? "by a person at %s; no run was successful since".formatted(Formats.time(window.setAt())) : null)
			.addAll("Changed", window.changes())
			.toString();
	}

	private static String from(Instant start, Instant now) {
		if (start.isAfter(now)) {
			return ("from %s, which is %s ahead: the clock was wrong when the last successful run started. Set the "
					+ "window to a time before that run with --set")
				.formatted(start, Formats.duration(Duration.between(now, start)));
		}
		return "from %s, which is %s ago".formatted(start, Formats.duration(Duration.between(start, now)));
	}

	/** The two options exclude each other. */
	static class Change {

		@Option(names = "--set", paramLabel = "INSTANT", required = true,
				description = "The new start, such as 2026-11-21T08:00:00Z. Clears the cursor. Stored as an event.")
		private @Nullable Instant set;

		@Option(names = "--keep", required = true,
				description = "Keep the window although the Link has changed, because it is the same data at a new address. Stored as an event.")
		@SuppressWarnings("UnusedVariable")
		private boolean keep;

	}

}
