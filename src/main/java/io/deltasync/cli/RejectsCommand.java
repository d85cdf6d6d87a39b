package io.deltasync.cli;

import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code rejects LINK [--limit N]}.
 */
@CommandLine.Command(name = "rejects",
		description = "Lists the records of a Link that wait to be delivered, first those that hold its window.")
class RejectsCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(CommandContext context) {
		Link found = context.links().get(this.link);
		List<Reject> rejects = context.rejects().waiting(found.name(), this.limit.value());
		print(rejects, () -> RejectsText.of(found.name(), rejects));
		return ExitCode.SUCCESS;
	}

}
