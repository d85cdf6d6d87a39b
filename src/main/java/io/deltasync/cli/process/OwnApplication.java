package io.deltasync.cli.process;

import org.springframework.core.env.Environment;

/**
 * Distinguishes DeltaSync's own application from one that uses DeltaSync as a library.
 * The mark is a property that only the own application's {@code main} sets.
 */
public final class OwnApplication {

	/**
	 * The property that marks the own application: {@code true} there, otherwise absent.
	 */
	public static final String MARK = "io.deltasync.own-application";

	/**
	 * The property that is {@code true} when the own application executes a command that
	 * does not need all Links, otherwise absent.
	 */
	public static final String FEW_LINKS = "io.deltasync.few-links";

	private OwnApplication() {
	}

	/**
	 * Whether Links are read on demand, so that a command for one Link is neither slower
	 * with many Links nor fails because of an invalid one.
	 * @param environment the application's environment
	 * @return false for commands that need all Links, and for an application that uses
	 * DeltaSync as a library
	 */
	public static boolean needsFewLinks(Environment environment) {
		return environment.getProperty(FEW_LINKS, Boolean.class, false);
	}

	/**
	 * Whether an environment is that of DeltaSync's own application.
	 * @param environment the application's environment
	 * @return false for an application that uses DeltaSync as a library
	 */
	public static boolean is(Environment environment) {
		return environment.getProperty(MARK, Boolean.class, false);
	}

}
