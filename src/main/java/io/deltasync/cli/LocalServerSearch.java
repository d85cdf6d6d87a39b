package io.deltasync.cli;

import io.deltasync.cli.server.LocalServers;
import io.deltasync.console.LocalServer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Looks for a {@code serve} that has opened the embedded database, as soon as the
 * configuration of a starting application says which database that is. If there is one,
 * the application is not started.
 */
public final class LocalServerSearch implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	/** After the configuration was read, and before the log is set up. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 11;

	private @Nullable LocalServer found;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		this.found = LocalServers.find(event.getEnvironment().getProperty("spring.datasource.url", "")).orElse(null);
		if (this.found != null) {
			throw new SpringApplication.AbandonedRunException();
		}
	}

	/**
	 * Returns the server because of which the application was not started.
	 * @return the server; null if none was found
	 */
	public @Nullable LocalServer found() {
		return this.found;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
