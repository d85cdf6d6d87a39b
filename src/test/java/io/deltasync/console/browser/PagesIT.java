package io.deltasync.console.browser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.ExecutionOperations;
import io.deltasync.console.Operations;
import io.deltasync.console.Person;
import io.deltasync.console.RunOptions;
import io.deltasync.console.security.Role;
import io.deltasync.event.Mode;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Visits every page of the console with a real browser, in light and dark colours and on
 * a phone. A page that is not in the table fails the test.
 */
class PagesIT {

	/** The handler of each page, and an address of it. */
	private static final String VISITS = """
			/login                          /login
			/login                          /login?error
			/login                          /login?limited
			/login                          /login?expired
			/                               /
			/links                          /links
			/links                          /links?name=order&state=HOLDING&behind=24h
			/links                          /links?name=no-such-link
			/links/{name}                   /links/customers
			/links/{name}                   /links/orders
			/links/{name}                   /links/{odd}
			/links/{name}                   /links/new
			/links/{name}                   /links/no-such-link
			/links/{name}/full-run          /links/customers/full-run
			/links/{name}/preview           /links/{odd}/preview
			/links/{name}/preview           /links/offline/preview?mode=FULL
			/links/{name}/trace             /links/{odd}/trace
			/links/{name}/trace             /links/orders/trace?key=7
			/links/{name}/window            /links/{odd}/window
			/links/{name}/window            /links/customers/window?to=2026-01-02T03:04:05Z
			/links/{name}/window            /links/customers/window?to=yesterday
			/links/{name}/window            /links/customers/window?keep=true
			/links/{name}/rejects           /links/orders/rejects
			/links/{name}/rejects           /links/orders/rejects?like={reject}
			/links/{name}/rejects           /links/customers/rejects
			/links/{name}/requests          /links/customers/requests
			/links/{name}/requests          /links/pushed/requests
			/links/{name}/requests/discard  /links/pushed/requests/discard
			/links/{name}/rejects/decision  /links/orders/rejects/decision?action=ACKNOWLEDGE
			/links/{name}/rejects/decision  /links/orders/rejects/decision?action=DISCARD&like={reject}
			/rejects/{id}                   /rejects/{reject}
			/events/{id}                    /events/{successful}
			/events/{id}                    /events/{holding}
			/events/{id}                    /events/{aborted}
			/events/{id}                    /events/{running}
			/executions                     /executions
			/executions                     /executions?status=STOPPED
			/executions/start               /executions/start
			/executions/{id}                /executions/{failed}
			/executions/{id}                /executions/{link}
			/executions/{id}/confirm        /executions/{failed}/confirm?action=abandon
			/executions/{id}/confirm        /executions/{link}/confirm?action=recover
			/system                         /system
			/audit                          /audit
			none                            /no-such-page
			""";

	/** Parts of pages, with which a page updates itself. */
	private static final Set<String> PARTS = Set.of("/events/{id}/live", "/links/{name}/standing");

	private static final String ODD = "a/b c%?#ü;x" + "-long".repeat(13);

	private static final Person SOMEBODY = new Person("admins");

	private static final int RUNS = 32;

	/** Less than that is not all. */
	private static final long LEAST_BYTES = 10_000;

	private static final long MOST_BYTES = 150_000;

	private static final Map<String, Object> places = new HashMap<>();

	private static ConsoleFixture console;

	private static Chromium chromium;

	@BeforeAll
	static void start() throws Exception {
		console = new ConsoleFixture(List.of("customers", "orders", "held", "offline", "new", "pushed", ODD),
				ConsoleFixture.property("customers", "logging") + "=all",
				ConsoleFixture.property("pushed", "source.adapter") + "=push",
				"spring.main.sources=" + ForeignJobs.class.getName());
		prepare();
		chromium = Chromium.start(console.address());
		chromium.signIn(Role.ADMIN);
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
		if (console != null) {
			console.stage().clear();
			console.close();
		}
	}

	/** Has a bit of everything to show. */
	private static void prepare() throws Exception {
		console.stage().records("customers", 3);
		for (int i = 0; i < RUNS; i++) {
			places.put("successful", run("customers"));
		}
		console.stage().records("orders", 20);
		console.stage().refuse(7);
		console.stage().refuse(8);
		places.put("holding", run("orders"));
		console.stage().offline("offline");
		places.put("aborted", run("offline"));
		run(ODD);
		console.stage().records("held", 5);
		console.stage().holdDelivery("held");
		places.put("running", console.bean(Operations.class)
			.run("held", new RunOptions(Mode.DELTA, false, false, false, false), SOMEBODY));
		console.api("POST", "/api/v1/links/pushed/records", console.token(Role.PUSH), "{\"id\":1}", "Idempotency-Key",
				"k".repeat(255));
		console.bean(Operations.class).pause(ODD, SOMEBODY, null);
		places.put("odd", "a%2Fb%20c%25%3F%23%C3%BC%3Bx" + "-long".repeat(13));
		places.put("failed", console.bean(ExecutionOperations.class).start(ForeignJobs.FAILING, "n=1", SOMEBODY));
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		places.put("reject", jdbc.queryForObject("SELECT MIN(REJECT_ID) FROM SYNC_REJECT", Long.class));
		places.put("link",
				jdbc.queryForObject("SELECT MAX(job_execution_id) FROM batch_job_execution e "
						+ "JOIN batch_job_instance i ON i.job_instance_id = e.job_instance_id WHERE job_name = 'held'",
						Long.class));
	}

	private static long run(String link) throws Exception {
		Job job = console.bean(JobRegistry.class).getJob(link);
		return console.bean(JobOperator.class).start(job, new JobParameters()).getJobInstanceId();
	}

	private static Stream<String[]> rows() {
		return VISITS.lines().map((line) -> line.split("\\s+"));
	}

	private static Stream<String> addresses() {
		return rows().map((row) -> row[1]);
	}

	@Test
	void everyPageIsVisited() {
		Set<String> pages = console.requests()
			.stream()
			.filter((request) -> request.startsWith("GET ") && !request.startsWith("GET /api/"))
			.map((request) -> request.substring("GET ".length()))
			.filter((page) -> !PARTS.contains(page))
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(rows().map((row) -> row[0]).filter((page) -> page.startsWith("/")).distinct())
			.as("Add an address of each new page to the table in this test")
			.containsExactlyInAnyOrderElementsOf(pages);
	}

	@ParameterizedTest
	@MethodSource("addresses")
	void everybodyCanUseThePage(String address) {
		String path = address;
		for (Map.Entry<String, Object> place : places.entrySet()) {
			path = path.replace("{" + place.getKey() + "}", String.valueOf(place.getValue()));
		}
		chromium.dark(false);
		chromium.desktop();
		chromium.open(path);

		assertUsable();
	}

	@Test
	void everybodyCanUseThePageOfTheFirstRecords() {
		chromium.dark(false);
		chromium.desktop();
		chromium.open("/links/customers/preview");
		chromium.leave(() -> chromium.driver().findElement(By.cssSelector("form[action$='/preview'] button")).click());

		assertThat(chromium.text()).contains("Record 3", "passes filters and mapping");
		assertUsable();
	}

	private static void assertUsable() {
		SoftAssertions softly = new SoftAssertions();
		softly.assertThat(chromium.driver().getTitle()).endsWith(" – DeltaSync");
		softly.assertThat(chromium.driver().findElements(By.tagName("h1"))).hasSize(1);
		softly.assertThat(chromium.barriers()).as("in light colours").isEmpty();
		softly.assertThat(chromium.overflow()).as("wider than the screen").isZero();
		chromium.dark(true);
		// no other rule depends on colours
		softly.assertThat(chromium.faintTexts()).as("in dark colours").isEmpty();
		chromium.phone();
		softly.assertThat(chromium.overflow()).as("wider than a phone").isZero();
		softly.assertThat(chromium.complaints()).as("complaints of the browser").isEmpty();
		softly.assertAll();
	}

	@Test
	void firstViewIsSmall() {
		chromium.desktop();
		chromium.open("/links");
		chromium.reload();

		assertThat(chromium.received()).isBetween(LEAST_BYTES, MOST_BYTES);
	}

}
