package io.deltasync.cli.server;

import io.deltasync.config.ExitCode;
import io.deltasync.event.view.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a server says about a request that it refuses. The components are fields in JSON.
 *
 * @param type the address of the kind of problem
 * @param detail what is wrong, and what to do
 * @param event the Sync Event that shows it, or null
 * @param exitCode the exit code of a command that is refused, or null
 */
record Problem(@Nullable String type, @Nullable String detail, @Nullable Long event, @Nullable Integer exitCode) {

	/**
	 * Explains a refusal.
	 * @param server the address of the server
	 * @param status the HTTP status
	 * @param body the answer
	 * @return the exception to throw
	 */
	static ServerException explain(String server, int status, String body) {
		Problem problem = read(body);
		if (problem == null || problem.type == null || problem.detail == null) {
			return new ServerException(status, ExitCode.CONFIGURATION.value(),
					"%s is not the address of a DeltaSync whose console is on: it answers with status %d. Correct --server"
						.formatted(server, status),
					null);
		}
		return switch (status) {
			case 401, 403 -> new ServerException(status, ExitCode.CONFIGURATION.value(),
					"The server %s refuses the access token: %s".formatted(server, problem.detail), null);
			default -> new ServerException(status, problem.exitCodeFor(status), problem.detail, problem.event);
		};
	}

	private static @Nullable Problem read(String body) {
		try {
			return Json.mapper().readValue(body, Problem.class);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private int exitCodeFor(int status) {
		if (this.exitCode != null) {
			return this.exitCode;
		}
		if (status == 412 || String.valueOf(this.type).endsWith("#link-busy")) {
			return ExitCode.BUSY.value();
		}
		return ((status == 503) ? ExitCode.ABORTED : (status < 500) ? ExitCode.USAGE : ExitCode.UNEXPECTED).value();
	}

}
