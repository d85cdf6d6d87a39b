package io.deltasync;

import org.springframework.boot.SpringApplication;

/**
 * Gives tests of other packages DeltaSync's own application as {@code serve} starts it.
 */
public final class ServedApplication {

	private ServedApplication() {
	}

	/** Prepares the application, not started. */
	public static SpringApplication prepare() {
		return DeltaSyncApplication.application(true);
	}

}
