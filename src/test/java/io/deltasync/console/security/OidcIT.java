package io.deltasync.console.security;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in at an identity provider, which is a real authorization server.
 */
class OidcIT {

	private static final String SIGN_IN = "/oauth2/authorization/company";

	private static IdentityProvider provider;

	private static ConsoleFixture console;

	@BeforeAll
	static void start() {
		provider = new IdentityProvider();
		List<String> settings = new ArrayList<>(provider.settings());
		settings.addAll(List.of("deltasync.serve.oidc.roles-claim=realm_access.roles",
				"deltasync.serve.oidc.viewers=staff", "deltasync.serve.oidc.operators=/data/ops,on-call",
				"deltasync.serve.oidc.admins=platform", "spring.security.oauth2.client.registration.away.client-id=x",
				"spring.security.oauth2.client.registration.away.scope=openid",
				"spring.security.oauth2.client.provider.away.issuer-uri=http://127.0.0.1:1"));
		console = new ConsoleFixture(List.of("plain", "paused"), settings.toArray(String[]::new));
		provider.register(address());
	}

	@AfterAll
	static void stop() {
		console.close();
		provider.close();
	}

	private static URI address() {
		return URI.create("http://127.0.0.1:" + console.address().getPort());
	}

	/** Signs in by the link on the console's page and the form of the provider. */
	private static Page signIn(Browser browser, String name) {
		assertThat(browser.get("/login").text()).contains("Sign in with Company");
		Page form = browser.get(SIGN_IN);
		assertThat(form.uri().getAuthority()).isEqualTo(URI.create(provider.issuer()).getAuthority());
		return browser.post(form.uri().toString(), Map.of("username", name, "password", name));
	}

	private static Browser signedIn(String name, String... roles) {
		person(name, roles);
		Browser browser = new Browser(address());
		assertThat(signIn(browser, name).uri()).isEqualTo(address().resolve("/links"));
		return browser;
	}

	private static void person(String name, String... roles) {
		provider.person(name,
				Map.of("preferred_username", name, "realm_access", Map.of("roles", List.of(roles), "other", 1)));
	}

	@ParameterizedTest
	@CsvSource({ "vera, staff, VIEWER", "otto, on-call, OPERATOR", "olga, /data/ops, OPERATOR",
			"anna, platform, ADMIN" })
	void valueOfTheClaimGivesTheRole(String name, String value, Role role) {
		Browser browser = signedIn(name, "unknown", value, "staff");
		browser.get("/links/plain");

		assertThat(browser.post("/links/plain/pause", Map.of()).status()).isEqualTo((role != Role.VIEWER) ? 200 : 403);
		browser.get("/links/plain");
		assertThat(browser.post("/links/plain/window", Map.of("to", "no time")).status())
			.isEqualTo((role == Role.ADMIN) ? 409 : 403);
	}

	@Test
	void auditLogNamesThePerson() {
		Browser browser = signedIn("paula", "on-call");
		browser.get("/links/paused");
		browser.post("/links/paused/pause", Map.of());

		assertThat(browser.get("/links/paused").html()).contains(">paula</span>");
		assertThat(console.bean(AuditLog.class).newest("paused", Long.MAX_VALUE, 1)).extracting(AuditEntry::who)
			.containsExactly("paula");
	}

	@Test
	void personWithoutARoleIsNotSignedInAndLearnsWhatToDo() {
		person("nora", "somebody", "else");
		Browser browser = new Browser(address());

		assertThat(signIn(browser, "nora").text()).contains("you have no role here. Ask whoever runs DeltaSync");
		assertThat(browser.get("/links").uri().getPath()).isEqualTo("/login");
	}

	@Test
	void personWithoutANameIsNotSignedIn() {
		provider.person("nameless", Map.of("realm_access", Map.of("roles", List.of("platform"))));
		Browser browser = new Browser(address());

		assertThat(signIn(browser, "nameless").text()).contains("Your identity provider does not tell your name");
		assertThat(browser.get("/links").uri().getPath()).isEqualTo("/login");
	}

	@Test
	void personWithTheNameOfAUserIsNotSignedIn() {
		console.bean(Users.class).add("tom", "password of tom", Role.VIEWER, Instant.EPOCH);
		person("tom", "platform");

		assertThat(signIn(new Browser(address()), "tom").text()).contains("A user with a password has your name");
	}

	@Test
	void usersWithPasswordsStillSignIn() {
		assertThat(console.signIn(Role.ADMIN).get("/links").status()).isEqualTo(200);
	}

	@Test
	void signingOutAlsoEndsTheSessionAtTheProvider() {
		Browser browser = signedIn("lena", "staff");
		browser.get("/links");

		Page page = browser.post("/logout", Map.of());
		assertThat(page.text()).contains("You are signed out of DeltaSync");
		String refresh = page.headers().firstValue("Refresh").orElseThrow();
		assertThat(refresh).startsWith("0; url=" + provider.issuer() + "/connect/logout?id_token_hint=");

		Page back = browser.get(refresh.substring("0; url=".length()));
		assertThat(back.uri()).isEqualTo(address().resolve("/login"));
		assertThat(browser.get("/links").uri().getPath()).isEqualTo("/login");
		assertThat(browser.get(SIGN_IN).uri().getAuthority()).as("asks for the password again")
			.isEqualTo(URI.create(provider.issuer()).getAuthority());
	}

	@Test
	void answerWithAnUnknownStateSignsNobodyIn() {
		Browser browser = new Browser(address());
		Page page = browser.get("/login/oauth2/code/company?code=stolen&state=forged");

		assertThat(page.text()).contains("Signing in was not completed");
		assertThat(browser.get("/links").uri().getPath()).isEqualTo("/login");
	}

	@Test
	void answerForAnotherBrowserSignsNobodyIn() {
		person("mallory", "platform");
		Browser attacker = new Browser(address());
		String form = attacker.get(SIGN_IN).uri().toString();
		Browser stopping = attacker.withoutRedirects();
		Page signedIn = stopping.post(form, Map.of("username", "mallory", "password", "mallory"));
		URI answer = stopping.get(signedIn.location().toString()).location();
		Browser victim = new Browser(address());
		victim.get("/login");

		assertThat(answer.getPath()).isEqualTo("/login/oauth2/code/company");
		assertThat(victim.get(answer.toString()).uri().getPath()).isEqualTo("/login");
		assertThat(victim.get("/links").uri().getPath()).isEqualTo("/login");
	}

	@Test
	void requestForTheProviderHasStateNonceAndProofKey() {
		String query = new Browser(address()).withoutRedirects().get(SIGN_IN).location().getQuery();

		assertThat(query).contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256",
				"redirect_uri=" + address() + "/login/oauth2/code/company");
	}

	@Test
	void providerThatIsAwayLeadsToAPageThatSaysSo() {
		Page page = new Browser(address()).get("/oauth2/authorization/away");

		assertThat(page.uri().getPath()).isEqualTo("/login");
		assertThat(page.text()).contains("Signing in was not completed");
		assertThat(new Browser(address()).get("/oauth2/authorization/none").text())
			.contains("Signing in was not completed");
	}

	@Test
	void withoutPasswordsPeopleSignInAtTheProviderOnly() {
		List<String> settings = new ArrayList<>(provider.settings());
		settings.addAll(List.of("deltasync.serve.oidc.viewers=staff", "deltasync.serve.sign-in-form=false"));
		try (ConsoleFixture without = new ConsoleFixture(List.of("plain"), settings.toArray(String[]::new))) {
			Browser browser = without.open();

			assertThat(browser.get("/login").html()).contains("Sign in with Company")
				.doesNotContain("type=\"password\"", "prints the password");
			assertThat(
					browser.post("/login", Map.of("username", "admins", "password", "correct horse")).uri().getPath())
				.isEqualTo("/login");
			assertThat(browser.get("/links").uri().getPath()).isEqualTo("/login");
			assertThat(without.bean(Users.class).exists(Users.FIRST)).isFalse();
		}
	}

	@Test
	void neitherAccessTokensNorSecretsAreKept() {
		signedIn("rita", "staff");

		assertThat(console.bean(OAuth2AuthorizedClientService.class)
			.<OAuth2AuthorizedClient>loadAuthorizedClient("company", "rita")).isNull();
	}

}
