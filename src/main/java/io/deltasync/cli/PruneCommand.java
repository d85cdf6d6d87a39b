package io.deltasync.cli;

import io.deltasync.event.Formats;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.event.LinkRemoval;
import io.deltasync.event.Pruned;
import io.deltasync.lease.LinkBusyException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The command {@code prune [--dry-run | --forget LINK]}.
 */
@CommandLine.Command(name = "prune",
		description = "Removes Sync Events, closed rejects, scopes and entries of the audit log that are older than deltasync.retention allows.")
class PruneCommand extends PrintingCommand {

	@ArgGroup
	private @Nullable Kind kind;

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		if (this.kind != null && this.kind.link != null) {
			return forget(context, this.kind.link);
		}
		boolean dryRun = this.kind != null && this.kind.dryRun;
		Pruned pruned = context.prune().prune(context.links().names(), context.retention(), dryRun);
		print(pruned, () -> text(pruned));
		return ExitCode.SUCCESS;
	}

	private ExitCode forget(CommandContext context, String link) throws LinkBusyException {
		if (context.links().names().contains(link)) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"Link '%s' is still configured. Remove it from the configuration first.".formatted(link), "", null);
		}
		LinkRemoval.Forgotten forgotten = context.removal().forget(link);
		print(forgotten,
				() -> "Link '%s': deleted %s events, %s rejects and %s delivered records".formatted(link,
						Formats.number(forgotten.events()), Formats.number(forgotten.rejects()),
						Formats.number(forgotten.records())));
		return ExitCode.SUCCESS;
	}

	private static String text(Pruned pruned) {
		return "%s %s events, %s closed rejects, %s pages of scopes of successful events, and %s entries of the audit log"
			.formatted(pruned.dryRun() ? "Would remove" : "Removed", Formats.number(pruned.events()),
					Formats.number(pruned.rejects()), Formats.number(pruned.scopePages()),
					Formats.number(pruned.auditEntries()));
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
