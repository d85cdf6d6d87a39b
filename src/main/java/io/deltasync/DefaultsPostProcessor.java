package io.deltasync;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The settings that DeltaSync starts with where the application says nothing: an embedded
 * database in a file, and jobs that start only when asked for. They come last in the
 * order of property sources.
 */
class DefaultsPostProcessor implements EnvironmentPostProcessor {

	/**
	 * Without WRITE_DELAY=0 a kill -9 loses commits of the last half second; without
	 * DB_CLOSE_ON_EXIT=FALSE the database is closed while a run is being stopped.
	 */
	static final String DATABASE = "jdbc:h2:file:./data/deltasync;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> defaults = new HashMap<>();
		if (!environment.containsProperty("spring.datasource.url")) {
			defaults.put("spring.datasource.url", DATABASE);
			defaults.put("spring.datasource.username", "sa");
			defaults.put("spring.datasource.password", "");
		}
		defaults.put("spring.datasource.hikari.transaction-isolation", "TRANSACTION_READ_COMMITTED");
		// one for each of the most lanes there are by default, but opened only when
		// needed
		defaults.put("spring.datasource.hikari.maximum-pool-size", "70");
		defaults.put("spring.datasource.hikari.minimum-idle", "1");
		defaults.put("spring.batch.job.enabled", environment.containsProperty("spring.batch.job.name"));
		if (holdsCommandThatEnds(environment)) {
			// an application may have a web server, and it may be running
			defaults.put(WebModules.WEB, "none");
		}
		environment.getPropertySources().addLast(new MapPropertySource("deltasync", defaults));
	}

	private static boolean holdsCommandThatEnds(ConfigurableEnvironment environment) {
		PropertySource<?> arguments = environment.getPropertySources()
			.get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
		Object command = (arguments != null)
				? arguments.getProperty(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME) : null;
		return command != null && !command.toString().split(",")[0].equals("serve")
				&& !environment.containsProperty("spring.batch.job.name");
	}

}
