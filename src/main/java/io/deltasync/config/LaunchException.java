package io.deltasync.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown if a command cannot start for a reason that the user can correct. Printed
 * without a stack trace; the process ends with its exit code.
 */
public class LaunchException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param exitCode the exit code of the process
	 * @param message what is wrong
	 * @param remedy what to do about it
	 * @param cause the cause, or null
	 */
	public LaunchException(int exitCode, String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.exitCode = exitCode;
		this.remedy = remedy;
	}

	/**
	 * Creates an exception with the exit code of an invalid configuration.
	 * @param message what is wrong
	 * @param remedy what to do about it
	 * @param cause the cause, or null
	 * @return the exception
	 */
	public static LaunchException ofConfiguration(String message, String remedy, @Nullable Throwable cause) {
		return new LaunchException(ExitCode.CONFIGURATION.value(), message, remedy, cause);
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	/**
	 * Returns what to do about it.
	 * @return a sentence for operators
	 */
	public String remedy() {
		return this.remedy;
	}

}
