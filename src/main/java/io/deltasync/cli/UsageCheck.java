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
 * Answers what needs nothing to be started: {@code --help}, {@code --version} and command
 * lines that cannot be used.
 */
public final class UsageCheck {

	private static final int GO_ON = -1;

	/** Has the process end when the application has been started. */
	private static final String TRAINING = "spring.context.exit";

	private UsageCheck() {
	}

	/**
	 * Looks at the arguments of DeltaSync's own jar. Prints help to stdout, and what is
	 * wrong to stderr.
	 * @param args all arguments
	 * @return the exit code to end with; empty when there is something to be started, be
	 * it a command or, by {@code spring.batch.job.name} as an argument, a system property
	 * or an environment variable, a job; or nothing but the application itself, in a
	 * training run for class-data sharing
	 */
	public static OptionalInt answer(String... args) {
		CommandLine commandLine = DeltaSyncCommand.commandLine().setExecutionStrategy(UsageCheck::answer);
		try {
			if (namesJob(args) || SpringProperties.getProperty(TRAINING) != null) {
				return OptionalInt.empty();
			}
		}
		catch (IllegalArgumentException ex) {
			// what Spring takes for a property without a name
			commandLine.getErr().println(ex.getMessage());
			commandLine.usage(commandLine.getErr());
			return OptionalInt.of(ExitCode.USAGE.value());
		}
		int answer = commandLine.execute(OwnArguments.of(args));
		return (answer != GO_ON) ? OptionalInt.of(answer) : OptionalInt.empty();
	}

	/**
	 * Tells whether a process is to stay and answer requests.
	 * @param args all arguments
	 * @return true for the command {@code serve}; false for all other commands, and where
	 * they name a job
	 */
	public static boolean serves(String... args) {
		return OwnArguments.command(args).filter(ServeCommand.NAME::equals).isPresent() && !namesJob(args);
	}

	/**
	 * Whether a process checks all Links when it starts.
	 * @param args all arguments, which can be used
	 * @return false for commands about one Link or event, and where they name a job
	 */
	public static boolean needsAllLinks(String... args) {
		if (namesJob(args)) {
			return false;
		}
		ParseResult command = DeltaSyncCommand.commandLine().parseArgs(OwnArguments.of(args)).subcommand();
		return command == null || !(command.commandSpec().userObject() instanceof Command parsed)
				|| parsed.needsAllLinks();
	}

	private static int answer(ParseResult parsed) {
		Integer help = CommandLine.executeHelpRequest(parsed);
		if (help != null) {
			return help;
		}
		if (!parsed.hasSubcommand()) {
			throw new ParameterException(parsed.commandSpec().commandLine(), "Missing command");
		}
		return GO_ON;
	}

	private static boolean namesJob(String... args) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		return environment.containsProperty(Commands.JOB_NAME);
	}

}
