package io.deltasync.console.security;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in and out of a running console.
 */
class SessionIT {

	private static ConsoleFixture console;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("plain"));
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void pagesOfWhoHasNotSignedInLeadToTheSignInPage() {
		for (String path : List.of("/", "/links", "/links/plain", "/executions", "/system", "/no-such-page")) {
			assertThat(console.open().get(path).uri().getPath()).as(path).isEqualTo("/login");
		}
	}

	@Test
	void passwordIsNotCheckedAfterFiveWrongOnes() {
		console.bean(Users.class).add("guessed", "right", Role.VIEWER, Instant.EPOCH);
		Browser browser = console.open();
		for (int i = 0; i < 5; i++) {
			browser.get("/login");
			assertThat(browser.post("/login", Map.of("username", "guessed", "password", "wrong")).text())
				.contains("The name or the password is wrong");
		}
		browser.get("/login");

		assertThat(browser.post("/login", Map.of("username", "guessed", "password", "right")).text())
			.contains("The password was wrong too often");
	}

	@Test
	void formOfALostSessionDoesNothingAndAsksToSignIn() {
		Browser operator = console.signIn(Role.OPERATOR);
		operator.get("/links/plain");
		operator.forgetCsrf();

		Page page = operator.post("/links/plain/runs", Map.of());

		assertThat(page.text()).contains("Your session has ended. What you sent was not done");
		assertThat(console.bean(SyncEvents.class).newest("plain")).isEmpty();
	}

	@Test
	void liveUpdateOfALostSessionMovesTheWholePageToTheSignInPage() {
		HttpResponse<String> answer = console.open().update("/links");

		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login?expired");
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void liveUpdateOfALostSessionIsNotAnsweredWithThatOfAnother() {
		Browser leaving = console.signIn(Role.VIEWER);
		Browser staying = console.signIn(Role.VIEWER);
		assertThat(leaving.update("/links/plain/standing").statusCode()).isEqualTo(200);
		leaving.get("/links");
		leaving.post("/logout", Map.of());

		HttpResponse<String> shared = staying.update("/links/plain/standing");
		HttpResponse<String> lost = leaving.update("/links/plain/standing");

		assertThat(shared.statusCode()).isEqualTo(200);
		assertThat(shared.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(shared.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
		assertThat(lost.statusCode()).isEqualTo(401);
		assertThat(lost.headers().firstValue("HX-Redirect")).hasValue("/login?expired");
	}

	@Test
	void openPageDoesNotProlongASessionBeyondItsHighestAge() {
		try (ConsoleFixture brief = new ConsoleFixture(List.of("plain"), "deltasync.serve.session-max-age=2s")) {
			long begin = System.nanoTime();
			Browser viewer = brief.signIn(Role.VIEWER);

			ScriptedRuns.await(() -> viewer.update("/links/plain/standing").statusCode() == 401);

			assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
		}
	}

	@Test
	void signingOutEndsTheSession() {
		Browser admin = console.signIn(Role.ADMIN);
		assertThat(admin.get("/links").uri().getPath()).isEqualTo("/links");

		assertThat(admin.post("/logout", Map.of()).text()).contains("You are signed out");
		assertThat(admin.get("/links").uri().getPath()).isEqualTo("/login");
	}

	@Test
	void actionsBeyondTheRoleAreRefusedOnAPageThatSaysSo() {
		Browser viewer = console.signIn(Role.VIEWER);
		viewer.get("/links/plain");

		Page page = viewer.post("/links/plain/runs", Map.of());

		assertThat(page.status()).isEqualTo(403);
		assertThat(page.text()).contains("Your role does not permit this. Nothing was changed.");
		assertThat(console.bean(SyncEvents.class).newest("plain")).isEmpty();
	}

	@Test
	void pagesAllowNoScriptsOfOthersAndNoFrames() {
		HttpResponse<String> page = console.open().update("/login");

		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.body()).doesNotContain("<script>", "style=", "onclick");
	}

}
