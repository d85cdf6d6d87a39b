package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.RejectsText;
import io.deltasync.config.ExitCode;
import io.deltasync.reject.Reject;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code rejects LINK [--limit N]}.
 */
@CommandLine.Command(name = "rejects",
		description = "Lists the records of a Link that wait to be delivered, first those that hold its window.")
public class RejectsCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Mixin
	private LimitOption limit = new LimitOption();

	@Override
	public ExitCode execute(Backend backend) {
		List<Reject> rejects = backend.rejects(this.link, this.limit.value());
		print(rejects, () -> RejectsText.of(this.link, rejects));
		return ExitCode.SUCCESS;
	}

}
