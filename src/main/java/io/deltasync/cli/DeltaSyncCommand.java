package io.deltasync.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.deltasync.cli.access.TokenCommand;
import io.deltasync.cli.access.UserCommand;
import io.deltasync.cli.command.AcknowledgeCommand;
import io.deltasync.cli.command.Command;
import io.deltasync.cli.command.CheckCommand;
import io.deltasync.cli.command.DiscardCommand;
import io.deltasync.cli.command.EventCommand;
import io.deltasync.cli.command.EventsCommand;
import io.deltasync.cli.command.LinksCommand;
import io.deltasync.cli.command.MetricsCommand;
import io.deltasync.cli.command.MigrateCommand;
import io.deltasync.cli.command.NotifyCommand;
import io.deltasync.cli.command.PauseCommand;
import io.deltasync.cli.command.PlanCommand;
import io.deltasync.cli.command.PreviewCommand;
import io.deltasync.cli.command.PruneCommand;
import io.deltasync.cli.command.RejectsCommand;
import io.deltasync.cli.command.ReplayCommand;
import io.deltasync.cli.command.RequestsCommand;
import io.deltasync.cli.command.RestartCommand;
import io.deltasync.cli.command.ResumeCommand;
import io.deltasync.cli.command.RunCommand;
import io.deltasync.cli.command.ServeCommand;
import io.deltasync.cli.command.StopCommand;
import io.deltasync.cli.command.TraceCommand;
import io.deltasync.cli.command.TrainCommand;
import io.deltasync.cli.command.ValidateCommand;
import io.deltasync.cli.command.VerifyCommand;
import io.deltasync.cli.command.WindowCommand;
import io.deltasync.cli.command.WorkerCommand;
import io.deltasync.cli.process.Distribution;
import io.deltasync.cli.server.ServerOptions;
import io.deltasync.console.security.Role;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The root of the command line.
 */
@CommandLine.Command(name = "deltasync",
		description = "Copies records from a source to a target; after the first run, only the changes.",
		synopsisSubcommandLabel = "COMMAND",
		footer = { "",
				"Spring Boot properties may appear anywhere: --spring.profiles.active=mysql, --deltasync.lease=2m",
				"" },
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "  0:success, or nothing to do", "  1:unexpected error", "  2:invalid usage",
				"  3:the run completed, but not everything was delivered", "  4:invalid configuration",
				"  5:aborted: something is unavailable, or for the reason in the event",
				"  6:the Link, or the embedded database, is busy", "143:stopped, state clean" })
class DeltaSyncCommand {

	/** In the order of the help. Each has the name of its command. */
	private static final List<Class<?>> COMMANDS = List.of(RunCommand.class, RestartCommand.class, ReplayCommand.class,
			StopCommand.class, PlanCommand.class, PreviewCommand.class, ValidateCommand.class, LinksCommand.class,
			EventsCommand.class, EventCommand.class, RejectsCommand.class, RequestsCommand.class,
			AcknowledgeCommand.class, DiscardCommand.class, TraceCommand.class, VerifyCommand.class,
			WindowCommand.class, PauseCommand.class, ResumeCommand.class, PruneCommand.class, ServeCommand.class,
			CheckCommand.class, NotifyCommand.class, MetricsCommand.class, MigrateCommand.class, WorkerCommand.class,
			TokenCommand.class, UserCommand.class);

	@Mixin
	private ServerOptions server = new ServerOptions();

	/** All commands. */
	static CommandLine commandLine() {
		return commandLine(COMMANDS);
	}

	/**
	 * Reads the annotations of no other command than the one that arguments name: reading
	 * those of all takes a considerable part of a short command.
	 * @param args all arguments
	 * @return a command line with that command; with all commands if they name none
	 */
	static CommandLine commandLine(String... args) {
		return OwnArguments.command(args)
			.flatMap((name) -> COMMANDS.stream()
				.filter((type) -> type.getSimpleName().toLowerCase(Locale.ROOT).equals(name + "command"))
				.findFirst())
			.map((type) -> commandLine(List.of(type)))
			.orElseGet(DeltaSyncCommand::commandLine);
	}

	/** Arguments that begin with @ are plain names, not argument files. */
	private static CommandLine commandLine(List<Class<?>> commands) {
		CommandLine all = new CommandLine(new DeltaSyncCommand()).setExpandAtFiles(false);
		commands.forEach(all::addSubcommand);
		all.registerConverter(Instant.class, DeltaSyncCommand::instant);
		// two references to the same method crash Java 17 when it writes a CDS archive
		CommandLine.ITypeConverter<Long> number = DeltaSyncCommand::number;
		all.registerConverter(long.class, number);
		all.registerConverter(Long.class, number);
		all.registerConverter(Duration.class, DeltaSyncCommand::duration);
		all.registerConverter(Role.class, DeltaSyncCommand::role);
		if (Distribution.isHere() && commands == COMMANDS) {
			all.addSubcommand(TrainCommand.class);
		}
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

	private static Duration duration(String value) {
		try {
			return DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException("'%s' is not a duration such as 2h".formatted(value));
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

	/**
	 * Returns the options that name a server.
	 * @param parsed the parsed command line
	 * @return the options, given or not
	 */
	static ServerOptions server(ParseResult parsed) {
		return ((DeltaSyncCommand) parsed.commandSpec().root().userObject()).server;
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
