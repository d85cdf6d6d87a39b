package io.deltasync.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Limits how long DeltaSync's own process waits for the server of its JobRepository, and
 * how long this server waits for the process. Settings in the URL or in the driver's
 * properties take precedence. An application that has DeltaSync as a library configures
 * its own DataSource.
 */
public final class RepositoryTimeouts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Duration CONNECT = Duration.ofSeconds(10);

	/**
	 * The limit for reading an answer. Statements are short, but the limit must exceed
	 * the lock timeout and the lease: a run that still waits after that has lost its Link
	 * anyway.
	 */
	private static final Duration READ = Duration.ofMinutes(2);

	/** The limit for a statement: the server ends it before its client gives up. */
	private static final Duration STATEMENT = READ.minusSeconds(10);

	/** The limit for waiting for a lock, which is MySQL's default. */
	private static final Duration LOCK = Duration.ofSeconds(50);

	/**
	 * The limit for an idle session. A host that freezes within a transaction would
	 * otherwise keep its rows locked for hours, the server's default.
	 */
	private static final Duration IDLE = Duration.ofMinutes(15);

	/** Keeps idle connections of the pool alive beyond the limit for idle sessions. */
	private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

	/**
	 * Limits the sessions of PostgreSQL, which are not limited otherwise. Statements are
	 * planned anew each time: a plan that was made for a table of a few rows would be
	 * used for some time after it has grown.
	 */
	private static final String POSTGRESQL_SESSION = ("SET statement_timeout = '%ds'; SET lock_timeout = '%ds'; "
			+ "SET idle_in_transaction_session_timeout = '%3$ds'; SET idle_session_timeout = '%3$ds'; "
			+ "SET plan_cache_mode = force_custom_plan")
		.formatted(STATEMENT.toSeconds(), LOCK.toSeconds(), IDLE.toSeconds());

	private static final String POOL = "spring.datasource.hikari.";

	private static final String PROPERTIES = POOL + "data-source-properties.";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		String url = environment.getProperty("spring.datasource.url", "");
		Map<String, Object> defaults = new HashMap<>();
		Map<String, Object> properties = new HashMap<>();
		if (url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")) {
			defaults.put("connectTimeout", CONNECT.toMillis());
			defaults.put("socketTimeout", READ.toMillis());
			properties.put(POOL + "connection-init-sql",
					"SET SESSION wait_timeout = %d, sql_select_limit = 18446744073709551615, sql_big_selects = 1"
						.formatted(IDLE.toSeconds()));
			properties.put(POOL + "keepalive-time", String.valueOf(KEEP_ALIVE.toMillis()));
		}
		else if (url.startsWith("jdbc:postgresql:")) {
			defaults.put("ApplicationName", "DeltaSync");
			defaults.put("connectTimeout", CONNECT.toSeconds());
			defaults.put("socketTimeout", READ.toSeconds());
			properties.put(POOL + "connection-init-sql", POSTGRESQL_SESSION);
			properties.put(POOL + "keepalive-time", String.valueOf(KEEP_ALIVE.toMillis()));
		}
		else if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
			defaults.put("NETWORK_TIMEOUT", READ.toMillis());
		}
		defaults.forEach((name, value) -> {
			if (!url.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "=")) {
				properties.put(PROPERTIES + name, value.toString());
			}
		});
		environment.getPropertySources().addLast(new MapPropertySource("deltasyncTimeouts", properties));
	}

}
