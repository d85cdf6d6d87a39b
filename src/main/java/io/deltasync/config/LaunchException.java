package io.deltasync.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when what was asked for cannot be started, for a reason that a person can put
 * right: printed without a stack trace, and ends the process with its exit code.
 */
public class LaunchException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	private final String remedy;

	public LaunchException(int exitCode, String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.exitCode = exitCode;
		this.remedy = remedy;
	}

	/**
	 * Makes one that ends the process like a configuration that cannot be used.
	 * @param message what is wrong
	 * @param remedy what to do about it
	 * @param cause what was thrown, or null
	 * @return what to throw
	 */
	public static LaunchException ofConfiguration(String message, String remedy, @Nullable Throwable cause) {
		return new LaunchException(ExitCode.CONFIGURATION.value(), message, remedy, cause);
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	public String remedy() {
		return this.remedy;
	}

}
