package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.metrics.MetricsText;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code metrics}.
 */
@CommandLine.Command(name = "metrics",
		description = "Prints the metrics of the Links in Prometheus' text format, for a textfile collector.")
class MetricsCommand implements Command {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) {
		MetricsText text = context.metrics().getIfAvailable();
		if (text == null) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"This application does not have io.micrometer:micrometer-registry-prometheus, which the command 'metrics' needs",
					"Add that to its dependencies.", null);
		}
		this.spec.commandLine().getOut().print(text.read());
		this.spec.commandLine().getOut().flush();
		return ExitCode.SUCCESS;
	}

}
