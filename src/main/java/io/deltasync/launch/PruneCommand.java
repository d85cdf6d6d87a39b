package io.deltasync.launch;

import io.deltasync.event.Pruned;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * {@code prune [--dry-run]}.
 */
@CommandLine.Command(name = "prune",
		description = "Removes Sync Events, settled rejects and scopes that were kept as long as deltasync.retention says.")
class PruneCommand extends PrintingCommand {

	@Option(names = "--dry-run", description = "Only tell what would be removed.")
	private boolean dryRun;

	@Override
	public ExitCode execute(Engine engine) {
		Pruned pruned = engine.prune().prune(engine.links().names(), engine.retention(), this.dryRun);
		print(pruned, () -> text(pruned));
		return ExitCode.SUCCESS;
	}

	private static String text(Pruned pruned) {
		return "%s %s events, %s settled rejects, and %s pages of scopes of successful events".formatted(
				pruned.dryRun() ? "Would remove" : "Removed", Words.number(pruned.events()),
				Words.number(pruned.rejects()), Words.number(pruned.scopePages()));
	}

}
