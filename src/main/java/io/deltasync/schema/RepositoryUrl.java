package io.deltasync.schema;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import io.deltasync.config.LaunchException;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The configured URL of the JobRepository's database. A driver that cannot parse the URL
 * quotes parts of it, perhaps of a password, so its message is never repeated.
 *
 * @param url the URL; null where an application has its own DataSource
 * @param password the configured password, or null
 */
public record RepositoryUrl(@Nullable String url, @Nullable String password) {

	private static final String NAME = "spring.datasource.url";

	/**
	 * Reads the URL and the password from the configuration.
	 * @param environment the application's environment
	 * @return the configured URL
	 */
	public static RepositoryUrl of(Environment environment) {
		return new RepositoryUrl(environment.getProperty(NAME), environment.getProperty("spring.datasource.password"));
	}

	/**
	 * Returns the problem of the URL that prevents a connection.
	 * @return the exception to throw, or null when a driver understands the URL
	 */
	@Nullable LaunchException problem() {
		if (this.url == null) {
			return null;
		}
		try {
			// parses the URL without connecting
			DriverManager.getDriver(this.url).getPropertyInfo(this.url, new Properties());
			return null;
		}
		catch (SQLException | RuntimeException ex) {
			String shown = Secrets.mask(this.url, this.password);
			String reason = shown.equals(this.url) ? ": " + ex.getMessage() : "";
			return LaunchException.ofConfiguration(
					NAME + " is '%s', which no JDBC driver on the class path understands%s".formatted(shown, reason),
					"Give a URL like jdbc:mysql://host/database, and user name and password in "
							+ "spring.datasource.username and spring.datasource.password.",
					null);
		}
	}

}
