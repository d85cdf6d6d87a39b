package io.deltasync.cli.backend;

import io.deltasync.config.ExitCode;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when there is no reject with a given number, or when it is no longer waiting.
 */
public class UnknownRejectException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which reject, and what to do
	 */
	public UnknownRejectException(String message) {
		super(message);
	}

	@Override
	public int getExitCode() {
		return ExitCode.USAGE.value();
	}

}
