package io.deltasync.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.cli.process.OwnApplication;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Provides the default settings of DeltaSync's own application: an embedded database in a
 * file, jobs that start only on request, and the settings of its profiles. They come last
 * in the order of property sources. An application that has DeltaSync as a library keeps
 * its own settings.
 */
class OwnDefaultsPostProcessor implements EnvironmentPostProcessor {

	/**
	 * Without WRITE_DELAY=0 a kill -9 loses commits of the last half second; without
	 * DB_CLOSE_ON_EXIT=FALSE the database is closed while a run is being stopped. Without
	 * TRACE_LEVEL_FILE=0 H2 prints stack traces to stdout where it cannot write to the
	 * directory.
	 */
	static final String DATABASE = "jdbc:h2:file:./data/deltasync;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

	private static final Set<String> PROFILES = Set.of("demo", "mysql", "postgresql");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!OwnApplication.is(environment)) {
			return;
		}
		addProfiles(environment);
		Map<String, Object> defaults = new HashMap<>();
		if (!environment.containsProperty("spring.datasource.url")) {
			defaults.put("spring.datasource.url", DATABASE);
			defaults.put("spring.datasource.username", "sa");
			defaults.put("spring.datasource.password", "");
		}
		defaults.put("spring.datasource.hikari.transaction-isolation", "TRANSACTION_READ_COMMITTED");
		// one for each of the maximum number of lanes by default, but opened only when
		// needed
		defaults.put("spring.datasource.hikari.maximum-pool-size", "70");
		defaults.put("spring.datasource.hikari.minimum-idle", "1");
		// a mail server that is down is no reason to restart this process
		defaults.put("management.health.mail.enabled", "false");
		// each session with a server would be reported
		defaults.put("logging.level.org.apache.sshd", "warn");
		defaults.put("spring.batch.job.enabled", environment.containsProperty("spring.batch.job.name"));
		environment.getPropertySources().addLast(new MapPropertySource("deltasync", defaults));
	}

	/** Applies the last one of several profiles, as Spring Boot does. */
	private static void addProfiles(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		String above = null;
		for (String profile : environment.getActiveProfiles()) {
			if (PROFILES.contains(profile)) {
				for (PropertySource<?> source : load(profile)) {
					if (above == null) {
						sources.addLast(source);
					}
					else {
						sources.addBefore(above, source);
					}
					above = source.getName();
				}
			}
		}
	}

	private static List<PropertySource<?>> load(String profile) {
		try {
			return new YamlPropertySourceLoader().load("deltasync profile " + profile,
					new ClassPathResource("io/deltasync/profile-%s.yaml".formatted(profile)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
