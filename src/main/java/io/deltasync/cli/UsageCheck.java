package io.deltasync.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

import io.deltasync.cli.command.BackendCommand;
import io.deltasync.cli.command.Command;
import io.deltasync.cli.command.ServeCommand;
import io.deltasync.cli.command.TrainCommand;
import io.deltasync.cli.server.ServedCommands;
import io.deltasync.cli.server.ServerOptions;
import io.deltasync.config.ExitCode;
import io.deltasync.console.LocalServer;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Handles {@code --help}, {@code --version}, invalid command lines and commands through a
 * server without starting the application.
 */
public final class UsageCheck {

	private static final int CONTINUE = -1;

	/** The property that ends the process once the application has started. */
	private static final String TRAINING = "spring.context.exit";

	private UsageCheck() {
	}

	/**
	 * Checks the arguments of DeltaSync's own jar. Prints help to stdout and errors to
	 * stderr. Executes a command that names a server.
	 * @param args all arguments
	 * @return the exit code; empty when the application must be started: for a command,
	 * for a job that {@code spring.batch.job.name} names as an argument, a system
	 * property or an environment variable, or for a training run for class-data sharing
	 */
	public static OptionalInt answer(String... args) {
		CommandLine commandLine = DeltaSyncCommand.commandLine(args).setExecutionStrategy(UsageCheck::answer);
		try {
			if (namesJob(args) || SpringProperties.getProperty(TRAINING) != null) {
				return OptionalInt.empty();
			}
		}
		catch (IllegalArgumentException ex) {
			// an argument that Spring reads as a property without a name
			commandLine.getErr().println(ex.getMessage());
			commandLine.usage(commandLine.getErr());
			return OptionalInt.of(ExitCode.USAGE.value());
		}
		int answer = commandLine.execute(OwnArguments.of(args));
		return (answer != CONTINUE) ? OptionalInt.of(answer) : OptionalInt.empty();
	}

	/**
	 * Whether a process keeps running and answers requests.
	 * @param args all arguments
	 * @return true for the command {@code serve}; false for all other commands, and when
	 * the arguments name a job
	 */
	public static boolean serves(String... args) {
		return OwnArguments.command(args).filter(ServeCommand.NAME::equals).isPresent() && !namesJob(args);
	}

	/**
	 * Whether a process only loads what other commands need.
	 * @param args all arguments, already checked
	 * @return true for the command {@code train}
	 */
	public static boolean trains(String... args) {
		return OwnArguments.command(args).filter(TrainCommand.NAME::equals).isPresent() && !namesJob(args);
	}

	/**
	 * Whether a command may be executed by a {@code serve} that has opened the embedded
	 * database.
	 * @param args all arguments, already checked
	 * @return false for commands about their own process, and when the arguments name a
	 * job
	 */
	public static boolean mayBeServed(String... args) {
		return !namesJob(args)
				&& command(args).filter((command) -> command.userObject() instanceof BackendCommand).isPresent();
	}

	/**
	 * Executes a command through a server on this computer.
	 * @param server the server
	 * @param args all arguments, already checked
	 * @return the exit code
	 */
	public static int execute(LocalServer server, String... args) {
		CommandSpec command = command(args).orElseThrow();
		if (Arrays.stream(args).anyMatch((arg) -> arg.startsWith("--deltasync."))) {
			command.commandLine()
				.getErr()
				.println("Settings in arguments have no effect: 'serve' (process %d) executes the command with its own"
					.formatted(server.pid()));
		}
		return ServedCommands.execute(command, server);
	}

	private static Optional<CommandSpec> command(String... args) {
		return DeltaSyncCommand.command(DeltaSyncCommand.commandLine(args).parseArgs(OwnArguments.of(args)));
	}

	/**
	 * Whether a process checks all Links when it starts.
	 * @param args all arguments, already checked
	 * @return false for commands about one Link or event, and when the arguments name a
	 * job
	 */
	public static boolean needsAllLinks(String... args) {
		if (namesJob(args)) {
			return false;
		}
		return command(args).map((command) -> ((Command) command.userObject()).needsAllLinks()).orElse(true);
	}

	private static int answer(ParseResult parsed) {
		Integer help = CommandLine.executeHelpRequest(parsed);
		if (help != null) {
			return help;
		}
		CommandSpec command = DeltaSyncCommand.command(parsed).orElse(null);
		if (command == null) {
			throw new ParameterException(parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1),
					"Missing command");
		}
		ServerOptions server = DeltaSyncCommand.server(parsed);
		return server.areGiven() ? ServedCommands.execute(command, server) : CONTINUE;
	}

	private static boolean namesJob(String... args) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		return environment.containsProperty(Commands.JOB_NAME);
	}

}
