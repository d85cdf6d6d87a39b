package io.deltasync.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Builds the properties for a JDBC driver: DeltaSync's defaults, overridden by the
 * configured properties, without those that the URL contains.
 */
final class DriverProperties {

	private static final String SESSION_VARIABLES = "sessionVariables";

	/** Has Connector/J extend, and later restore, the limit below for each result. */
	private static final String EXTENDED_LIMIT = "netTimeoutForStreamingResults";

	/**
	 * How many seconds a server of MySQL or MariaDB waits for rows to be taken. A target
	 * that is away for a while must not end the read.
	 */
	private static final String UNREAD_ROWS = "net_write_timeout=600";

	/**
	 * The defaults for MySQL: batches as one statement, TINYINT and YEAR as numbers, and
	 * no statements for settings that the session already has.
	 */
	private static final Map<String, String> MYSQL = Map.of("rewriteBatchedStatements", "true", "tinyInt1isBit",
			"false", "yearIsDateType", "false", "useLocalSessionState", "true", "cacheServerConfiguration", "true",
			"maintainTimeStats", "false", SESSION_VARIABLES, UNREAD_ROWS, EXTENDED_LIMIT, "0");

	/** The defaults for MariaDB: the same, and no files for servers that ask for them. */
	private static final Map<String, String> MARIADB = Map.of("allowLocalInfile", "false", "rewriteBatchedStatements",
			"true", "tinyInt1isBit", "false", "yearIsDateType", "false", "useLocalSessionState", "true",
			SESSION_VARIABLES, UNREAD_ROWS);

	/**
	 * The defaults for PostgreSQL: no statements that stay prepared, because a pooler in
	 * front of the server may give each transaction another session, and the plan of a
	 * statement is outdated when its table is altered.
	 */
	private static final Map<String, String> POSTGRESQL = Map.of("prepareThreshold", "0", "tcpKeepAlive", "true",
			"ApplicationName", "DeltaSync");

	/**
	 * The defaults for SQLite: transactions that write lock the file when they begin, and
	 * wait for each other.
	 */
	private static final Map<String, String> SQLITE = Map.of("busy_timeout", "15000", "transaction_mode", "IMMEDIATE");

	/** The default for DuckDB: results are not buffered. */
	private static final Map<String, String> DUCKDB = Map.of("jdbc_stream_results", "true");

	/**
	 * The maximum time until the server responds to a statement, and between two parts of
	 * the response. Long enough for the planning query of a large table or for a bulk
	 * load. Without it, a connection dropped by a firewall would block its run for hours.
	 */
	private static final Duration READ_TIMEOUT = Duration.ofMinutes(15);

	private static final Pattern NAMED_IN_URL = Pattern.compile("[?&;(,]\\s*([\\w.]+)\\s*=([^&;,)]*)");

	private DriverProperties() {
	}

	static Properties of(ConnectionSettings settings) {
		Set<String> named = namedIn(settings.url());
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(defaults(settings));
		if (named.contains(SESSION_VARIABLES) || isGiven(settings, SESSION_VARIABLES)) {
			// which replaces the extended limit
			all.remove(EXTENDED_LIMIT);
		}
		if (settings.properties() != null) {
			settings.properties().forEach((name, value) -> {
				// replaces the key, too, so that the configured spelling is used
				all.remove(name);
				all.put(name, value);
			});
		}
		putIfGiven(all, "user", settings.username());
		putIfGiven(all, "password", settings.password());
		all.keySet().removeIf(named::contains);
		Properties properties = new Properties();
		properties.putAll(all);
		return properties;
	}

	private static boolean isGiven(ConnectionSettings settings, String property) {
		return settings.properties() != null
				&& settings.properties().keySet().stream().anyMatch(property::equalsIgnoreCase);
	}

	private static Map<String, String> defaults(ConnectionSettings settings) {
		Map<String, String> defaults = new TreeMap<>();
		if (settings.url().startsWith("jdbc:mysql")) {
			defaults.putAll(MYSQL);
		}
		else if (settings.url().startsWith("jdbc:mariadb:")) {
			defaults.putAll(MARIADB);
			if (knowsOurClasses(settings.url())) {
				defaults.put("socketFactory", DriverSockets.class.getName());
			}
		}
		else if (settings.url().startsWith("jdbc:postgresql:")) {
			defaults.putAll(POSTGRESQL);
			// in seconds
			defaults.put("connectTimeout", String.valueOf(Math.max(1, settings.connectionTimeout().toSeconds())));
			defaults.put("socketTimeout", String.valueOf(READ_TIMEOUT.toSeconds()));
			return defaults;
		}
		else {
			if (settings.url().startsWith("jdbc:h2:tcp:") || settings.url().startsWith("jdbc:h2:ssl:")) {
				defaults.put("NETWORK_TIMEOUT", String.valueOf(READ_TIMEOUT.toMillis()));
			}
			else if (settings.url().startsWith("jdbc:sqlite:")) {
				defaults.putAll(SQLITE);
			}
			else if (settings.url().startsWith("jdbc:duckdb:")) {
				defaults.putAll(DUCKDB);
			}
			return defaults;
		}
		defaults.put("connectTimeout", String.valueOf(settings.connectionTimeout().toMillis()));
		defaults.put("socketTimeout", String.valueOf(READ_TIMEOUT.toMillis()));
		return defaults;
	}

	/**
	 * Whether the driver's class loader finds DeltaSync's classes, which it does not if a
	 * server shares the driver.
	 */
	private static boolean knowsOurClasses(String url) {
		try {
			ClassLoader loader = DriverManager.getDriver(url).getClass().getClassLoader();
			return Class.forName(DriverSockets.class.getName(), false, loader) == DriverSockets.class;
		}
		catch (SQLException | ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	private static void putIfGiven(Map<String, String> properties, String name, @Nullable String value) {
		if (value != null) {
			properties.put(name, value);
		}
	}

	private static Set<String> namedIn(String url) {
		return inUrl(url).keySet();
	}

	/**
	 * Returns the properties in a URL.
	 * @param url a JDBC URL
	 * @return the values by case-insensitive name
	 */
	static Map<String, String> inUrl(String url) {
		Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Matcher matcher = NAMED_IN_URL.matcher(url);
		while (matcher.find()) {
			properties.put(matcher.group(1), decoded(matcher.group(2)));
		}
		return properties;
	}

	static String decoded(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

	static boolean isMySqlFamily(String url) {
		return url.startsWith("jdbc:mysql") || url.startsWith("jdbc:mariadb:");
	}

}
