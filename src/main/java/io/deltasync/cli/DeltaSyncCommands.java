package io.deltasync.cli;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * DeltaSync's commands in the {@code main} of an application that has DeltaSync as a
 * library:
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
	 * Whether the first argument that is no option is one of DeltaSync's commands, such
	 * as {@code run} or {@code serve}.
	 * @param args all arguments of the command line
	 * @return false where they are the application's own
	 */
	public static boolean areIn(String... args) {
		return OwnArguments.command(args)
			.filter(DeltaSyncCommand.commandLine().getSubcommands()::containsKey)
			.isPresent();
	}

	/**
	 * Runs an application for a command only: without its web server, unless the command
	 * is {@code serve}, and without starting its own Batch jobs. What the application
	 * itself configures for either takes precedence. Returns when the command has ended.
	 * @param application the application, not started
	 * @param args all arguments of the command line
	 * @return the exit code to end the process with
	 */
	public static int run(SpringApplication application, String... args) {
		if (!UsageCheck.serves(args)) {
			application.setWebApplicationType(WebApplicationType.NONE);
		}
		application.addInitializers((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("deltasync commands",
					Map.of("spring.batch.job.enabled", context.getEnvironment().containsProperty(Commands.JOB_NAME)))));
		ConfigurableApplicationContext context = application.run(args);
		// a signal has closed it: the process ends with the signal's own exit code
		return context.isClosed() ? 0 : SpringApplication.exit(context);
	}

}
