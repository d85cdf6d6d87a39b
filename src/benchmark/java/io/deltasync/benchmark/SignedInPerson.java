package io.deltasync.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * A person who is signed in to the console, with a browser that takes compressed pages.
 */
final class SignedInPerson {

	private static final Pattern START = Pattern.compile("http://localhost:(\\d+)\\. Sign in as .* password (\\S+),");

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(HttpClient.Redirect.NORMAL)
		.build();

	private final URI address;

	private SignedInPerson(URI address) {
		this.address = address;
	}

	/**
	 * Signs in with the first password.
	 * @param output what the started process has printed
	 */
	static SignedInPerson of(String output) throws IOException, InterruptedException {
		Matcher start = find(START, output);
		SignedInPerson person = new SignedInPerson(URI.create("http://127.0.0.1:" + start.group(1)));
		person.post("/login", "/login", Map.of("username", "admin", "password", start.group(2)));
		return person;
	}

	HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
		return this.client.send(
				HttpRequest.newBuilder(this.address.resolve(path)).header("Accept-Encoding", "gzip").build(),
				HttpResponse.BodyHandlers.ofByteArray());
	}

	/** Opens a page that asks for live updates. */
	OpenPage openPage() throws IOException {
		return new OpenPage(this.address,
				this.cookies.getCookieStore()
					.getCookies()
					.stream()
					.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
					.collect(Collectors.joining("; ")));
	}

	String text(String path) throws IOException, InterruptedException {
		return text(get(path));
	}

	static String text(HttpResponse<byte[]> answer) throws IOException {
		byte[] body = answer.body();
		if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
			try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
				body = unpacked.readAllBytes();
			}
		}
		return new String(body, StandardCharsets.UTF_8);
	}

	/**
	 * Sends a form.
	 * @param page the page that has it
	 * @param path where it is sent to
	 * @return the address to which the answer leads
	 */
	URI post(String page, String path, Map<String, String> fields) throws IOException, InterruptedException {
		String csrf = find(CSRF, text(page)).group(1);
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + encode(field.getValue()) + "&")
			.collect(Collectors.joining()) + "_csrf=" + encode(csrf);
		return this.client
			.send(HttpRequest.newBuilder(this.address.resolve(path))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.discarding())
			.uri();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static Matcher find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException("Nothing like " + pattern + " in:\n" + text);
		}
		return matcher;
	}

}
