package io.deltasync.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs DeltaSync's commands from the {@code main} of an application that uses DeltaSync
 * as a library:
 *
 * <pre>
 * SpringApplication application = new SpringApplication(ShopApplication.class);
 * if (DeltaSyncCommands.areIn(args)) {
 * 	System.exit(DeltaSyncCommands.run(application, args));
 * }
 * application.run(args);
 * </pre>
 */
public final class DeltaSyncCommands {

	private DeltaSyncCommands() {
	}

	/**
	 * Whether the first argument that is not an option is one of DeltaSync's commands,
	 * such as {@code run} or {@code serve}.
	 * @param args all arguments of the command line
	 * @return false when the arguments belong to the application
	 */
	public static boolean areIn(String... args) {
		return OwnArguments.command(args)
			.filter(DeltaSyncCommand.commandLine().getSubcommands()::containsKey)
			.isPresent();
	}

	/**
	 * Runs an application for a single command: without its web server, unless the
	 * command is {@code serve}, and without starting its own Batch jobs. The
	 * application's own settings for either take precedence. Does not start it for a
	 * command with {@code --server}. Returns when the command has ended.
	 * @param application the application, not yet started
	 * @param args all arguments of the command line
	 * @return the exit code to end the process with
	 */
	public static int run(SpringApplication application, String... args) {
		if (Arrays.stream(args).anyMatch((arg) -> arg.equals("--server") || arg.startsWith("--server="))) {
			OptionalInt answer = UsageCheck.answer(args);
			if (answer.isPresent()) {
				return answer.getAsInt();
			}
		}
		if (!UsageCheck.serves(args)) {
			application.setWebApplicationType(WebApplicationType.NONE);
		}
		application.addInitializers((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("deltasync commands",
					Map.of("spring.batch.job.enabled", context.getEnvironment().containsProperty(Commands.JOB_NAME)))));
		ConfigurableApplicationContext context = application.run(args);
		// closed by a signal: the process ends with the signal's exit code
		return context.isClosed() ? 0 : SpringApplication.exit(context);
	}

}
