package io.deltasync.cli;

import java.util.OptionalInt;

import io.deltasync.config.ExitCode;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Handles {@code --help}, {@code --version} and invalid command lines without starting
 * the application.
 */
public final class UsageCheck {

	private static final int CONTINUE = -1;

	/** The property that ends the process once the application has started. */
	private static final String TRAINING = "spring.context.exit";

	private UsageCheck() {
	}

	/**
	 * Checks the arguments of DeltaSync's own jar. Prints help to stdout and errors to
	 * stderr.
	 * @param args all arguments
	 * @return the exit code; empty when the application must be started: for a command,
	 * for a job that {@code spring.batch.job.name} names as an argument, a system
	 * property or an environment variable, or for a training run for class-data sharing
	 */
	public static OptionalInt answer(String... args) {
		CommandLine commandLine = DeltaSyncCommand.commandLine().setExecutionStrategy(UsageCheck::answer);
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
	 * Whether a process checks all Links when it starts.
	 * @param args all arguments, already checked
	 * @return false for commands about one Link or event, and when the arguments name a
	 * job
	 */
	public static boolean needsAllLinks(String... args) {
		if (namesJob(args)) {
			return false;
		}
		return DeltaSyncCommand.command(DeltaSyncCommand.commandLine().parseArgs(OwnArguments.of(args)))
			.map((command) -> ((Command) command.userObject()).needsAllLinks())
			.orElse(true);
	}

	private static int answer(ParseResult parsed) {
		Integer help = CommandLine.executeHelpRequest(parsed);
		if (help != null) {
			return help;
		}
		if (DeltaSyncCommand.command(parsed).isEmpty()) {
			throw new ParameterException(parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1),
					"Missing command");
		}
		return CONTINUE;
	}

	private static boolean namesJob(String... args) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		return environment.containsProperty(Commands.JOB_NAME);
	}

}
