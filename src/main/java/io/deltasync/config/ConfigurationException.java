package io.deltasync.config;

import java.util.Collection;
import java.util.List;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown if the configuration is invalid. Contains all problems, so that they can be
 * fixed in one go. Ends the process with exit code 4.
 */
public class ConfigurationException extends RuntimeException implements ExitCodeGenerator {

	/** The exit code of a process that ends because of its configuration. */
	public static final int EXIT_CODE = 4;

	private static final long serialVersionUID = 1L;

	private final transient List<ConfigurationProblem> problems;

	/**
	 * Creates the exception.
	 * @param problems one or more problems
	 */
	public ConfigurationException(Collection<ConfigurationProblem> problems) {
		super(describe(List.copyOf(problems)));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Returns the problems.
	 * @return the problems in the order of the configuration
	 */
	public List<ConfigurationProblem> problems() {
		return this.problems;
	}

	@Override
	public int getExitCode() {
		return EXIT_CODE;
	}

	private static String describe(List<ConfigurationProblem> problems) {
		StringBuilder text = new StringBuilder((problems.size() == 1) ? "The configuration has a problem:"
				: "The configuration has %d problems:".formatted(problems.size()));
		int number = 1;
		for (ConfigurationProblem problem : problems) {
			String indent = "\n  %2d. ".formatted(number++);
			text.append(indent).append(problem.toString().indent(indent.length() - 1).strip());
		}
		return text.toString();
	}

}
