package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code metrics}.
 */
@CommandLine.Command(name = "metrics",
		description = "Prints the metrics of the Links in Prometheus' text format, for a textfile collector.")
public class MetricsCommand implements BackendCommand {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(Backend backend) {
		this.spec.commandLine().getOut().print(backend.metrics());
		this.spec.commandLine().getOut().flush();
		return ExitCode.SUCCESS;
	}

}
