package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import org.springframework.boot.ExitCodeGenerator;

/**
 * There is no reject of the number asked for, or nothing can be done with it.
 */
class UnknownRejectException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	UnknownRejectException(String message) {
		super(message);
	}

	@Override
	public int getExitCode() {
		return ExitCode.USAGE.value();
	}

}
