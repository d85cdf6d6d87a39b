package io.deltasync.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.web.util.HtmlUtils;

/**
 * Uses the console like a browser without JavaScript: keeps cookies, follows redirects
 * and submits forms with their hidden fields.
 */
public final class Browser {

	private static final Pattern FIELD = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]*)\"");

	private static final Pattern MAIN = Pattern.compile("<main.*</main>", Pattern.DOTALL);

	private final URI address;

	private final HttpClient client;

	private final CookieManager cookies;

	private String csrf;

	/**
	 * Opens a browser in which nobody is signed in.
	 * @param address the address that paths are relative to
	 */
	public Browser(URI address) {
		this(address, new CookieManager(), HttpClient.Redirect.NORMAL, "");
	}

	private Browser(URI address, CookieManager cookies, HttpClient.Redirect redirects, String csrf) {
		this.address = address;
		this.cookies = cookies;
		this.csrf = csrf;
		this.client = HttpClient.newBuilder().cookieHandler(cookies).followRedirects(redirects).build();
	}

	/** Returns a browser with the same cookies that follows no redirects. */
	public Browser withoutRedirects() {
		return new Browser(this.address, this.cookies, HttpClient.Redirect.NEVER, this.csrf);
	}

	/** Signs in on the page of the console, or of another one of the same form. */
	public void signIn(String name, String password) {
		get("/login");
		post("/login", Map.of("username", name, "password", password));
	}

	/**
	 * Opens a page.
	 * @param path its path with its query, encoded
	 * @return the page
	 */
	public Page get(String path) {
		return send(HttpRequest.newBuilder(this.address.resolve(path)).GET());
	}

	/**
	 * Submits a form with the CSRF token of the last page that had one.
	 * @param path the path, encoded
	 * @param fields the fields
	 * @return the page after all redirects
	 */
	public Page post(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(this.address.resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body + "&_csrf=" + encode(this.csrf))));
	}

	/**
	 * Asks for a live update of an open page.
	 * @param path its path with its query, encoded
	 * @return the answer, to which the page itself is sent if it has a header for that
	 */
	public HttpResponse<String> update(String path) {
		try {
			return this.client.send(
					HttpRequest.newBuilder(this.address.resolve(path)).header("HX-Request", "true").build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Forgets the CSRF token, as a browser does that was restarted. */
	public void forgetCsrf() {
		this.csrf = "";
	}

	private Page send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.header("Accept", "text/html").build(),
					HttpResponse.BodyHandlers.ofString());
			Matcher token = FIELD.matcher(response.body());
			if (token.find()) {
				this.csrf = HtmlUtils.htmlUnescape(token.group(1));
			}
			return new Page(response.statusCode(), response.uri(), response.body(), response.headers());
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

	/**
	 * A page.
	 *
	 * @param status its HTTP status
	 * @param uri its address after all redirects
	 * @param html its source
	 * @param headers its headers
	 */
	public record Page(int status, URI uri, String html, HttpHeaders headers) {

		/** Returns the address that a redirect leads to. */
		public URI location() {
			return this.uri.resolve(this.headers.firstValue("Location").orElseThrow());
		}

		/** Returns the visible text of the main part, in one line. */
		public String text() {
			Matcher main = MAIN.matcher(this.html);
			String part = main.find() ? main.group() : this.html;
			return HtmlUtils.htmlUnescape(part.replaceAll("<[^>]*>", " "))
				.replaceAll("\\s+", " ")
				.replaceAll(" ([,.:?])", "$1")
				.strip();
		}

	}

}
