package io.deltasync.cli;

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
 * {@code prune [--dry-run | --forget LINK]}.
 */
@CommandLine.Command(name = "prune",
		description = "Removes Sync Events, settled rejects and scopes that were kept as long as deltasync.retention says.")
class PruneCommand extends PrintingCommand {

	@ArgGroup
	private @Nullable Kind kind;

	@Override
	public ExitCode execute(CommandContext engine) throws Exception {
		if (this.kind != null && this.kind.link != null) {
			return forget(engine, this.kind.link);
		}
		boolean dryRun = this.kind != null && this.kind.dryRun;
		Pruned pruned = engine.prune().prune(engine.links().names(), engine.retention(), dryRun);
		print(pruned, () -> text(pruned));
		return ExitCode.SUCCESS;
	}

	private ExitCode forget(CommandContext engine, String link) throws LinkBusyException {
		if (engine.links().names().contains(link)) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"Link '%s' is still configured. Remove it from the configuration first.".formatted(link), "", null);
		}
		LinkRemoval.Forgotten forgotten = engine.removal().forget(link);
		print(forgotten,
				() -> "Link '%s': deleted %s events, %s rejects and %s delivered records".formatted(link,
						Formats.number(forgotten.events()), Formats.number(forgotten.rejects()),
						Formats.number(forgotten.records())));
		return ExitCode.SUCCESS;
	}

	private static String text(Pruned pruned) {
		return "%s %s events, %s settled rejects, and %s pages of scopes of successful events".formatted(
				pruned.dryRun() ? "Would remove" : "Removed", Formats.number(pruned.events()),
				Formats.number(pruned.rejects()), Formats.number(pruned.scopePages()));
	}

	/** What is removed: by age, or all of one Link. */
	static class Kind {

		@Option(names = "--dry-run", description = "Only tell what would be removed.")
		private boolean dryRun;

		@Option(names = "--forget", paramLabel = "LINK",
				description = "Delete everything that is stored of a Link that is no longer configured: events, rejects "
						+ "and delivered records.")
		private @Nullable String link;

	}

}
