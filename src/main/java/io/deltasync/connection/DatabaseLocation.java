package io.deltasync.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies the database of a JDBC URL by a canonical text, without users, passwords and
 * options, which may change while the database stays the same.
 */
public final class DatabaseLocation {

	private static final Pattern MYSQL = Pattern.compile(
			"(?:mysql|mariadb)(\\+srv)?:(?:[\\w+]+:)*\\s*//([^/?]*)(?:/([^?]*))?(?:\\?(.*))?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern HOST_OPTION = Pattern.compile("\\bhost\\s*=\\s*([^,()]+)", Pattern.CASE_INSENSITIVE);

	private static final Pattern PORT_OPTION = Pattern.compile("\\bport\\s*=\\s*(\\d+)", Pattern.CASE_INSENSITIVE);

	/** The options that replace host and port. */
	private static final Pattern SOCKET = Pattern.compile("(?:^|&)(?:localSocket|pipe|namedPipePath)=([^&]*)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PORT = Pattern.compile("(.*):(\\d+)");

	private static final Pattern H2_SERVER = Pattern.compile("(tcp|ssl)://([^/]*)/(.*)", Pattern.CASE_INSENSITIVE);

	private static final Pattern SET_SCHEMA = Pattern.compile("\\bSET\\s+SCHEMA\\s+(\"[^\"]+\"|\\w+)",
			Pattern.CASE_INSENSITIVE);

	private static final String MYSQL_PORT = "3306";

	private static final String H2_PORT = "9092";

	private DatabaseLocation() {
	}

	/**
	 * Returns the location of a database.
	 * @param url a JDBC URL
	 * @param properties the other properties for the driver
	 * @return the same text for every URL of the same database and default schema; the
	 * schema follows the last slash, and for MySQL is the database itself
	 */
	public static String of(String url, Map<String, String> properties) {
		String rest = url.strip().replaceFirst("(?i)^jdbc:", "");
		if (rest.regionMatches(true, 0, "h2:", 0, 3)) {
			return h2(rest.substring(3), properties);
		}
		Matcher mysql = MYSQL.matcher(rest);
		if (mysql.matches()) {
			return mysql(mysql);
		}
		if (PostgreSqlLocation.isOne(rest)) {
			return PostgreSqlLocation.of(rest, properties);
		}
		if (EmbeddedLocation.isOne(rest)) {
			return EmbeddedLocation.of(rest);
		}
		return rest.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//");
	}

	private static String mysql(Matcher url) {
		String options = (url.group(4) != null) ? url.group(4) : "";
		Matcher socket = SOCKET.matcher(options);
		String server = socket.find() ? decoded(socket.group(1)) : servers(url.group(2), url.group(1) != null);
		String database = (url.group(3) != null) ? decoded(url.group(3)).strip() : "";
		return "mysql://" + server + "/" + database;
	}

	/** Returns the sorted servers. All servers in a URL hold the same data. */
	private static String servers(String authority, boolean named) {
		TreeSet<String> servers = new TreeSet<>();
		for (String part : parts(authority)) {
			String address = part.substring(part.lastIndexOf('@') + 1).strip();
			servers.add(server(address, named ? "" : MYSQL_PORT));
		}
		return String.join(",", servers);
	}

	/** Splits a text at the commas outside parentheses. */
	private static List<String> parts(String authority) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		int depth = 0;
		for (char sign : withoutListBrackets(authority).toCharArray()) {
			depth += (sign == '(') ? 1 : (sign == ')') ? -1 : 0;
			if (sign == ',' && depth == 0) {
				parts.add(part.toString());
				part.setLength(0);
			}
			else {
				part.append(sign);
			}
		}
		parts.add(part.toString());
		return parts;
	}

	/**
	 * Removes the brackets around several addresses, but not those of an IPv6 address.
	 */
	private static String withoutListBrackets(String authority) {
		return authority.replaceAll("\\[([^\\[\\]]*,[^\\[\\]]*)\\]", "$1");
	}

	private static String server(String address, String defaultPort) {
		String host = address;
		String port = defaultPort;
		Matcher hostOption = HOST_OPTION.matcher(address);
		Matcher portOption = PORT_OPTION.matcher(address);
		Matcher suffix = PORT.matcher(address);
		if (address.indexOf('(') >= 0) {
			host = hostOption.find() ? hostOption.group(1).strip() : "";
			port = portOption.find() ? portOption.group(1) : defaultPort;
		}
		else if (suffix.matches()) {
			host = suffix.group(1);
			port = suffix.group(2);
		}
		host = host.isEmpty() ? "localhost" : host.toLowerCase(Locale.ROOT);
		return port.isEmpty() ? host : host + ":" + port;
	}

	private static String h2(String rest, Map<String, String> properties) {
		String[] parts = rest.split(";", 0);
		String schema = "PUBLIC";
		for (Map.Entry<String, String> property : properties.entrySet()) {
			schema = schema(property.getKey(), property.getValue(), schema);
		}
		for (int i = 1; i < parts.length; i++) {
			int equals = parts[i].indexOf('=');
			schema = (equals > 0) ? schema(parts[i].substring(0, equals), parts[i].substring(equals + 1), schema)
					: schema(parts[i], parts[i], schema);
		}
		return "h2:" + h2Database(parts[0].strip()) + "/" + schema;
	}

	private static String schema(String setting, String value, String otherwise) {
		if (setting.strip().equalsIgnoreCase("SCHEMA")) {
			return folded(value.strip());
		}
		Matcher set = SET_SCHEMA.matcher(value);
		String schema = otherwise;
		while (set.find()) {
			schema = folded(set.group(1));
		}
		return schema;
	}

	private static String folded(String name) {
		return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name.toUpperCase(Locale.ROOT);
	}

	private static String h2Database(String name) {
		Matcher server = H2_SERVER.matcher(name);
		if (server.matches()) {
			String authority = server.group(2);
			return server.group(1).toLowerCase(Locale.ROOT) + "://"
					+ server(authority.substring(authority.lastIndexOf('@') + 1), H2_PORT) + "/" + server.group(3);
		}
		String path = name.replaceFirst("(?i)^file:", "");
		if (path.matches("(?i)[a-z]{2,}\\w*:.*")) {
			return path;
		}
		return file(path);
	}

	private static String file(String path) {
		try {
			String home = path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path;
			return Path.of(home).toAbsolutePath().normalize().toString().replace('\\', '/');
		}
		catch (InvalidPathException ex) {
			return path;
		}
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
