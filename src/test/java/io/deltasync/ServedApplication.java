package io.deltasync;

import org.springframework.boot.SpringApplication;

/**
 * Gives tests of other packages DeltaSync's own application as it is started.
 */
public final class ServedApplication {

	private ServedApplication() {
	}

	/** Prepares the application, not started. */
	public static SpringApplication prepare() {
		return DeltaSyncApplication.application(true);
	}

	/** Prepares the application for any other command, not started. */
	public static SpringApplication prepareForCommand() {
		return DeltaSyncApplication.application(false);
	}

}
