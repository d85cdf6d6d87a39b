package io.deltasync.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The option {@code --limit} of commands that list.
 */
class LimitOption {

	@Spec(Spec.Target.MIXEE)
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	private int limit;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "50",
			description = "Maximum number of entries (default: ${DEFAULT-VALUE}).")
	void limit(int limit) {
		if (limit < 1) {
			throw new ParameterException(this.command.commandLine(),
					"Invalid value for option '--limit': %d; give 1 or more".formatted(limit));
		}
		this.limit = limit;
	}

	/**
	 * Returns the maximum number of entries.
	 * @return 1 or more
	 */
	int value() {
		return this.limit;
	}

}
