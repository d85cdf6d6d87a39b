package io.deltasync.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line as a whole.
 */
@CommandLine.Command(name = "deltasync",
		description = "Moves records from a source to a target and, after the first time, only what changed.",
		synopsisSubcommandLabel = "COMMAND",
		subcommands = { RunCommand.class, RestartCommand.class, ReplayCommand.class, StopCommand.class,
				PlanCommand.class, ValidateCommand.class, LinksCommand.class, EventsCommand.class, EventCommand.class,
				RejectsCommand.class, AcknowledgeCommand.class, DiscardCommand.class, WindowCommand.class,
				PruneCommand.class, ServeCommand.class, MetricsCommand.class, MigrateCommand.class,
				WorkerCommand.class },
		footer = { "",
				"Settings of Spring Boot may stand anywhere: --spring.profiles.active=mysql, --deltasync.lease=2m",
				"" },
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "  0:success, or nothing to do", "  1:unexpected", "  2:usage",
				"  3:the run completed, but not everything was delivered", "  4:configuration",
				"  5:aborted: something is not available, or what the event says",
				"  6:the Link, or the embedded database, is busy", "143:stopped, state clean" })
class DeltaSyncCommand {

	/** An argument that begins with @ is a name like others, not that of a file. */
	static CommandLine commandLine() {
		CommandLine all = new CommandLine(new DeltaSyncCommand()).setExpandAtFiles(false);
		all.registerConverter(Instant.class, DeltaSyncCommand::instant);
		// two references to one method crash Java 17 when it writes an archive of its
		// classes
		CommandLine.ITypeConverter<Long> number = DeltaSyncCommand::number;
		all.registerConverter(long.class, number);
		all.registerConverter(Long.class, number);
		helpAndVersion(all);
		all.getSubcommands().values().forEach(DeltaSyncCommand::helpAndVersion);
		return all;
	}

	private static Instant instant(String value) {
		try {
			return Instant.parse(value);
		}
		catch (DateTimeParseException ex) {
			throw new TypeConversionException("'%s' is not an instant such as 2026-11-29T10:00:00Z".formatted(value));
		}
	}

	private static Long number(String value) {
		try {
			return Long.valueOf(value);
		}
		catch (NumberFormatException ex) {
			throw new TypeConversionException("'%s' is not a number".formatted(value));
		}
	}

	private static void helpAndVersion(CommandLine command) {
		command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new BuildVersion());
	}

}
