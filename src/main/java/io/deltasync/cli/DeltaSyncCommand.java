package io.deltasync.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

import io.deltasync.console.security.Role;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The root of the command line.
 */
@CommandLine.Command(name = "deltasync",
		description = "Copies records from a source to a target; after the first run, only the changes.",
		synopsisSubcommandLabel = "COMMAND",
		subcommands = { RunCommand.class, RestartCommand.class, ReplayCommand.class, StopCommand.class,
				PlanCommand.class, ValidateCommand.class, LinksCommand.class, EventsCommand.class, EventCommand.class,
				RejectsCommand.class, AcknowledgeCommand.class, DiscardCommand.class, WindowCommand.class,
				PruneCommand.class, ServeCommand.class, MetricsCommand.class, MigrateCommand.class, WorkerCommand.class,
				TokenCommand.class, UserCommand.class },
		footer = { "",
				"Spring Boot properties may appear anywhere: --spring.profiles.active=mysql, --deltasync.lease=2m",
				"" },
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "  0:success, or nothing to do", "  1:unexpected error", "  2:invalid usage",
				"  3:the run completed, but not everything was delivered", "  4:invalid configuration",
				"  5:aborted: something is unavailable, or for the reason in the event",
				"  6:the Link, or the embedded database, is busy", "143:stopped, state clean" })
class DeltaSyncCommand {

	/** Arguments that begin with @ are plain names, not argument files. */
	static CommandLine commandLine() {
		CommandLine all = new CommandLine(new DeltaSyncCommand()).setExpandAtFiles(false);
		all.registerConverter(Instant.class, DeltaSyncCommand::instant);
		// two references to the same method crash Java 17 when it writes a CDS archive
		CommandLine.ITypeConverter<Long> number = DeltaSyncCommand::number;
		all.registerConverter(long.class, number);
		all.registerConverter(Long.class, number);
		all.registerConverter(Role.class, DeltaSyncCommand::role);
		helpAndVersion(all);
		all.getSubcommands().values().forEach((command) -> {
			helpAndVersion(command);
			command.getSubcommands().values().forEach(DeltaSyncCommand::helpAndVersion);
		});
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

	private static Role role(String value) {
		return Stream.of(Role.values())
			.filter((role) -> role.words().equals(value))
			.findFirst()
			.orElseThrow(() -> new TypeConversionException(
					"'%s' is not a role: viewer, operator or admin".formatted(value)));
	}

	/**
	 * Finds the command on the command line.
	 * @param parsed the parsed command line
	 * @return the command; empty if the arguments name none, or only a group of commands
	 */
	static Optional<CommandSpec> command(ParseResult parsed) {
		ParseResult last = parsed;
		while (last.hasSubcommand()) {
			last = last.subcommand();
		}
		return Optional.of(last.commandSpec()).filter((command) -> command.userObject() instanceof Command);
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
