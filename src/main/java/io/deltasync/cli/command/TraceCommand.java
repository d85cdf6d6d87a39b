package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.process.ExitCodes;
import io.deltasync.cli.text.TraceText;
import io.deltasync.config.ExitCode;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.Link;
import io.deltasync.trace.Trace;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code trace LINK KEY... [--deliver]}.
 */
@CommandLine.Command(name = "trace",
		description = "Shows where a record is: asks source and target for it now, and says why it is not in step and what to do.")
public class TraceCommand extends PrintingCommand implements BackendCommand {

	@Parameters(index = "0", paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Parameters(index = "1..*", paramLabel = "KEY", arity = "1..*",
			description = "The record's key, as 'rejects' prints it, or NAME=VALUE for each of its properties.")
	private List<String> key = List.of();

	@Option(names = "--deliver", description = "Deliver this record now, in a run of its own that moves no window.")
	private boolean deliver;

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		if (this.deliver) {
			SyncEvent event = backend.deliver(this.link, this.key);
			if (!event.success()) {
				print(event, () -> backend.text(event));
				return ExitCodes.of(event);
			}
		}
		Trace trace = backend.trace(this.link, this.key);
		print(trace, () -> TraceText.of(trace));
		return trace.fine() ? ExitCode.SUCCESS : ExitCode.NOT_SUCCESSFUL;
	}

}
