package io.deltasync.console.page;

import java.util.List;
import java.util.Map;

import io.deltasync.console.Browser;
import io.deltasync.console.Browser.Page;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages about what the next run would fetch, in a running console.
 */
class PreviewPageIT {

	private static ConsoleFixture console;

	private static Browser viewer;

	private static Browser operator;

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("planned", "many", "masked", "away", "pushed"),
				ConsoleFixture.property("masked", "mask") + "=id",
				ConsoleFixture.property("many", "mapping.rename.id") + "=<b>number</b>",
				ConsoleFixture.property("pushed", "source.adapter") + "=push",
				ConsoleFixture.property("pushed", "source.key") + "=id");
		viewer = console.signIn(Role.VIEWER);
		operator = console.signIn(Role.OPERATOR);
	}

	@AfterAll
	static void stop() {
		console.stage().clear();
		console.close();
	}

	private static Page records(String link, String... parameters) {
		operator.get("/links");
		return operator.post("/links/%s/preview".formatted(link),
				(parameters.length > 0) ? Map.of(parameters[0], parameters[1]) : Map.of());
	}

	@Test
	void thePlanAsksTheSourceAndShowsItsProblem() {
		assertThat(viewer.get("/links/planned/preview?mode=FULL").text()).contains("What a full run of planned",
				"Strategy NO_RECORDS");
		console.stage().offline("away");

		assertThat(viewer.get("/links/away/preview").text()).contains("The run would not get far", "offline");
	}

	@Test
	void anOperatorSeesTheFirstRecordsBeforeAndAfterTheMappingAndNothingIsStored() {
		console.stage().records("many", 12);

		Page page = records("many");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text())
			.contains("The first records of the next run of many", "Strategy IMMEDIATE", "10, and there are more",
					"Record 10 (9) UPSERT passes filters and mapping", "source id integer 9",
					"target <b>number</b> integer 9", "Nothing was delivered or stored")
			.doesNotContain("Record 11");
		assertThat(records("many", "limit", "12").text()).contains("Records 12", "Record 12").doesNotContain("more");
		assertThat(records("many", "limit", "0").text()).contains("1, and there are more").doesNotContain("Record 2");
		assertThat(records("many", "mode", "FULL").text()).contains("The first records of a full run of many");
		assertThat(console.bean(SyncEvents.class).newest("many", 1)).isEmpty();
		assertThat(console.stage().delivering()).doesNotContain("many");
	}

	@Test
	void maskedValuesAreHidden() {
		console.stage().records("masked", 1);

		assertThat(records("masked").text()).contains("Record 1 (***)", "source id integer ***",
				"target id integer ***");
	}

	@Test
	void aSourceThatDoesNotAnswerIsShownWithItsReason() {
		console.stage().offline("away");

		Page page = records("away");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("No records can be shown", "Link 'away'", "offline");
	}

	@Test
	void pushedRequestsThatWaitAreShown() {
		assertThat(records("pushed").text()).contains("none: no pushed request waits").doesNotContain("Window");

		console.api("POST", "/api/v1/links/pushed/records", console.token(Role.PUSH), "[{\"id\":7,\"city\":\"Oslo\"}]",
				"Idempotency-Key", "one");

		assertThat(records("pushed").text()).contains("Records 1", "Record 1 (7)", "source city text Oslo",
				"target city text Oslo");
		assertThat(console.bean(Inbox.class).waiting("pushed")).isPresent();
	}

	@Test
	void aViewerDoesNotSeeRecords() {
		assertThat(operator.get("/links/planned").html()).contains("Preview records");
		assertThat(operator.get("/links/planned/preview").html()).contains("Preview records");
		assertThat(viewer.get("/links/planned").html()).doesNotContain("Preview records");
		assertThat(viewer.get("/links/planned/preview").html()).doesNotContain("Preview records");
		assertThat(viewer.post("/links/planned/preview", Map.of()).status()).isEqualTo(403);
	}

}
