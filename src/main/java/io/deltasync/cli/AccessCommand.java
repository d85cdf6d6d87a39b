package io.deltasync.cli;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.console.Person;
import io.deltasync.console.security.AccessControl;
import org.jspecify.annotations.Nullable;

/**
 * A command that manages who may use the console and the REST API.
 */
abstract class AccessCommand extends PrintingCommand {

	@Override
	public final ExitCode execute(CommandContext context) {
		AccessControl access = context.access().getIfAvailable();
		if (access == null) {
			throw refused("This application has no console, so it has neither users nor tokens");
		}
		execute(access, new Person("command-line:" + System.getProperty("user.name")), context);
		return ExitCode.SUCCESS;
	}

	abstract void execute(AccessControl access, Person who, CommandContext context);

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
