package io.deltasync.console.page;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page of a Link in a running console.
 */
class LinkPageIT {

	private static final String ODD = "a/b c%?#ü;x";

	private static final String ODD_PATH = "/links/a%2Fb%20c%25%3F%23%C3%BC%3Bx";

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	private static Browser admin;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("plain", "other", "held", "paged", ODD),
				ConsoleFixture.property("plain", "logging") + "=${NO_SUCH_VARIABLE:errors}");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
		admin = console.signIn(Role.ADMIN);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void aLinkWithAnyCharacterInItsNameCanBeRunAndPaused() {
		Page page = operator.get(ODD_PATH);

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.html()).contains("action=\"" + ODD_PATH + "/runs\"");
		await(number(operator.post(ODD_PATH + "/runs", Map.of())));
		assertThat(operator.post(ODD_PATH + "/pause", Map.of()).text()).contains("The Link is paused",
				"operators paused it");
		assertThat(operator.post(ODD_PATH + "/resume", Map.of()).text()).contains("run automatically again");
		assertThat(operator.get(ODD_PATH).text()).contains(ODD, "operators: run", "operators: pause",
				"operators: resume");
	}

	@Test
	void updateOfTheListHasNoContentUntilSomethingChanges() {
		AtomicReference<String> update = new AtomicReference<>();
		// runs of other tests may have ended a moment ago, and ages change twice a minute
		ScriptedRuns.await(() -> {
			update.set(update(viewer.get("/links")));
			return viewer.get(update.get()).status() == 204;
		});

		await(number(operator.post("/links/other/runs", Map.of())));

		ScriptedRuns.await(() -> viewer.get(update.get()).status() == 200);
	}

	@Test
	void updatesAreThePartOfThePageThatChanges() {
		for (Browser person : List.of(viewer, operator, admin)) {
			assertThat(person.update("/links").body()).startsWith("<div id=\"links\"")
				.contains("/links/plain")
				.doesNotContain("<html", "<form");
			assertThat(person.update("/links/plain/standing").body()).startsWith("<div id=\"standing\"")
				.doesNotContain("<html", "<form");
		}
	}

	private static String update(Page list) {
		Matcher update = Pattern.compile("hx-get=\"([^\"]*)\"").matcher(list.html());
		assertThat(update.find()).isTrue();
		return HtmlUtils.htmlUnescape(update.group(1));
	}

	@Test
	void aRunMovesTheWindowAndThePageSaysWhichRunItWas() {
		assertThat(viewer.get("/links/plain").text()).contains("never run", "There is no successful run yet",
				"Nothing has happened yet");

		String event = number(operator.post("/links/plain/runs", Map.of()));
		await(event);

		String text = viewer.get("/links/plain").text();
		assertThat(text).contains("in step",
				"A successful delta run started then (trigger: console:operators) – event " + event,
				"operators: run, delta – event " + event, "delta, trigger console:operators", "successful");
		// open pages share what they show for a moment
		ScriptedRuns.await(() -> viewer.get("/links/plain/standing").html().contains("in step"));
		assertThat(viewer.get("/links/plain/standing").html()).doesNotContain("<html", "History");
	}

	@Test
	void theConfigurationIsShownAsItIsWrittenWithoutDefaultsOfVariables() {
		assertThat(viewer.get("/links/plain").text()).contains("source.adapter stagedSource",
				"logging ${NO_SUCH_VARIABLE:***}");
	}

	@Test
	void anAdminSetsTheWindowAfterAConfirmation() {
		Page form = admin.get("/links/other/window?to=2026-01-02T03:04:05Z");
		assertThat(form.text()).contains("Set the window?", "changed since 2026-01-02T03:04:05Z",
				"instead of everything", "Changes before this time are not fetched");

		Map<String, String> change = Map.of("to", "2026-01-02T03:04:05Z", "shown", version(form));
		String event = number(admin.post("/links/other/window", change));
		await(event);

		assertThat(viewer.get("/links/other").text()).contains("Starts at 2026-01-02T03:04:05Z",
				"Because admins set it – event " + event, "admins: set-window");
		Page again = admin.post("/links/other/window", change);
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.text()).contains("the window has changed since it was read");
		assertThat(admin.get("/links/other/window?to=yesterday").text()).contains("'yesterday' is not a time in UTC");
		assertThat(operator.post("/links/other/window", change).status()).isEqualTo(403);
	}

	private static String version(Page form) {
		Matcher shown = Pattern.compile("name=\"shown\" value=\"([^\"]*)\"").matcher(form.html());
		assertThat(shown.find()).isTrue();
		return shown.group(1);
	}

	@Test
	void aViewerSeesNoActionsAndMayNotTakeThem() {
		assertThat(viewer.get("/links/plain").html()).doesNotContain("Run now", "Pause", "/window\"");
		assertThat(operator.get("/links/plain").html()).contains("Run now", "Full run", "Testing run", "Pause")
			.doesNotContain("/window\"");
		assertThat(admin.get("/links/plain").html()).contains("/links/plain/window\"");
		assertThat(viewer.post("/links/plain/runs", Map.of()).status()).isEqualTo(403);
		assertThat(viewer.post("/links/plain/pause", Map.of()).status()).isEqualTo(403);
	}

	@Test
	void aFullRunIsConfirmedAndABusyLinkRefusesAnother() {
		assertThat(operator.get("/links/held/full-run").text()).contains("Full run of held", "fetches everything");
		console.stage().hold("held");
		String event = number(operator.post("/links/held/runs", Map.of("mode", "FULL")));

		Page busy = operator.post("/links/held/runs", Map.of());

		console.stage().release("held");
		assertThat(busy.status()).isEqualTo(409);
		assertThat(busy.text()).contains("Link 'held' is busy", "event " + event);
		await(event);
		assertThat(viewer.get("/links/held").text()).contains("full, trigger console:operators");
	}

	@Test
	void theHistoryIsReadInPages() {
		int actions = 35;
		for (int i = 0; i < actions; i++) {
			operator.post("/links/paged/" + ((i % 2 == 0) ? "pause" : "resume"), Map.of());
		}
		await(number(operator.post("/links/paged/runs", Map.of())));

		Page newest = viewer.get("/links/paged");
		Page older = viewer.get(next(newest));

		assertThat(rows(newest)).isEqualTo(30);
		assertThat(rows(older)).isEqualTo(actions + 2 - 30);
		assertThat(newest.text()).contains("delta, trigger console:operators");
		assertThat(older.text()).doesNotContain("delta, trigger console:operators").contains("Newest");
		assertThat(older.html()).doesNotContain("rel=\"next\"");
	}

	@Test
	void anUnknownLinkIsAPage() {
		Page page = viewer.get("/links/nobody");

		assertThat(page.status()).isEqualTo(404);
		assertThat(page.text()).contains("No Link 'nobody' is configured");
	}

	private static int rows(Page page) {
		return page.html().split("<tr").length - 2;
	}

	private static String next(Page page) {
		Matcher matcher = Pattern.compile("rel=\"next\" href=\"([^\"]*)\"").matcher(page.html());
		assertThat(matcher.find()).isTrue();
		return matcher.group(1).replace("&amp;", "&");
	}

	private static String number(Page page) {
		assertThat(page.uri().getPath()).startsWith("/events/");
		return page.uri().getPath().substring("/events/".length());
	}

	private static void await(String event) {
		console.await(Long.parseLong(event));
	}

}
