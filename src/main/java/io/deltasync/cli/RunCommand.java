package io.deltasync.cli;

import java.time.Instant;
import java.util.Optional;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.lease.SlotTakenException;
import io.deltasync.link.Link;
import io.deltasync.run.start.FullRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command
 * {@code run LINK [--full [--force] | --full-if-due] [--testing] [--rewrite]}.
 */
@CommandLine.Command(name = "run", description = "Runs a Link and waits until the run has ended.")
class RunCommand extends PrintingCommand {

	private static final Logger logger = LoggerFactory.getLogger(RunCommand.class);

	@Parameters(paramLabel = "LINK", description = "The Link's name.")
	@SuppressWarnings("NullAway.Init")
	private String link;

	@Option(names = "--full", description = "Fetch everything, whatever was fetched before.")
	private boolean full;

	@Option(names = "--full-if-due",
			description = "Fetch everything if a full run is due by the Link's full-schedule, otherwise only changes.")
	private boolean fullIfDue;

	@Option(names = "--testing", description = "Test run: neither changes the target nor moves the window.")
	private boolean testing;

	@Option(names = "--rewrite",
			description = "Also write records that are unchanged at the target (for skip-unchanged).")
	private boolean rewrite;

	@Option(names = "--force",
			description = "With --full: delete all records that the source no longer has, however many (for deletes).")
	private boolean force;

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		Link link = context.links().get(this.link);
		checkFullRuns(link);
		SyncEvent event = run(context, link);
		print(event, () -> context.text(event));
		return ExitCodes.of(event);
	}

	private void checkFullRuns(Link link) {
		if (this.fullIfDue && link.fullSchedule() == null) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"Link '%s' has no full-schedule, so --full-if-due can never find a full run due; configure full-schedule, or leave out --full-if-due"
						.formatted(link.name()),
					"", null);
		}
		if (!this.full && link.lacksFullRuns()) {
			logger
				.warn("Link '{}': deletes finds deleted records in full runs only, and no full-schedule is configured; "
						+ "this run deletes nothing", link.name());
		}
	}

	private SyncEvent run(CommandContext context, Link link) throws Exception {
		boolean mayBeDue = this.fullIfDue && !this.full && !this.testing;
		Optional<Instant> due = mayBeDue ? context.fullRuns().due(link) : Optional.empty();
		if (due.isPresent()) {
			try {
				return context.runs()
					.run(link, parameters(Mode.FULL).addString(RunParameters.SLOT, due.get().toString(), false),
							FullRuns.TRIGGER);
			}
			catch (SlotTakenException ex) {
				// another process has started the full run, so this is a delta run
			}
		}
		return context.runs().run(link, parameters(this.full ? Mode.FULL : Mode.DELTA));
	}

	private JobParametersBuilder parameters(Mode mode) {
		return new JobParametersBuilder().addString(RunParameters.MODE, mode.name(), false)
			.addString(RunParameters.TESTING, String.valueOf(this.testing), false)
			.addString(RunParameters.REWRITE, String.valueOf(this.rewrite), false)
			.addString(RunParameters.FORCE, String.valueOf(this.force), false);
	}

}
