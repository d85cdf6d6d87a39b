package io.deltasync.cli.server;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.deltasync.cli.command.BackendCommand;
import io.deltasync.cli.process.ExitCodes;
import io.deltasync.cli.process.GracefulStop;
import io.deltasync.cli.process.SecondSignal;
import io.deltasync.cli.text.Printable;
import io.deltasync.config.ExitCode;
import io.deltasync.console.LocalServer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Executes commands through a server. Starts no application, so it takes a fraction of
 * the time.
 */
public final class ServedCommands {

	private ServedCommands() {
	}

	/**
	 * Executes a command through the server that its options name.
	 * @param command the command
	 * @param options the options
	 * @return the exit code
	 */
	public static int execute(CommandSpec command, ServerOptions options) {
		return execute(command, options::client);
	}

	/**
	 * Executes a command through a server on this computer.
	 * @param command the command
	 * @param server the server
	 * @return the exit code
	 */
	public static int execute(CommandSpec command, LocalServer server) {
		return execute(command, () -> new ApiClient(server.address(), server.token()));
	}

	private static int execute(CommandSpec command, Supplier<ApiClient> server) {
		PrintWriter err = command.commandLine().getErr();
		CountDownLatch done = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitLastWords(done), "deltasync-last-words"));
		try {
			if (!(command.userObject() instanceof BackendCommand backend)) {
				throw new ServerException(ExitCode.USAGE,
						"The command '%s' cannot be executed through a server. Run it without --server, where it can reach the database"
							.formatted(command.qualifiedName(" ").replaceFirst("^\\S+ ", "")));
			}
			return backend.execute(new ServedBackend(server.get(), err)).value();
		}
		catch (Exception ex) {
			int code = ExitCodes.of(ex);
			if (code == ExitCode.UNEXPECTED.value() && !(ex instanceof ServerException)) {
				ex.printStackTrace(err);
			}
			else {
				err.println(Printable.lines(String.valueOf(ex.getMessage())));
			}
			err.flush();
			return code;
		}
		finally {
			done.countDown();
		}
	}

	/** After a signal, lets the command stop its run and report it. */
	private static void awaitLastWords(CountDownLatch done) {
		if (SecondSignal.isReceived()) {
			try {
				done.await(GracefulStop.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
