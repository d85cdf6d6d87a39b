package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.PreviewText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Mode;
import io.deltasync.run.plan.Preview;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code plan LINK [--full]}.
 */
@CommandLine.Command(name = "plan", description = "Shows what a run would fetch. Fetches and stores nothing.")
public class PlanCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	@Option(names = "--full", description = "Plan a run that fetches everything, whatever was fetched before.")
	private boolean full;

	@Override
	public ExitCode execute(Backend backend) {
		Preview preview = backend.plan(this.link, this.full ? Mode.FULL : Mode.DELTA);
		print(preview, () -> PreviewText.of(preview));
		return ExitCode.SUCCESS;
	}

}
