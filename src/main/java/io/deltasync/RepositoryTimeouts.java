package io.deltasync;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Limits how long DeltaSync's own process waits for the server of its JobRepository. What
 * is configured, in the URL or as a property of the driver, wins. An application that has
 * DeltaSync as a library configures its own DataSource.
 */
final class RepositoryTimeouts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Duration CONNECT = Duration.ofSeconds(10);

	/**
	 * Its statements are short. Longer than MySQL lets them wait for each other's locks
	 * (50 s), and than the lease: whoever still waits then has lost its Link.
	 */
	private static final Duration READ = Duration.ofMinutes(2);

	private static final String PROPERTIES = "spring.datasource.hikari.data-source-properties.";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		String url = environment.getProperty("spring.datasource.url", "");
		Map<String, Object> defaults = new HashMap<>();
		if (url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")) {
			defaults.put("connectTimeout", CONNECT.toMillis());
			defaults.put("socketTimeout", READ.toMillis());
		}
		else if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
			defaults.put("NETWORK_TIMEOUT", READ.toMillis());
		}
		Map<String, Object> properties = new HashMap<>();
		defaults.forEach((name, value) -> {
			if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
				properties.put(PROPERTIES + name, value.toString());
			}
		});
		environment.getPropertySources().addLast(new MapPropertySource("deltasyncTimeouts", properties));
	}

}
