package io.deltasync.console.security;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.deltasync.console.ConsoleFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console behind a proxy that terminates TLS, below a path.
 */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyIT {

	private static final String ORIGIN = "https://" + ProxiedBrowser.HOST;

	/** Every address in a page, also those that htmx asks for. */
	private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action|hx-get)=\"(/[^\"]*)\"");

	private static IdentityProvider provider;

	@Parameter
	private Prefix prefix;

	private ConsoleFixture console;

	@BeforeAll
	static void startProvider() {
		provider = new IdentityProvider();
	}

	@AfterAll
	static void stopProvider() {
		provider.close();
	}

	@BeforeParameterizedClassInvocation
	void start() {
		List<String> settings = new ArrayList<>(provider.settings());
		settings.add("deltasync.serve.oidc.viewers=staff");
		settings.addAll(this.prefix.settings);
		this.console = new ConsoleFixture(List.of("plain", "started"), settings.toArray(String[]::new));
		this.console.bean(Users.class).add("jo", "password of jo", Role.ADMIN, Instant.EPOCH);
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.console.close();
	}

	private ProxiedBrowser open() {
		return new ProxiedBrowser(this.console.address(), this.prefix == Prefix.STRIPPED);
	}

	private ProxiedBrowser signedIn() {
		ProxiedBrowser browser = open();
		browser.get("/sync/login");
		assertThat(location(browser.post("/sync/login", Map.of("username", "jo", "password", "password of jo"))))
			.isEqualTo(ORIGIN + "/sync/links");
		return browser;
	}

	private static String location(HttpResponse<?> response) {
		return response.headers().firstValue("Location").orElse("no redirect, status " + response.statusCode());
	}

	@Test
	void addressesInPagesLeadThroughTheProxy() {
		ProxiedBrowser browser = signedIn();
		browser.get("/sync/links/plain");
		for (String page : List.of("/login", "/links", "/links/plain", "/links/plain/full-run", "/links/plain/rejects",
				"/executions", "/system", "/audit")) {
			HttpResponse<String> response = browser.get("/sync" + page);

			assertThat(response.statusCode()).as(page).isEqualTo(200);
			assertThat(ADDRESS.matcher(response.body()).results().map((MatchResult found) -> found.group(1))).as(page)
				.isNotEmpty()
				.allMatch((address) -> address.startsWith("/sync/"));
		}
		for (String asset : List.of("/assets/console.css", "/assets/htmx.min.js")) {
			assertThat(open().get("/sync" + asset).statusCode()).as(asset).isEqualTo(200);
		}
	}

	@Test
	void redirectsLeadThroughTheProxy() {
		ProxiedBrowser browser = signedIn();
		browser.get("/sync/links/plain");

		assertThat(location(browser.post("/sync/links/plain/pause", Map.of()))).isEqualTo(ORIGIN + "/sync/links/plain");
		assertThat(location(browser.post("/sync/logout", Map.of()))).isEqualTo(ORIGIN + "/sync/login?signed-out");
		assertThat(location(open().get("/sync/links"))).isEqualTo(ORIGIN + "/sync/login");
		assertThat(location(open().post("/sync/links/plain/pause", Map.of())))
			.isEqualTo(ORIGIN + "/sync/login?expired");
		assertThat(location(browser.api("/sync/api/v1/links/started/runs", this.console.token(Role.OPERATOR),
				"{\"mode\": \"delta\"}")))
			.startsWith("/sync/api/v1/events/");
	}

	@Test
	void liveUpdatesOfALostSessionLeadToTheSignInPage() {
		assertThat(open().get("/sync/links", "HX-Request", "true").headers().firstValue("HX-Redirect"))
			.hasValue("/sync/login?expired");
		assertThat(signedIn().get("/sync/links", "HX-Request", "true").body()).contains("hx-get=\"/sync/links");
	}

	@Test
	void sessionIsForThisPathAndEncryptedConnectionsOnly() {
		HttpResponse<String> page = open().get("/sync/login");

		assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure", "; HttpOnly",
				"; SameSite=Lax", "; Path=" + ((this.prefix == Prefix.KEPT) ? "/sync" : "/"));
		assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("connect-src 'self'",
				"form-action 'self'");
	}

	@Test
	void identityProviderReturnsPeopleThroughTheProxy() {
		assertThat(URI.create(location(open().get("/sync/oauth2/authorization/company"))).getQuery())
			.contains("redirect_uri=" + ORIGIN + "/sync/login/oauth2/code/company");
	}

	/** What the proxy does with the path. */
	enum Prefix {

		KEPT("server.servlet.context-path=/sync", "server.forward-headers-strategy=native"),

		STRIPPED("server.servlet.session.cookie.secure=true", "server.forward-headers-strategy=framework");

		private final List<String> settings;

		Prefix(String... settings) {
			this.settings = List.of(settings);
		}

	}

}
