package io.deltasync.cli.command;

import java.time.Duration;
import java.util.List;

import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.HealthText;
import io.deltasync.config.ExitCode;
import io.deltasync.link.Link;
import io.deltasync.notify.LinkHealth;
import io.deltasync.notify.LinkHealth.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code check [LINK …] [--max-age DURATION]}.
 */
@CommandLine.Command(name = "check",
		description = "Answers an outside monitor from what is stored, in one line and by the exit code: 0 OK, 1 WARNING, 2 CRITICAL.")
public class CheckCommand extends PrintingCommand implements BackendCommand {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	@Parameters(paramLabel = "LINK", arity = "0..*", description = "The Links' names; default: all Links.")
	private List<String> names = List.of();

	private @Nullable Duration maxAge;

	@Option(names = "--max-age", paramLabel = "DURATION",
			description = "The longest time without a successful run, such as 2h; default: the Link's notifications.stale-after, if any.")
	void maxAge(Duration maxAge) {
		if (maxAge.isNegative() || maxAge.isZero()) {
			throw new ParameterException(this.command.commandLine(),
					"Invalid value for option '--max-age': give a duration above 0, such as 2h");
		}
		this.maxAge = maxAge;
	}

	@Override
	public boolean needsAllLinks() {
		return this.names.isEmpty();
	}

	@Override
	public ExitCode execute(Backend backend) {
		List<LinkHealth> states = backend.health(this.names, this.maxAge);
		Level worst = states.stream().map(LinkHealth::level).max(Level::compareTo).orElse(Level.WARNING);
		String line = HealthText.of(worst, states, backend.now());
		print(new Answer(worst, line, states), () -> line);
		return switch (worst) {
			case OK -> ExitCode.SUCCESS;
			case WARNING -> ExitCode.WARNING;
			case CRITICAL -> ExitCode.CRITICAL;
		};
	}

	/**
	 * The answer. Its components are its fields in JSON.
	 *
	 * @param status the worst level of all Links
	 * @param message the line that is printed without {@code --json}
	 * @param links the Links
	 */
	record Answer(Level status, String message, List<LinkHealth> links) {

	}

}
