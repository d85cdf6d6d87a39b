package io.deltasync.cli.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The installation whose launcher {@code bin/deltasync} started this process.
 */
public final class Distribution {

	/** The system property with which the launcher names the directory. */
	private static final String HOME = "io.deltasync.home";

	/** Where Spring Boot looks unless it is told otherwise: each overrides the former. */
	private static final String SEARCHED = "optional:classpath:/;optional:classpath:/config/,%s,"
			+ "optional:file:./;optional:file:./config/;optional:file:./config/*/";

	private Distribution() {
	}

	/**
	 * Whether this process was started by the launcher.
	 * @return false for the runnable jar, and for applications that have DeltaSync as a
	 * library
	 */
	public static boolean isHere() {
		return System.getProperty(HOME) != null;
	}

	/**
	 * Returns the directory of the configuration that applies wherever a command is
	 * started.
	 * @return the directory, which may have been deleted; empty if this process was not
	 * started by the launcher
	 */
	public static Optional<Path> configuration() {
		return Optional.ofNullable(System.getProperty(HOME)).map((home) -> Path.of(home, "conf"));
	}

	/**
	 * Returns where configuration is looked for: in the current directory, as always, and
	 * with less precedence in {@link #configuration()}.
	 * @return a value for {@code spring.config.location}; empty if this process was not
	 * started by the launcher
	 */
	public static Optional<String> configurationFiles() {
		return configuration()
			.map((directory) -> SEARCHED.formatted("optional:" + withoutSeparators(directory.toUri().toString())));
	}

	/** Spring Boot separates locations by commas and semicolons. */
	private static String withoutSeparators(String uri) {
		String escaped = uri.replace(",", "%2C").replace(";", "%3B");
		return escaped.endsWith("/") ? escaped : escaped + "/";
	}

}
