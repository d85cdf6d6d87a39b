package io.deltasync.connection;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A connection as it is configured under {@code deltasync.connections}.
 *
 * @param url the JDBC URL; what it says wins over everything else
 * @param username whom to log in as; null when the URL says it, or when nobody logs in
 * @param password the password; may be null
 * @param properties further properties for the driver; may be null
 * @param poolSize how many connections there are at most, 1 or more; null: as many as
 * lanes need
 * @param connectionTimeout how long to wait for a connection, 250 ms or more
 */
public record ConnectionSettings(String url, @Nullable String username, @Nullable String password,
		@Nullable Map<String, String> properties, @Nullable Integer poolSize,
		@DefaultValue("5s") Duration connectionTimeout) {

	public static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(Section.ROOT + ".connections");

	private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);

	/**
	 * Reads all connections.
	 * @param reader is told what is wrong
	 * @return from name to settings; without those that cannot be used
	 */
	public static Map<String, ConnectionSettings> readAll(ConfigurationReader reader) {
		Map<String, ConnectionSettings> connections = new LinkedHashMap<>();
		reader.sections(ROOT, false).forEach((name, section) -> {
			ConnectionSettings settings = section.bind(ConnectionSettings.class);
			section.finish();
			boolean written = section.areAsWritten("username", "password");
			boolean sound = settings != null && settings.check(section) && section.isComplete() && written;
			if (settings != null && sound) {
				connections.put(name, settings);
			}
			section.problems().forEach(reader::note);
		});
		return connections;
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
					"is '%s', which no JDBC driver on the class path understands; it begins like jdbc:mysql://host/database"
						.formatted(Secrets.mask(this.url, this.password)));
			sound = false;
		}
		return checkProperties(section) && sound;
	}

	/** Those of the URL come first, as they do for the driver. */
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
			// MySQL's driver throws the latter at some texts that are nobody's URL
			return false;
		}
	}

	/**
	 * Lets MySQL's driver tell the server that files can be sent, which bulk loads need.
	 * None is ever taken from the directory: it is below a file, so it cannot exist.
	 */
	ConnectionSettings forBulkLoads() {
		if (!this.url.startsWith("jdbc:mysql:")) {
			return this;
		}
		Map<String, String> more = new LinkedHashMap<>(Map.of("allowLoadLocalInfileInPath",
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
