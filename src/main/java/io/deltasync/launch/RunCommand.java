package io.deltasync.launch;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code run LINK [--full [--force]] [--testing] [--rewrite]}.
 */
@CommandLine.Command(name = "run", description = "Runs a Link and waits for its end.")
class RunCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	@Option(names = "--full", description = "Fetch everything, whatever was fetched before.")
	private boolean full;

	@Option(names = "--testing", description = "Try it: the target is not changed, and the window does not move.")
	private boolean testing;

	@Option(names = "--rewrite", description = "Write also what the target has as it is (for skip-unchanged).")
	private boolean rewrite;

	@Option(names = "--force",
			description = "With --full: delete what the source has no more, however much it is (for deletes).")
	private boolean force;

	@Override
	public ExitCode execute(Engine engine) throws Exception {
		JobParametersBuilder parameters = new JobParametersBuilder()
			.addString(RunParameters.MODE, (this.full ? Mode.FULL : Mode.DELTA).name(), false)
			.addString(RunParameters.TESTING, String.valueOf(this.testing), false)
			.addString(RunParameters.REWRITE, String.valueOf(this.rewrite), false)
			.addString(RunParameters.FORCE, String.valueOf(this.force), false);
		SyncEvent event = engine.runs().run(engine.links().get(this.link), parameters);
		print(event, () -> engine.text(event));
		return ExitCode.of(event);
	}

}
