package io.deltasync.cli.command;

import java.time.Duration;
import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.RecordsText;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.console.RunOptions;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.VerifyOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code verify LINK [--sample PERCENT] [--settle TIME] [--repair [--force]]
 * [--strict] [--rate N] [--limit N] [--no-wait]}.
 */
@CommandLine.Command(name = "verify",
		description = "Compares each record of a Link's source with what its target holds, and lists the differences.")
public class VerifyCommand extends PrintingCommand implements BackendCommand {

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	private String link = "";

	@Option(names = "--sample", paramLabel = "PERCENT",
			description = "Compare only this percentage of the scopes, chosen by chance. Proves nothing of the others.")
	private @Nullable Double sample;

	@Option(names = "--settle", paramLabel = "TIME", defaultValue = "10s",
			description = "Time after which records that differ are compared again (default: ${DEFAULT-VALUE}).")
	private Duration settle = VerifyOptions.SETTLE;

	@Option(names = "--repair",
			description = "Deliver records that differ again, and delete those that 'deletes' would delete.")
	private boolean repair;

	@Option(names = "--force",
			description = "With --repair: delete all records that the source no longer has, however many (for deletes).")
	private boolean force;

	@Option(names = "--strict", description = "Also count records that wait to be delivered as differences.")
	private boolean strict;

	@Option(names = "--rate", paramLabel = "N",
			description = "Maximum number of records that are compared in a second.")
	private @Nullable Integer rate;

	@Mixin
	private LimitOption limit = new LimitOption();

	@Mixin
	private WaitOption wait = new WaitOption();

	@Override
	public ExitCode execute(Backend backend) throws Exception {
		SyncEvent event = backend.run(this.link, RunOptions.verify(options(), this.force), this.wait.waits());
		List<LoggedRecord> records = event.status().ended() ? backend.records(event.id(), this.limit.value())
				: List.of();
		print(new Verified(event, records), () -> records.isEmpty() ? backend.text(event)
				: backend.text(event) + System.lineSeparator() + RecordsText.of(event, records));
		return this.wait.exitCode(event);
	}

	private VerifyOptions options() {
		try {
			return new VerifyOptions(this.sample, this.settle, this.repair, this.strict, this.rate);
		}
		catch (IllegalArgumentException ex) {
			throw new LaunchException(ExitCode.USAGE.value(), String.valueOf(ex.getMessage()), "", null);
		}
	}

	/**
	 * What the command prints as JSON.
	 *
	 * @param event the Sync Event, as {@code event} prints it
	 * @param records the first differences, as {@code event --records} prints them
	 */
	record Verified(SyncEvent event, List<LoggedRecord> records) {

	}

}
