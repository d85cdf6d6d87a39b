package io.deltasync.connection;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The settings of a connection to a database, below {@code deltasync.connections}. The
 * descriptions of the components appear in the configuration metadata and in the
 * documentation.
 *
 * @param url The JDBC URL. Its parameters take precedence over everything else
 * @param username The database user
 * @param password The user's password
 * @param properties More properties for the driver, such as 'socketTimeout'
 * @param poolSize Maximum number of connections, 1 or more. A lane needs one for its
 * source and one for its target, so two if both are the same connection. With a smaller
 * pool, fewer lanes work at a time, over all runs of the process; a pool that is too
 * small for one lane is refused. Default: as many as the lanes need
 * @param connectionTimeout Maximum wait for a connection, 250 ms or more
 */
@ConfigurationProperties(Section.ROOT + ".connections.*")
public record ConnectionSettings(String url, @Nullable String username, @Nullable String password,
		@Nullable Map<String, String> properties, @Nullable Integer poolSize,
		@DefaultValue("5s") Duration connectionTimeout) {

	public static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(Section.ROOT + ".connections");

	private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);

	/**
	 * Reads the connection to a database.
	 * @param section the connection's section, which collects the problems
	 * @return the settings; null if they have problems
	 */
	static @Nullable ConnectionSettings read(Section section) {
		ConnectionSettings settings = section.bind(ConnectionSettings.class);
		section.finish();
		boolean written = section.areAsWritten("username", "password");
		boolean sound = settings != null && settings.check(section) && section.isComplete() && written;
		return sound ? settings : null;
	}

	private boolean check(Section section) {
		boolean sound = true;
		if (this.poolSize != null && this.poolSize < 1) {
			section.problem("pool-size", "is %d; give 1 or more".formatted(this.poolSize));
			sound = false;
		}
		if (this.connectionTimeout.compareTo(SHORTEST_TIMEOUT) < 0) {
			section.problem("connection-timeout",
					"is %s; give 250ms or more".formatted(this.connectionTimeout.toMillis() + "ms"));
			sound = false;
		}
		if (this.url != null && !hasDriver()) {
			section.problem("url",
					"is '%s', which no JDBC driver on the class path understands; it begins like jdbc:mysql://host/database. Put the jar of another driver into the directory adapters"
						.formatted(Secrets.mask(this.url, this.password)));
			sound = false;
		}
		String embedded = (this.url != null) ? EmbeddedLocation.problem(this.url) : null;
		if (embedded != null) {
			section.problem("url", embedded);
			sound = false;
		}
		return checkProperties(section) && sound;
	}

	/** Checks the URL first, as its properties take precedence in the driver, too. */
	private boolean checkProperties(Section section) {
		if (this.url == null || !DriverProperties.isMySqlFamily(this.url)) {
			return true;
		}
		int problems = 0;
		Map<String, String> inUrl = DriverProperties.inUrl(this.url);
		for (Map.Entry<String, String> property : inUrl.entrySet()) {
			problems += refuse(section, "url", property);
		}
		for (Map.Entry<String, String> property : ((this.properties != null) ? this.properties
				: Map.<String, String>of())
			.entrySet()) {
			problems += refuse(section, "properties", property);
		}
		return problems == 0;
	}

	private static int refuse(Section section, String key, Map.Entry<String, String> property) {
		String refusal = DriverPropertyCheck.refusal(property.getKey(), property.getValue());
		if (refusal != null) {
			section.problem(key, refusal);
		}
		return (refusal != null) ? 1 : 0;
	}

	private boolean hasDriver() {
		try {
			DriverManager.getDriver(this.url);
			return true;
		}
		catch (SQLException | RuntimeException ex) {
			// MySQL's driver throws RuntimeExceptions for some texts that are not a URL
			return false;
		}
	}

	/**
	 * Lets the drivers of MySQL and MariaDB announce that they can send files, which bulk
	 * loads require. MySQL's never reads a file from the directory: it is below a file,
	 * so it cannot exist. MariaDB's reads no file that a statement does not name.
	 */
	ConnectionSettings forBulkLoads() {
		if (!DriverProperties.isMySqlFamily(this.url)) {
			return this;
		}
		Map<String, String> more = new LinkedHashMap<>(this.url.startsWith("jdbc:mariadb:")
				? Map.of("allowLocalInfile", "true") : Map.of("allowLoadLocalInfileInPath",
						Path.of(System.getProperty("java.home"), "release", "nothing").toString()));
		if (this.properties != null) {
			more.putAll(this.properties);
		}
		return new ConnectionSettings(this.url, this.username, this.password, more, this.poolSize,
				this.connectionTimeout);
	}

	/** Returns the database that the connection leads to. */
	public String location() {
		return DatabaseLocation.of(this.url, (this.properties != null) ? this.properties : Map.of());
	}

	@Override
	public String toString() {
		return (this.username != null) ? Secrets.mask(this.url, this.password) + " as " + this.username
				: Secrets.mask(this.url, this.password);
	}

}
