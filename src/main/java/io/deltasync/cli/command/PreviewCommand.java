package io.deltasync.cli.command;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.RecordPreviewText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Mode;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreviews;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code preview LINK [--limit N] [--full]}.
 */
@CommandLine.Command(name = "preview",
		description = "Fetches the first records of the next run and shows them before and after filters and mapping. Delivers and stores nothing.")
public class PreviewCommand extends PrintingCommand implements BackendCommand {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	private int limit;

	@Option(names = "--full", description = "Preview a run that fetches everything, whatever was fetched before.")
	private boolean full;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "" + RecordPreviews.DEFAULT_LIMIT,
			description = "Maximum number of records (default: ${DEFAULT-VALUE}).")
	void limit(int limit) {
		if (limit < 1 || limit > RecordPreviews.MAX_LIMIT) {
			throw new ParameterException(this.command.commandLine(),
					"Invalid value for option '--limit': %d; give 1 to %,d".formatted(limit, RecordPreviews.MAX_LIMIT));
		}
		this.limit = limit;
	}

	@Override
	public ExitCode execute(Backend backend) {
		RecordPreview preview = backend.preview(this.link, this.full ? Mode.FULL : Mode.DELTA, this.limit);
		print(preview, () -> RecordPreviewText.of(preview));
		return ExitCode.SUCCESS;
	}

}
