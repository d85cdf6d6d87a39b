package io.deltasync.cli;

import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.link.Link;
import io.deltasync.run.plan.LinkCheck;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code validate [LINK …]}.
 */
@CommandLine.Command(name = "validate",
		description = "Checks all reasons for which a run would be refused at its start. Fetches and changes nothing.")
class ValidateCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", arity = "0..*", description = "The Links' names; default: all Links.")
	private List<String> names = List.of();

	@Override
	public boolean needsAllLinks() {
		return this.names.isEmpty();
	}

	@Override
	public ExitCode execute(CommandContext context) {
		List<Link> links = this.names.isEmpty() ? context.links().all()
				: this.names.stream().map(context.links()::get).toList();
		List<LinkCheck> checks = links.stream().map(context.previews()::check).toList();
		print(checks, () -> ChecksText.of(checks));
		if (checks.stream().allMatch((check) -> check.problems().isEmpty())) {
			return ExitCode.SUCCESS;
		}
		return checks.stream().allMatch((check) -> check.problems().isEmpty() || check.unavailable()) ? ExitCode.ABORTED
				: ExitCode.CONFIGURATION;
	}

}
