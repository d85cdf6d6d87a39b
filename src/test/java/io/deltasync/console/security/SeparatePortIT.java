package io.deltasync.console.security;

import java.util.List;
import java.util.Map;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console as the chart starts it: health and metrics have a port of their own, and
 * the first user's password is configured.
 */
class SeparatePortIT {

	private static final String PASSWORD = "a password of our own";

	private static ConsoleFixture console;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("plain"), "management.server.port=0",
				"management.server.address=127.0.0.1", "deltasync.serve.admin-password=" + PASSWORD);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void healthAndMetricsAreOnTheirPortOnly() {
		for (String path : List.of("/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus")) {
			assertThat(console.api("GET", console.managementAddress() + path, null, null).statusCode()).as(path)
				.isEqualTo(200);
			assertThat(console.open().get(path).uri().getPath()).as(path).isEqualTo("/login");
			assertThat(console.signIn(Role.ADMIN).get(path).status()).as(path).isEqualTo(404);
		}
	}

	@Test
	void consoleIsNotOnThePortOfMetrics() {
		for (String path : List.of("/links", "/login", "/api/v1/links")) {
			assertThat(console.api("GET", console.managementAddress() + path, null, null).statusCode()).as(path)
				.isNotEqualTo(200);
		}
		assertThat(console.signIn(Role.ADMIN).get("/links").status()).isEqualTo(200);
	}

	@Test
	void firstUserSignsInWithTheConfiguredPassword() {
		Browser browser = console.open();
		browser.get("/login");

		Page page = browser.post("/login", Map.of("username", Users.FIRST, "password", PASSWORD));

		assertThat(page.uri().getPath()).isEqualTo("/links");
	}

	@Test
	void configuredPasswordIsNotShown() {
		assertThat(console.signIn(Role.ADMIN).get("/system").html()).doesNotContain(PASSWORD);
	}

}
