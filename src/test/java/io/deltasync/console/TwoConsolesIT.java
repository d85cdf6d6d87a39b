package io.deltasync.console;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.console.Browser.Page;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvent;
import io.deltasync.lease.Leases;
import io.deltasync.run.ActiveRuns;
import io.deltasync.testing.Stage;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes that serve on one database show the same, and act on each other's runs.
 */
class TwoConsolesIT {

	private static final List<String> LINKS = List.of("held", "stopped", "rejecting", "paused", "shared");

	private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final Stage stage = new Stage();

	private static ConsoleFixture one;

	private static ConsoleFixture other;

	private static Browser atOne;

	private static Browser atOther;

	@BeforeAll
	static void start() {
		String schema = TestDatabase.POSTGRESQL.createSchema();
		one = ConsoleFixture.replica(TestDatabase.POSTGRESQL, schema, stage, LINKS);
		other = ConsoleFixture.replica(TestDatabase.POSTGRESQL, schema, stage, LINKS);
		atOne = one.signIn(Role.OPERATOR);
		atOther = other.signIn(Role.OPERATOR);
	}

	@AfterAll
	static void stop() {
		stage.clear();
		for (ConsoleFixture console : new ConsoleFixture[] { one, other }) {
			if (console != null) {
				console.close();
			}
		}
	}

	/** Figures of Links are up to a second old. */
	private static void await(Browser browser, String path, String text) {
		await(() -> browser.get(path).text().contains(text));
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + MOST_NANOS;
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(end);
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	/** Pages say how long ago something was when they are made. */
	private static String timeless(Page page) {
		return page.text().replaceAll("[0-9.]+ \\w+ ago", "some time ago");
	}

	private static long run(Browser browser, String link) {
		URI event = browser.post("/links/%s/runs".formatted(link), Map.of()).uri();
		return Long.parseLong(event.getPath().substring("/events/".length()));
	}

	@Test
	void textThatNoDatabaseHoldsIsNotFound() {
		for (String path : List.of("/audit?link=a%00b", "/executions?job=a%00b", "/links?name=a%00b",
				"/links/held/trace?key=a%00b", "/executions/new?job=a%00b")) {
			assertThat(atOne.get(path).status()).as(path).isLessThan(500);
		}
		for (String path : List.of("/api/v1/audit?link=a%00b", "/api/v1/executions?job=a%00b",
				"/api/v1/events?link=a%00b")) {
			assertThat(one.api("GET", path, one.token(Role.OPERATOR), null).statusCode()).as(path).isLessThan(500);
		}
	}

	@Test
	void runOfOneProcessIsShownByTheOtherWithItsHolder() {
		stage.hold("held");
		atOne.get("/links/held");
		long event = run(atOne, "held");

		await(atOther, "/links?name=held", "▶ running");
		assertThat(atOther.get("/events/" + event).text()).contains("▶ Running");
		assertThat(atOther.get("/system").text()).contains("held " + one.bean(Leases.class).holder());
		atOther.get("/links/held");
		Page refused = atOther.post("/links/held/runs", Map.of());
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.text()).contains(one.bean(Leases.class).holder());
		assertThat(other.api("POST", "/api/v1/links/held/runs", other.token(Role.OPERATOR), "{\"mode\": \"delta\"}")
			.statusCode()).isEqualTo(409);

		stage.release("held");
		assertThat(one.await(event).status()).isEqualTo(SyncEvent.Status.COMPLETED);
		await(atOther, "/links?name=held", "✔ in step");
		assertThat(timeless(atOther.get("/events/" + event))).isEqualTo(timeless(atOne.get("/events/" + event)));
	}

	@Test
	void runIsStoppedFromTheOtherProcess() {
		stage.records("stopped", 3);
		stage.hold("stopped");
		atOne.get("/links/stopped");
		long event = run(atOne, "stopped");
		atOther.get("/events/" + event);

		assertThat(atOther.post("/events/%d/stop".formatted(event), Map.of()).text())
			.contains("The run was asked to stop");
		await(() -> one.bean(ActiveRuns.class).find("stopped").orElseThrow().lease().isStopRequested());
		stage.release("stopped");

		assertThat(one.await(event).status()).isEqualTo(SyncEvent.Status.STOPPED);
		await(atOne, "/links?name=stopped", "■ stopped");
		await(atOther, "/links?name=stopped", "■ stopped");
		assertThat(atOne.get("/links/stopped").text()).contains("operators: stop");
	}

	@Test
	void decisionAboutARejectHoldsInBothProcesses() {
		stage.records("rejecting", 2);
		stage.refuse(1);
		atOne.get("/links/rejecting");
		one.await(run(atOne, "rejecting"));
		await(atOther, "/links?name=rejecting", "▲ holding");
		Matcher reject = Pattern.compile("href=\"/rejects/(\\d+)\"")
			.matcher(atOther.get("/links/rejecting/rejects").html());
		assertThat(reject.find()).isTrue();
		String path = "/rejects/" + reject.group(1);

		atOther.get(path);
		assertThat(atOther.post(path + "/discard", Map.of()).text()).contains("State discarded");

		assertThat(timeless(atOne.get(path))).isEqualTo(timeless(atOther.get(path))).contains("State discarded");
		atOne.get("/links/rejecting");
		assertThat(atOne.post(path + "/acknowledge", Map.of()).status()).isEqualTo(409);
	}

	@Test
	void pauseIsOneForBothProcesses() {
		atOne.get("/links/paused");
		atOne.post("/links/paused/pause", Map.of());
		await(atOther, "/links?name=paused", "❚❚ paused");

		atOther.get("/links/paused");
		atOther.post("/links/paused/resume", Map.of());
		await(atOne, "/links?name=paused", "○ never run");
		assertThat(timeless(atOne.get("/audit"))).isEqualTo(timeless(atOther.get("/audit")));
	}

	@Test
	void tokensAreSharedAndSessionsAreNot() {
		assertThat(other.api("GET", "/api/v1/links/shared", one.token(Role.VIEWER), null).statusCode()).isEqualTo(200);

		Browser stray = one.signIn(Role.VIEWER);
		assertThat(stray.get("/links").uri().getPath()).isEqualTo("/links");
		assertThat(stray.get(other.address() + "/links").uri().getPath()).isEqualTo("/login");
	}

}
