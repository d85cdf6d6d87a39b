package io.deltasync.cli.server;

import io.deltasync.config.ExitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when a server cannot be asked, or refuses what it was asked.
 */
class ServerException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final int exitCode;

	private final transient @Nullable Long event;

	/**
	 * Creates the exception.
	 * @param exitCode the exit code of the command
	 * @param message what is wrong, and what to do
	 */
	ServerException(ExitCode exitCode, String message) {
		this(0, exitCode.value(), message, null);
	}

	/**
	 * Creates the exception.
	 * @param status the HTTP status; 0 if there is no answer
	 * @param exitCode the exit code of the command
	 * @param message what is wrong, and what to do
	 * @param event the Sync Event that shows it, or null
	 */
	ServerException(int status, int exitCode, String message, @Nullable Long event) {
		super(message);
		this.status = status;
		this.exitCode = exitCode;
		this.event = event;
	}

	/** Whether there was no answer, so that asking again may help. */
	boolean isOutage() {
		return this.status == 0 && this.exitCode == ExitCode.ABORTED.value();
	}

	int status() {
		return this.status;
	}

	@Nullable Long event() {
		return this.event;
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
