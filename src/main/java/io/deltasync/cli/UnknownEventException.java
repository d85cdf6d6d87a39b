package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import org.springframework.boot.ExitCodeGenerator;

/**
 * There is no Sync Event of the number asked for.
 */
class UnknownEventException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	UnknownEventException(long id) {
		super("There is no Sync Event %d; the command 'events' lists those that there are".formatted(id));
	}

	@Override
	public int getExitCode() {
		return ExitCode.USAGE.value();
	}

}
