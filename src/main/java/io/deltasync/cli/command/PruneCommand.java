package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Formats;
import io.deltasync.event.retention.LinkRemoval;
import io.deltasync.event.retention.Pruned;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The command {@code prune [--dry-run | --forget LINK]}.
 */
@CommandLine.Command(name = "prune",
		description = "Removes Sync Events, closed rejects, scopes, entries of the audit log, pushed requests and notifications that are older than deltasync.retention allows.")
public class PruneCommand extends PrintingCommand implements BackendCommand {

	@ArgGroup
	private @Nullable Kind kind;

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		if (this.kind != null && this.kind.link != null) {
			return forget(backend, this.kind.link);
		}
		boolean dryRun = this.kind != null && this.kind.dryRun;
		Pruned pruned = backend.prune(dryRun);
		print(pruned, () -> text(pruned));
		return ExitCode.SUCCESS;
	}

	private ExitCode forget(Backend backend, String link) throws Exception {
		LinkRemoval.Forgotten forgotten = backend.forget(link);
		print(forgotten,
				() -> "Link '%s': deleted %s events, %s rejects and %s delivered records".formatted(link,
						Formats.number(forgotten.events()), Formats.number(forgotten.rejects()),
						Formats.number(forgotten.records())));
		return ExitCode.SUCCESS;
	}

	private static String text(Pruned pruned) {
		return "%s %s events, %s closed rejects, %s pages of scopes of successful events, %s entries of the audit log, %s pushed requests, and %s notifications"
			.formatted(pruned.dryRun() ? "Would remove" : "Removed", Formats.number(pruned.events()),
					Formats.number(pruned.rejects()), Formats.number(pruned.scopePages()),
					Formats.number(pruned.auditEntries()), Formats.number(pruned.pushes()),
					Formats.number(pruned.notifications()));
	}

	/** The options, which exclude each other. */
	static class Kind {

		@Option(names = "--dry-run", description = "Only count the entries, without removing them.")
		private boolean dryRun;

		@Option(names = "--forget", paramLabel = "LINK",
				description = "Delete all data of a Link that is no longer configured: events, rejects "
						+ "and delivered records.")
		private @Nullable String link;

	}

}
