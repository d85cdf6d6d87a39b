package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.ChecksText;
import io.deltasync.config.ExitCode;
import io.deltasync.run.plan.LinkCheck;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code validate [LINK …]}.
 */
@CommandLine.Command(name = "validate",
		description = "Checks all reasons for which a run would be refused at its start. Fetches and changes nothing.")
public class ValidateCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", arity = "0..*", description = "The Links' names; default: all Links.")
	private List<String> names = List.of();

	@Override
	public boolean needsAllLinks() {
		return this.names.isEmpty();
	}

	@Override
	public ExitCode execute(Backend backend) {
		List<String> links = this.names.isEmpty() ? backend.linkNames() : this.names;
		List<LinkCheck> checks = links.stream().map(backend::check).toList();
		print(checks, () -> ChecksText.of(checks));
		if (checks.stream().allMatch((check) -> check.problems().isEmpty())) {
			return ExitCode.SUCCESS;
		}
		return checks.stream().allMatch((check) -> check.problems().isEmpty() || check.unavailable()) ? ExitCode.ABORTED
				: ExitCode.CONFIGURATION;
	}

}
