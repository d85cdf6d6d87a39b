package io.deltasync.schema;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import io.deltasync.config.LaunchException;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The URL of the database of the JobRepository, as it is configured. A driver that cannot
 * read it quotes parts of it, which may be those of a password: what such a driver says
 * is not repeated.
 *
 * @param url the URL; null where an application has a DataSource of its own
 * @param password the password beside it, or null
 */
public record RepositoryUrl(@Nullable String url, @Nullable String password) {

	private static final String NAME = "spring.datasource.url";

	public static RepositoryUrl of(Environment environment) {
		return new RepositoryUrl(environment.getProperty(NAME), environment.getProperty("spring.datasource.password"));
	}

	/**
	 * Tells why nobody can be connected to, if this is why.
	 * @return what to throw, or null when a driver understands the URL
	 */
	@Nullable LaunchException problem() {
		if (this.url == null) {
			return null;
		}
		try {
			// reads it without connecting to anybody
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
