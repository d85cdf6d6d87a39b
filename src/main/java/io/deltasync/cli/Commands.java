package io.deltasync.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.deltasync.api.AbortRunException;
import io.deltasync.cli.backend.CommandContext;
import io.deltasync.cli.command.Command;
import io.deltasync.cli.process.ExitCodes;
import io.deltasync.cli.process.GracefulStop;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.cli.process.SecondSignal;
import io.deltasync.cli.server.ServedCommands;
import io.deltasync.cli.server.ServerOptions;
import io.deltasync.cli.text.Printable;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.connection.ConnectionUnavailableException;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.schema.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Executes the command with which the application was started. Does nothing when there is
 * none, when the arguments belong to the host application, or when Spring Batch was asked
 * to start a job.
 */
public class Commands implements ApplicationRunner, ExitCodeGenerator, SmartLifecycle {

	public static final String JOB_NAME = "spring.batch.job.name";

	private static final int LAST_WORDS_SECONDS = 3;

	private static final Logger logger = LoggerFactory.getLogger(Commands.class);

	private final CommandContext commandContext;

	private final ApplicationContext context;

	private final Lock working = new ReentrantLock();

	private volatile boolean running;

	private volatile int exitCode = ExitCode.SUCCESS.value();

	/**
	 * Creates the runner of commands.
	 * @param commandContext the services that commands use
	 * @param context the application context, whose environment has the configuration
	 */
	public Commands(CommandContext commandContext, ApplicationContext context) {
		this.commandContext = commandContext;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) {
		if (!this.context.getEnvironment().containsProperty(JOB_NAME) && holdCommand(args.getSourceArgs())) {
			this.working.lock();
			try {
				this.exitCode = DeltaSyncCommand.commandLine(args.getSourceArgs())
					.setExecutionStrategy(this::execute)
					.execute(OwnArguments.of(args.getSourceArgs()));
			}
			finally {
				this.working.unlock();
			}
		}
	}

	/** A host application's own arguments are ignored. */
	private boolean holdCommand(String... args) {
		return OwnApplication.is(this.context.getEnvironment()) ? OwnArguments.holdCommand(args)
				: DeltaSyncCommands.areIn(args);
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Lets a command report its stopped run before the databases are closed. */
	@Override
	public void stop() {
		this.running = false;
		try {
			if (this.working.tryLock(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
				this.working.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return GracefulStop.PHASE - 1;
	}

	private int execute(ParseResult parsed) {
		Integer help = CommandLine.executeHelpRequest(parsed);
		if (help != null) {
			return help;
		}
		CommandLine commandLine = DeltaSyncCommand.command(parsed).orElseThrow().commandLine();
		ServerOptions server = DeltaSyncCommand.server(parsed);
		if (server.areGiven()) {
			return ServedCommands.execute(commandLine.getCommandSpec(), server);
		}
		Command command = commandLine.getCommand();
		try {
			// Spring Boot would publish this after the command, too late for serve
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
			return command.execute(this.commandContext).value();
		}
		catch (Exception ex) {
			return report(ex, commandLine.getErr());
		}
	}

	private int report(Exception ex, PrintWriter err) {
		int code = ExitCodes.of(ex);
		if (SecondSignal.isReceived()) {
			// its resources are already closed; the signal determines the exit code
			logger.debug("The command was broken off", ex);
		}
		else if (code == ExitCode.UNEXPECTED.value()) {
			logger.error("The command failed unexpectedly", ex);
		}
		else if (isOutageOfRepository(ex)) {
			DatabaseUnavailableException unavailable = DatabaseUnavailableException
				.ofRepository(this.context.getEnvironment(), ex);
			err.println(unavailable.getMessage() + ". " + unavailable.remedy());
			return unavailable.getExitCode();
		}
		else {
			err.println(Printable.lines(String.valueOf(ExitCodes.first(ex).getMessage())));
		}
		return code;
	}

	/** Outages of sources and targets have their own messages. */
	private static boolean isOutageOfRepository(Exception ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof AbortRunException || cause instanceof ConnectionUnavailableException
					|| cause instanceof LaunchException || cause instanceof LeaseLostException) {
				return false;
			}
		}
		return DatabaseUnavailableException.isCauseOf(ExitCodes.first(ex));
	}

}
