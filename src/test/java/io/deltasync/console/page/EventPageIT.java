package io.deltasync.console.page;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page of a Sync Event in a running console.
 */
class EventPageIT {

	private static final int MOST_UPDATES = 10_000;

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("whole", "broken", "away", "held", "failing", "tested"),
				ConsoleFixture.property("whole", "logging") + "=all");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
		console.stage().refuse(7);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void aSuccessfulRunSaysWhatItWroteAndLinksToItsExecution() {
		console.stage().records("whole", 5);
		SyncEvent event = run("whole", Map.of());

		Page page = viewer.get("/events/" + event.id());

		assertThat(page.text()).contains("✔ Successful: 5 of 5 fetched records were written",
				"5 fetched = 5 written + 0 failed + 0 ignored + 0 dropped", "everything up to",
				"there was no successful run before", "Trigger console:operators", "Logged records",
				"1 answer of the source, finished");
		assertThat(page.html())
			.contains("href=\"/executions/%d\"".formatted(event.attempts().get(0).jobExecutionId()),
					"href=\"/links/whole\"")
			.doesNotContain("hx-get", "Next step");
	}

	@Test
	void aRunWithFailedRecordsOffersRestartAndReplay() {
		console.stage().records("broken", 9);
		SyncEvent event = run("broken", Map.of());

		String text = operator.get("/events/" + event.id()).text();
		assertThat(text).contains("✖ Completed, not successful: 1 record failed",
				"9 fetched = 8 written + 1 failed + 0 ignored + 0 dropped", "record 7: refused",
				"Records already written stay; fix the cause", "Restart this run", "Replay what failed",
				"Run the Link again", "Rejects of the Link");
		assertThat(viewer.get("/events/" + event.id()).text()).contains("Next step").doesNotContain("Restart this run");

		Page replay = operator.post("/events/%d/replay".formatted(event.id()), Map.of());
		assertThat(replay.text()).contains("The replay of event %d was started".formatted(event.id()),
				"replay of event " + event.id());
		console.await(number(replay));
		assertThat(operator.get("/events/" + event.id()).text()).contains("came after it")
			.doesNotContain("Restart this run");
		Page refused = operator.post("/events/%d/restart".formatted(event.id()), Map.of());
		assertThat(refused.status()).isEqualTo(409);
		assertThat(operator.get("/links/broken").text()).contains("operators: replay");
	}

	@Test
	void anAbortedRunSaysWhyAndCanBeRestarted() {
		console.stage().offline("away");
		SyncEvent event = run("away", Map.of("mode", "FULL"));
		Page page = operator.get("/events/" + event.id());
		assertThat(page.text()).contains("✖ Aborted:", "offline", "Restart this run", "Full run again")
			.doesNotContain("Link 'away':");

		console.stage().online("away");
		assertThat(operator.post("/events/%d/restart".formatted(event.id()), Map.of()).text())
			.contains("The run was restarted");
		console.await(event.id());

		assertThat(operator.get("/events/" + event.id()).text()).contains("Successful: there was nothing to do");
	}

	@Test
	void aRunInProgressIsUpdatedAndCanBeStopped() {
		console.stage().records("held", 3);
		console.stage().hold("held");
		long event = number(operator.post("/links/held/runs", Map.of()));

		Page page = operator.get("/events/" + event);
		assertThat(page.text()).contains("▶ Running: the source is being asked how to fetch", "Stop this run");
		assertThat(page.html()).contains("hx-get=\"/events/%d/live\"".formatted(event), "hx-trigger=\"every 1500ms\"");
		assertThat(viewer.get("/events/%d/live".formatted(event)).html()).contains("id=\"live\"")
			.doesNotContain("<html", "Executions in Spring Batch");
		assertThat(operator.post("/events/%d/stop".formatted(event), Map.of()).text())
			.contains("The run was asked to stop");
		console.stage().release("held");
		console.await(event);

		assertThat(operator.get("/events/" + event).text()).doesNotContain("Stop this run");
		String update = viewer.get("/events/%d/live".formatted(event)).html();
		for (int i = 0; update.contains("hx-trigger") && i < MOST_UPDATES; i++) {
			update = viewer.get("/events/%d/live".formatted(event)).html();
		}
		assertThat(update).doesNotContain("hx-trigger");
		assertThat(operator.post("/events/%d/stop".formatted(event), Map.of()).status()).isEqualTo(409);
		assertThat(operator.get("/links/held").text()).contains("operators: stop, was planning");
	}

	@Test
	void updatesOfARunHaveNoFormsUntilItsEndAndThenThoseOfTheRole() {
		console.stage().records("failing", 9);
		console.stage().hold("failing");
		long event = number(operator.post("/links/failing/runs", Map.of()));
		String path = "/events/%d/live".formatted(event);
		assertThat(operator.update(path).body()).contains("Running", "hx-get").doesNotContain("<form");
		assertThat(viewer.update(path).body()).contains("Running", "hx-get").doesNotContain("<form");

		console.stage().release("failing");
		console.await(event);

		String end = lastUpdate(operator, path);
		assertThat(end).contains("1 record failed", "Restart this run", "name=\"_csrf\"");
		assertThat(lastUpdate(viewer, path)).contains("1 record failed").doesNotContain("Restart", "_csrf");
		assertThat(token(lastUpdate(console.signIn(Role.OPERATOR), path))).isNotEqualTo(token(end));
	}

	/** Asks until the end is shown: what other people see is shared for a moment. */
	private static String lastUpdate(Browser browser, String path) {
		HttpResponse<String> update = browser.update(path);
		for (int i = 0; update.headers().firstValue("HX-Refresh").isEmpty() && i < MOST_UPDATES; i++) {
			update = browser.update(path);
		}
		return update.body();
	}

	private static String token(String html) {
		Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"").matcher(html);
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	@Test
	void aTestingRunSaysThatNothingWasChanged() {
		console.stage().records("tested", 2);
		SyncEvent event = run("tested", Map.of("testing", "true"));

		assertThat(viewer.get("/events/" + event.id()).text()).contains(
				"Successful: 2 of 2 fetched records would have been written", "This is a testing run",
				"2 would be written");
	}

	@Test
	void anUnknownEventIsAPageAndAViewerMayNotAct() {
		Page page = viewer.get("/events/4711");

		assertThat(page.status()).isEqualTo(404);
		assertThat(page.text()).contains("There is no Sync Event 4711");
		assertThat(viewer.post("/events/4711/stop", Map.of()).status()).isEqualTo(403);
		assertThat(operator.post("/events/4711/stop", Map.of()).status()).isEqualTo(404);
	}

	private static SyncEvent run(String link, Map<String, String> fields) {
		return console.await(number(operator.post("/links/%s/runs".formatted(link), fields)));
	}

	private static long number(Page page) {
		return Long.parseLong(page.uri().getPath().substring("/events/".length()));
	}

}
