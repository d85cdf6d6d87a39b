package io.deltasync.launch;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when what was asked for cannot be started, for a reason that a person can put
 * right: printed without a stack trace, and ends the process with its exit code.
 */
public class LaunchException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	private final String remedy;

	LaunchException(int exitCode, String message, String remedy, Throwable cause) {
		super(message, cause);
		this.exitCode = exitCode;
		this.remedy = remedy;
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	String remedy() {
		return this.remedy;
	}

}
