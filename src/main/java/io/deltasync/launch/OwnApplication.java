package io.deltasync.launch;

import org.springframework.core.env.Environment;

/**
 * Distinguishes DeltaSync's own application from one that has DeltaSync as a library. The
 * mark is a property that only the own application's {@code main} sets.
 */
public final class OwnApplication {

	/** The property that marks the own application; {@code true} there, else absent. */
	public static final String MARK = "io.deltasync.own-application";

	private OwnApplication() {
	}

	/**
	 * Whether an environment is that of DeltaSync's own application.
	 * @param environment the application's environment
	 * @return false for an application that has DeltaSync as a library
	 */
	public static boolean is(Environment environment) {
		return environment.getProperty(MARK, Boolean.class, false);
	}

}
