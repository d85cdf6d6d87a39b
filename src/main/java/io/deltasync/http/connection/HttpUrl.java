package io.deltasync.http.connection;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Composes and compares the URLs of an HTTP connection.
 */
final class HttpUrl {

	private HttpUrl() {
	}

	/** Returns what is wrong with a connection's URL; null if nothing is. */
	static @Nullable String problem(String url) {
		URI uri;
		try {
			uri = URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			return "is not a URL; it begins like https://api.example.com";
		}
		if (!List.of("http", "https").contains(scheme(uri)) || uri.getHost() == null) {
			return "is '%s'; it begins like https://api.example.com".formatted(shown(url));
		}
		if (uri.getRawUserInfo() != null) {
			return "contains a user; give it as auth.username and auth.password";
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
			return "ends with a query; give that to the Links that need it";
		}
		return null;
	}

	/**
	 * Returns the URL of a call.
	 * @param base the connection's URL
	 * @param target a path below it, or an absolute URL
	 * @param query parameters to add
	 * @throws IllegalArgumentException if the target is malformed
	 */
	static URI of(URI base, String target, List<Map.Entry<String, String>> query) {
		boolean absolute = target.regionMatches(true, 0, "http://", 0, 7)
				|| target.regionMatches(true, 0, "https://", 0, 8);
		StringBuilder url = new StringBuilder(absolute ? target : joined(base.toString(), target));
		query.forEach((pair) -> url.append((url.indexOf("?") < 0) ? '?' : '&')
			.append(encoded(pair.getKey()))
			.append('=')
			.append(encoded(pair.getValue())));
		return URI.create(url.toString());
	}

	private static String joined(String base, String path) {
		String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
		return path.isEmpty() ? base : start + (path.startsWith("/") || path.startsWith("?") ? "" : "/") + path;
	}

	/** Encodes all signs but those that mean themselves in every part of a URL. */
	static String encoded(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte sign : text.getBytes(StandardCharsets.UTF_8)) {
			char letter = (char) (sign & 0xff);
			boolean plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
					|| (letter >= '0' && letter <= '9') || "-._~".indexOf(letter) >= 0;
			encoded.append(plain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
		}
		return encoded.toString();
	}

	/** Whether two URLs lead to the same server, by the same protocol. */
	static boolean sameServer(URI one, URI other) {
		return origin(one).equals(origin(other));
	}

	/** Returns protocol, host and port, the port only if it is not the usual one. */
	static String origin(URI uri) {
		String scheme = scheme(uri);
		int usual = scheme.equals("https") ? 443 : 80;
		boolean named = uri.getPort() >= 0 && uri.getPort() != usual;
		return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
				+ (named ? ":" + uri.getPort() : "");
	}

	/** Returns a URL for messages: without user and query, which may contain secrets. */
	static String shown(String url) {
		return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
	}

	private static String scheme(URI uri) {
		return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
	}

}
