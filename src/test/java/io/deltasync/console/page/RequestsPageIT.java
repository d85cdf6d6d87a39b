package io.deltasync.console.page;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.api.AbortRunException;
import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page about pushed requests that wait, in a running console.
 */
class RequestsPageIT {

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	private static String token;

	@BeforeAll
	static void start() {
		console = ConsoleFixture.scripted(List.of("orders"),
				ConsoleFixture.property("orders", "source.adapter") + "=push",
				ConsoleFixture.property("orders", "source.key") + "=id");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
		token = console.token(Role.PUSH);
	}

	@AfterAll
	static void stop() {
		console.close();
	}

	@BeforeEach
	void forget() {
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		List.of("SYNC_INBOX", "SYNC_PUSH", "SYNC_PUSH_BODY", "SYNC_AUDIT")
			.forEach((table) -> jdbc.update("DELETE FROM " + table));
		console.script().reset();
	}

	private static void push(int id) {
		assertThat(console
			.api("POST", "/api/v1/links/orders/records", token, "{\"id\":%d,\"city\":\"Oslo\"}".formatted(id),
					"Idempotency-Key", "<key-%d>".formatted(id))
			.statusCode()).isEqualTo(202);
	}

	@Test
	void requestsThatWaitAreListedWithoutTheirRecords() {
		assertThat(viewer.get("/links/orders").html()).contains("href=\"/links/orders/requests\"", "nothing waits");
		assertThat(viewer.get("/links/orders/requests").text()).contains("No pushed request waits");
		push(1);
		console.script().targetDown = new AbortRunException("no space left");
		operator.get("/links/orders");
		Page run = operator.post("/links/orders/runs", Map.of());
		console.await(Long.parseLong(run.uri().getPath().substring("/events/".length())));

		Page page = viewer.get("/links/orders/requests");

		assertThat(page.text()).contains("<key-1>", "22", "no space left").doesNotContain("Oslo");
		assertThat(page.html()).doesNotContain("Discard");
		assertThat(operator.get("/links/orders/requests").html()).contains("Discard request 1…", "Discard all…");
	}

	@Test
	void requestsAreListedInPages() {
		for (int id = 1; id <= 51; id++) {
			push(id);
		}

		Page first = viewer.get("/links/orders/requests");
		assertThat(first.html()).contains("/links/orders/requests?after=50").doesNotContain("&lt;key-51&gt;");
		assertThat(viewer.get("/links/orders/requests?after=50").text()).contains("<key-51>", "First page")
			.doesNotContain("<key-50>", "Next page");
	}

	@Test
	void anOperatorDiscardsTheNumberOfRequestsThatWasConfirmed() {
		push(1);
		push(2);
		push(3);
		assertThat(operator.get("/links/orders/requests/discard?first=2&last=2").text())
			.contains("Discard 1 pushed request of orders?", "the request 2", "Discard 1");
		Page all = operator.get("/links/orders/requests/discard");
		assertThat(all.text()).contains("Discard 3 pushed requests of orders?", "the numbers 1 to 3", "Discard 3");
		assertThat(viewer.get("/links/orders/requests/discard").html()).doesNotContain("<button class=\"danger\"");

		push(4);
		assertThat(
				operator.post("/links/orders/requests/discard", Map.of("first", "2", "last", "2", "count", "1")).text())
			.contains("1 request was discarded");
		Page done = operator.post("/links/orders/requests/discard", fields(all));

		assertThat(done.text()).contains("2 requests were discarded; 1 no longer waited", "<key-4>")
			.doesNotContain("<key-3>");
		assertThat(console.bean(AuditLog.class).newest("orders", Long.MAX_VALUE, 9))
			.extracting(AuditEntry::who, AuditEntry::action, AuditEntry::after)
			.containsExactly(Tuple.tuple("operators", "discard-request", "2 of the requests 1 to 3"),
					Tuple.tuple("operators", "discard-request", "request 2"));
		assertThat(viewer.post("/links/orders/requests/discard", fields(all)).status()).isEqualTo(403);
	}

	private static Map<String, String> fields(Page page) {
		return Map.of("first", field(page, "first"), "last", field(page, "last"), "count", field(page, "count"));
	}

	private static String field(Page page, String name) {
		Matcher value = Pattern.compile("name=\"%s\" value=\"(\\d+)\"".formatted(name)).matcher(page.html());
		assertThat(value.find()).isTrue();
		return value.group(1);
	}

}
