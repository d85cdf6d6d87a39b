package io.deltasync.cli.backend;

import io.deltasync.config.ExitCode;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when there is no Sync Event with a given number.
 */
class UnknownEventException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	UnknownEventException(long id) {
		super("There is no Sync Event %d; the command 'events' lists all events".formatted(id));
	}

	@Override
	public int getExitCode() {
		return ExitCode.USAGE.value();
	}

}
