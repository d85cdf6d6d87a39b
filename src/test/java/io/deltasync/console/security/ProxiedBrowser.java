package io.deltasync.console.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser and the proxy between it and the console. The proxy terminates TLS for
 * {@code https://sync.example.com/sync}, and tells the console so in headers.
 */
final class ProxiedBrowser {

	static final String PREFIX = "/sync";

	static final String HOST = "sync.example.com";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final Map<String, String> cookies = new TreeMap<>();

	private final URI console;

	private final boolean stripping;

	private String csrf = "";

	/**
	 * Creates a browser without cookies.
	 * @param console the console's own address
	 * @param stripping whether the proxy leaves the prefix out and tells it in a header
	 */
	ProxiedBrowser(URI console, boolean stripping) {
		this.console = console;
		this.stripping = stripping;
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> post(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body + "&_csrf=" + encode(this.csrf))));
	}

	/** Sends JSON to the REST API. */
	HttpResponse<String> api(String path, String token, String json) {
		return send(request(path, "Authorization", "Bearer " + token, "Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path, String... headers) {
		if (!path.startsWith(PREFIX + "/")) {
			throw new IllegalArgumentException("Another application has the path " + path);
		}
		HttpRequest.Builder request = HttpRequest
			.newBuilder(this.console.resolve(this.stripping ? path.substring(PREFIX.length()) : path))
			.header("X-Forwarded-For", "203.0.113.7")
			.header("X-Forwarded-Proto", "https")
			.header("X-Forwarded-Host", HOST)
			.header("X-Forwarded-Port", "443");
		if (this.stripping) {
			request.header("X-Forwarded-Prefix", PREFIX);
		}
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
		}
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			for (String cookie : response.headers().allValues("Set-Cookie")) {
				String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
				this.cookies.put(pair[0], pair[1]);
			}
			Matcher found = CSRF.matcher(response.body());
			if (found.find()) {
				this.csrf = found.group(1);
			}
			return response;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
