package io.deltasync.cli.access;

import io.deltasync.cli.backend.Access;
import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.command.BackendCommand;
import io.deltasync.cli.command.PrintingCommand;
import io.deltasync.cli.text.Printable;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import org.jspecify.annotations.Nullable;

/**
 * A command that manages who may use the console and the REST API.
 */
abstract class AccessCommand extends PrintingCommand implements BackendCommand {

	@Override
	public final ExitCode execute(Backend backend) {
		execute(backend.access(), backend);
		return ExitCode.SUCCESS;
	}

	abstract void execute(Access access, Backend backend);

	/** Prints to stderr, so that stdout has nothing but the secret. */
	void notice(String text) {
		spec().commandLine().getErr().println(Printable.line(text));
		spec().commandLine().getErr().flush();
	}

	static LaunchException refused(String message) {
		return new LaunchException(ExitCode.USAGE.value(), message, "", null);
	}

	/** A secret that is printed once. The components are its fields in JSON. */
	record Secret(String name, @Nullable String token, @Nullable String password) {

	}

}
