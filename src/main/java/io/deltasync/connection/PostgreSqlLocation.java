package io.deltasync.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Identifies the database and the default schema of a URL of PostgreSQL. */
final class PostgreSqlLocation {

	/** The part of a URL behind {@code jdbc:}: servers, database and parameters. */
	private static final Pattern URL = Pattern.compile("postgresql:(?://([^/?]*)/?)?([^?]*)(?:\\?(.*))?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PORT = Pattern.compile("(.*):(\\d+)");

	private static final String DEFAULT_PORT = "5432";

	private PostgreSqlLocation() {
	}

	static boolean isOne(String url) {
		return URL.matcher(url).matches();
	}

	/**
	 * Returns the location. All servers in a URL hold the same data; each database has
	 * schemas of its own.
	 * @param url a URL without {@code jdbc:}
	 */
	static String of(String url, Map<String, String> properties) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(url);
		}
		String authority = (matcher.group(1) != null) ? matcher.group(1) : "";
		String servers = Arrays.stream(authority.split(",", -1))
			.map(PostgreSqlLocation::server)
			.distinct()
			.sorted()
			.collect(Collectors.joining(","));
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(properties);
		all.putAll(DriverProperties.inUrl(url));
		String database = DriverProperties.decoded(matcher.group(2).replace("+", "%2B"));
		String schema = all.getOrDefault("currentSchema", "public").replaceFirst(",.*", "").strip();
		return "postgresql://" + servers + "/" + database + "/" + schema;
	}

	private static String server(String address) {
		Matcher suffix = PORT.matcher(address.strip());
		boolean port = suffix.matches();
		String host = port ? suffix.group(1) : address.strip();
		return (host.isEmpty() ? "localhost" : host.toLowerCase(Locale.ROOT)) + ":"
				+ (port ? suffix.group(2) : DEFAULT_PORT);
	}

}
