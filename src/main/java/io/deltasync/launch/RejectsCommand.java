package io.deltasync.launch;

import java.util.List;

import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code rejects LINK [--limit N]}.
 */
@CommandLine.Command(name = "rejects",
		description = "Lists the records of a Link that wait to be delivered, those first that hold its window.")
class RejectsCommand extends PrintingCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	private int limit;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "100",
			description = "How many at most (default: ${DEFAULT-VALUE}).")
	void limit(int limit) {
		if (limit < 1) {
			throw new ParameterException(spec().commandLine(),
					"Invalid value for option '--limit': %d; give 1 or more".formatted(limit));
		}
		this.limit = limit;
	}

	@Override
	public ExitCode execute(Engine engine) {
		Link found = engine.links().get(this.link);
		List<Reject> rejects = engine.rejects().waiting(found.name(), this.limit);
		print(rejects, () -> RejectsText.of(found.name(), rejects));
		return ExitCode.SUCCESS;
	}

}
