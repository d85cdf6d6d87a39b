package io.deltasync.console.page;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.lease.RepositoryDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages of rejects in a running console.
 */
class RejectsPageIT {

	private static final String ODD = "a/b c%?#ü;x";

	private static final String ODD_PATH = "/links/a%2Fb%20c%25%3F%23%C3%BC%3Bx/rejects";

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("plain", "grouped", "paged", "empty", ODD),
				ConsoleFixture.property("plain", "mask") + "=id");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
		for (int number = 0; number < 60; number++) {
			console.stage().refuse(number);
		}
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@Test
	void withoutRejectsThePageSaysWhatWouldBeHere() {
		assertThat(viewer.get("/links/empty/rejects").text()).contains("No record waits to be delivered");
	}

	@Test
	void oneRejectIsShownWithoutMaskedValuesAndAcknowledgedOnce() {
		reject("plain", 1);
		String id = first(viewer.get("/links/plain/rejects"), "href=\"/rejects/(\\d+)\"");

		Page page = operator.get("/rejects/" + id);
		assertThat(page.text()).contains("Reject %s of plain".formatted(id), "refused", "State open",
				"Failed in target", "Key ***", "\"id\": \"***\"", "Acknowledge", "Discard this version");
		assertThat(viewer.get("/rejects/" + id).text()).doesNotContain("Discard this version");

		assertThat(operator.post("/rejects/%s/acknowledge".formatted(id), Map.of()).text())
			.contains("The reject is acknowledged", "State acknowledged");
		assertThat(operator.post("/rejects/%s/discard".formatted(id), Map.of()).text()).contains("State discarded")
			.doesNotContain("Discard this version");
		Page again = operator.post("/rejects/%s/discard".formatted(id), Map.of());
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.text()).contains("Reject %s is no longer waiting: it is discarded".formatted(id));
		assertThat(viewer.post("/rejects/%s/discard".formatted(id), Map.of()).status()).isEqualTo(403);
		assertThat(operator.get("/links/plain").text()).contains("operators: acknowledge", "operators: discard");
	}

	@Test
	void aGroupIsDecidedWithTheCountThatWasConfirmed() {
		reject("grouped", 5);
		console.bean(RepositoryDatabase.class)
			.jdbc()
			.update("UPDATE SYNC_REJECT SET MESSAGE = 'too <b>long</b>\nfor name' WHERE LINK = 'grouped' AND RECORD_KEY IN ('1', '3')");
		Page page = operator.get("/links/grouped/rejects");
		assertThat(page.text()).contains("Open 5", "too <b>long</b> for name", "3 target refused");
		String like = first(page, "like=(\\d+)\"[^>]*>2</a>");
		assertThat(viewer.get("/links/grouped/rejects?like=" + like).text()).contains("Rejects with one reason");

		Page confirmation = operator.get("/links/grouped/rejects/decision?action=ACKNOWLEDGE&like=" + like);
		assertThat(confirmation.text()).contains("Acknowledge 2 rejects of grouped?", "They no longer fail runs");
		String last = first(confirmation, "name=\"last\" value=\"(\\d+)\"");
		Map<String, String> decision = Map.of("action", "ACKNOWLEDGE", "like", like, "reason",
				"too <b>long</b>\r\nfor name", "last", last, "count", "3");

		assertThat(operator.post("/links/grouped/rejects/decision", decision).text())
			.contains("2 rejects were acknowledged; 1 no longer waited", "Open 3", "Acknowledged 2");
		assertThat(operator.get("/links/grouped").text()).contains("operators: acknowledge, was waiting because of",
				"2 rejects");
		Page other = operator.post("/links/grouped/rejects/decision",
				Map.of("action", "DISCARD", "like", like, "reason", "refused", "last", last, "count", "2"));
		assertThat(other.status()).isEqualTo(409);
		assertThat(other.text()).contains("has failed for another reason since it was shown");
		assertThat(viewer.post("/links/grouped/rejects/decision", decision).status()).isEqualTo(403);
	}

	@Test
	void allRejectsOfALinkAreDiscarded() {
		reject(ODD, 4);
		Page confirmation = operator.get(ODD_PATH + "/decision?action=DISCARD");
		assertThat(confirmation.text()).contains("Discard 4 rejects of " + ODD, "not delivered");
		String last = first(confirmation, "name=\"last\" value=\"(\\d+)\"");

		Page page = operator.post(ODD_PATH + "/decision", Map.of("action", "DISCARD", "last", last, "count", "4"));

		assertThat(page.uri().getRawPath()).isEqualTo(ODD_PATH);
		assertThat(page.text()).contains("4 rejects were discarded", "No record waits");
	}

	@Test
	void theListIsReadInPages() {
		reject("paged", 60);
		Page first = viewer.get("/links/paged/rejects");
		String next = first(first, "rel=\"next\" href=\"([^\"]*)\"").replace("&amp;", "&");

		Page second = viewer.get(next);

		assertThat(first.html().split("href=\"/rejects/")).hasSize(51);
		assertThat(second.html().split("href=\"/rejects/")).hasSize(11);
		assertThat(second.html()).contains("First page").doesNotContain("rel=\"next\"");
	}

	@Test
	void anUnknownRejectOrLinkIsAPage() {
		assertThat(viewer.get("/rejects/4711").text()).contains("There is no reject 4711");
		assertThat(viewer.get("/links/nobody/rejects").status()).isEqualTo(404);
		assertThat(viewer.get("/links/empty/rejects?like=4711").status()).isEqualTo(404);
	}

	private static void reject(String link, int records) {
		console.stage().records(link, records);
		String path = operator.post("/links/%s/runs".formatted(SegmentLinkBuilder.encode(link)), Map.of())
			.uri()
			.getPath();
		console.await(Long.parseLong(path.substring("/events/".length())));
	}

	private static String first(Page page, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(page.html());
		assertThat(matcher.find()).as(pattern).isTrue();
		return matcher.group(1);
	}

}
