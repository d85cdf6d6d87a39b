package io.deltasync.console.browser;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.console.security.Users;
import io.deltasync.event.SyncEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Takes every action of the console in a real browser with nothing but the keyboard, and
 * without JavaScript. An action that is not taken fails the test.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActionsIT {

	private static final List<String> LINKS = List.of("customers", "orders", "paid", "held", "offline", "windowed",
			"gone", "lost");

	/** The database of a Link whose adapters can find a single record. */
	private static final String TRACED = "jdbc:h2:mem:traced-action;DB_CLOSE_DELAY=-1";

	/** Records for several batches. */
	private static final int MANY = 5000;

	private static final int LAST = Integer.MAX_VALUE;

	private static final Set<String> taken = new HashSet<>();

	private static ConsoleFixture console;

	private static Chromium chromium;

	private static Keyboard keyboard;

	private static String password;

	@BeforeAll
	static void start(CapturedOutput output) {
		console = new ConsoleFixture(LINKS,
				"spring.main.sources=%s,%s".formatted(ForeignJobs.class.getName(), Recorder.class.getName()),
				"deltasync.connections.traced.url=" + TRACED, "deltasync.connections.traced.username=sa",
				"deltasync.links.traced.source.adapter=jdbc", "deltasync.links.traced.source.connection=traced",
				"deltasync.links.traced.source.table=person", "deltasync.links.traced.target.adapter=jdbc",
				"deltasync.links.traced.target.connection=traced", "deltasync.links.traced.target.table=copy",
				"deltasync.links.verified.source.adapter=jdbc", "deltasync.links.verified.source.connection=traced",
				"deltasync.links.verified.source.table=shelf", "deltasync.links.verified.target.adapter=jdbc",
				"deltasync.links.verified.target.connection=traced", "deltasync.links.verified.target.table=shelf_copy",
				"deltasync.links.previewed.source.adapter=jdbc", "deltasync.links.previewed.source.connection=traced",
				"deltasync.links.previewed.source.table=letter", "deltasync.links.previewed.target.adapter=jdbc",
				"deltasync.links.previewed.target.connection=traced",
				"deltasync.links.previewed.target.table=letter_copy", "deltasync.links.pushed.source.adapter=push",
				"deltasync.links.pushed.target.adapter=jdbc", "deltasync.links.pushed.target.connection=traced",
				"deltasync.links.pushed.target.table=shelf_copy");
		password = output.getErr().replaceAll("(?s).*with the password (\\S+),.*", "$1");
		chromium = Chromium.start(console.address());
		chromium.scripts(false);
		keyboard = new Keyboard(chromium);
		console.stage().refuse(7);
		console.stage().refuse(8);
		console.stage().refuse(9);
		Recorder.used.clear();
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

	@BeforeEach
	void signIn() {
		chromium.signIn(Role.ADMIN);
	}

	@AfterEach
	void note(TestInfo test) {
		taken.add(test.getTestMethod().orElseThrow().getName());
	}

	@Test
	@Order(LAST)
	void everyActionIsTaken() {
		// leads to an identity provider, which this application does not have; OidcIT
		// takes it
		Recorder.used.add("POST /signed-out");
		Set<String> tests = Arrays.stream(getClass().getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class)
					&& !method.getName().equals("everyActionIsTaken"))
			.map((method) -> method.getName())
			.collect(Collectors.toSet());
		assumeThat(taken).as("all tests of the class have been run").containsAll(tests);

		Set<String> actions = console.requests()
			.stream()
			.filter((request) -> !request.startsWith("GET ") && !request.contains(" /api/"))
			.collect(Collectors.toSet());
		assertThat(Recorder.used).as("Add a test of each new action to this class").containsAll(actions);
	}

	@Test
	void firstPasswordSignsInAndAWrongOneDoesNot() {
		keyboard.follow("Sign out");
		assertThat(chromium.text()).contains("You are signed out");

		keyboard.fill("Name", "admin");
		keyboard.fill("Password", "wrong");
		keyboard.follow("Sign in");
		assertThat(chromium.text()).contains("The name or the password is wrong");

		keyboard.fill("Name", "admin");
		keyboard.fill("Password", password);
		keyboard.follow("Sign in");
		assertThat(chromium.path()).isEqualTo("/links");
	}

	@Test
	void wrongPasswordsAreLimited() {
		console.bean(Users.class).add("guessed", "right", Role.VIEWER, Instant.EPOCH);
		keyboard.follow("Sign out");
		for (int i = 0; i < 6; i++) {
			keyboard.fill("Name", "guessed");
			keyboard.fill("Password", "wrong");
			chromium.leave(() -> keyboard.press(Keys.ENTER));
		}

		assertThat(chromium.text()).contains("The password was wrong too often");
	}

	@Test
	void contentIsReachedWithoutTheNavigation() {
		chromium.open("/links");
		keyboard.moveTo("Skip to content");
		keyboard.press(Keys.ENTER);
		keyboard.press(Keys.TAB);

		assertThat(chromium.driver().switchTo().activeElement().getAccessibleName().strip()).isEqualTo("Name");
	}

	@Test
	void linksAreFilteredAndFound() {
		chromium.open("/links");
		keyboard.fill("Name", "wind");
		keyboard.fill("State", "never");
		keyboard.follow("Filter");
		assertThat(chromium.text()).contains("windowed").doesNotContain("customers");

		keyboard.fill("Name", "-no-such-link");
		keyboard.follow("Filter");
		assertThat(chromium.text()).contains("No Link matches the filter");
		keyboard.follow("Show all Links");
		keyboard.follow("customers");
		assertThat(chromium.path()).isEqualTo("/links/customers");
	}

	@Test
	void linkIsRunPausedAndResumed() {
		console.stage().records("customers", 5);
		chromium.open("/links/customers");
		keyboard.follow("Run now");
		assertThat(chromium.text()).contains("The run was started");
		end("customers");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("Successful: 5 of 5 fetched records were written");

		keyboard.follow("customers");
		keyboard.follow("Testing run");
		end("customers");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("5 of 5 fetched records would have been written");

		keyboard.follow("customers");
		keyboard.follow("Pause");
		assertThat(chromium.text()).contains("The Link is paused", "admins paused it");
		keyboard.follow("Resume");
		assertThat(chromium.text()).contains("The Link is run automatically again").doesNotContain("paused it");
	}

	@Test
	void fullRunIsPreviewedAndConfirmed() {
		console.stage().records("paid", 2);
		chromium.open("/links/paid");
		keyboard.follow("Preview the next run");
		keyboard.follow("Preview a full run");
		assertThat(chromium.text()).contains("What a full run of paid");
		keyboard.follow("Back to the Link");
		keyboard.follow("Full run…");
		assertThat(chromium.text()).contains("This run fetches everything");
		keyboard.follow("Start the full run");
		end("paid");
		chromium.open(chromium.path());

		assertThat(chromium.text()).contains("Successful", "everything up to", "(full run)");
	}

	@Test
	void firstRecordsArePreviewed() {
		JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(TRACED, "sa", ""));
		for (String table : List.of("letter", "letter_copy")) {
			database.execute("CREATE TABLE %s (id INT PRIMARY KEY, text VARCHAR(1000))".formatted(table));
		}
		database.update("INSERT INTO letter VALUES (7, ?), (8, ?)", "long".repeat(200), "short");
		chromium.open("/links/previewed");
		keyboard.follow("Preview records");
		assertThat(chromium.text()).contains("Record 2", "passes filters and mapping", "short");
		keyboard.fill("Records", "1");
		keyboard.fill("Run", "a full run");
		keyboard.follow("Preview records");
		assertThat(chromium.text()).contains("The first records of a full run", "1, and there are more")
			.doesNotContain("Record 2");
		assertThat(database.queryForList("SELECT id FROM letter_copy")).isEmpty();
	}

	@Test
	void pushedRequestsAreDiscarded() {
		String token = console.token(Role.PUSH);
		for (int id = 1; id <= 3; id++) {
			console.api("POST", "/api/v1/links/pushed/records", token, "{\"id\":%d}".formatted(id), "Idempotency-Key",
					"key-" + id);
		}
		chromium.open("/links/pushed/requests");
		keyboard.follow("Discard request 2…");
		keyboard.follow("Discard 1");
		assertThat(chromium.text()).contains("1 request was discarded", "key-1", "key-3").doesNotContain("key-2");

		keyboard.follow("Discard all…");
		keyboard.follow("Cancel");
		keyboard.follow("Discard all…");
		assertThat(chromium.text()).contains("Discard 2 pushed requests of pushed?");
		keyboard.follow("Discard 2");
		assertThat(chromium.text()).contains("2 requests were discarded", "No pushed request waits");
	}

	@Test
	void singleRecordIsFoundAndDelivered() {
		JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(TRACED, "sa", ""));
		database.execute("CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(20))");
		database.execute("CREATE TABLE copy (id INT PRIMARY KEY, name VARCHAR(20))");
		database.execute("INSERT INTO person VALUES (7, 'Ada'), (8, 'Grace')");
		chromium.open("/links/traced");
		keyboard.fill("Where is my record?", "7");
		keyboard.follow("Find");
		assertThat(chromium.text()).contains("Record 7: pending", "There is no such record.");

		keyboard.follow("Deliver this record now");
		end("traced");

		chromium.open("/links/traced/trace?key=7");
		assertThat(chromium.text()).contains("Record 7: in step");
		assertThat(database.queryForList("SELECT name FROM copy", String.class)).containsExactly("Ada");
	}

	@Test
	void linkIsVerifiedAndRepaired() {
		JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(TRACED, "sa", ""));
		for (String table : List.of("shelf", "shelf_copy")) {
			database.execute("CREATE TABLE %s (id INT PRIMARY KEY, name VARCHAR(20))".formatted(table));
			database.execute("INSERT INTO %s VALUES (7, 'Ada'), (8, 'Grace')".formatted(table));
		}
		chromium.open("/links/verified");
		keyboard.follow("Verify");
		assertThat(chromium.text()).contains("The verification was started");
		end("verified");
		chromium.open("/links/verified");
		assertThat(chromium.text()).contains("in step");

		database.update("UPDATE shelf_copy SET name = 'Eve' WHERE id = 8");
		keyboard.follow("Verify");
		end("verified");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("not in step", "1 different");
		keyboard.follow("Verify and repair");
		end("verified");

		assertThat(database.queryForList("SELECT name FROM shelf_copy ORDER BY id", String.class))
			.containsExactly("Ada", "Grace");
	}

	@Test
	void windowIsSetAndKept() {
		chromium.open("/links/windowed");
		keyboard.follow("Set or keep the window…");
		keyboard.fill("New start, in UTC", "2026-01-02T03:04:05Z");
		keyboard.follow("Continue…");
		assertThat(chromium.text()).contains("fetches what was changed since 2026-01-02T03:04:05Z",
				"instead of everything");
		keyboard.follow("Set the window");
		assertThat(chromium.text()).contains("The window was set: it starts at 2026-01-02T03:04:05Z");

		keyboard.follow("windowed");
		keyboard.follow("Set or keep the window…");
		keyboard.follow("Keep the window although the Link has changed…");
		keyboard.follow("Keep the window");
		assertThat(chromium.text()).contains("The window is kept");
	}

	@Test
	void runIsStoppedAndRestarted() {
		console.stage().records("held", Integer.MAX_VALUE);
		chromium.open("/links/held");
		keyboard.follow("Run now");
		keyboard.follow("Stop this run");
		assertThat(chromium.text()).contains("The run was asked to stop");
		end("held");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("Stopped");

		console.stage().records("held", MANY);
		keyboard.follow("Restart this run");
		end("held");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("Completed", "%,d fetched".formatted(MANY));
	}

	@Test
	void rejectsAreDecidedAndReplayed() {
		console.stage().records("orders", 10);
		chromium.open("/links/orders");
		keyboard.follow("Run now");
		end("orders");
		chromium.open(chromium.path());
		assertThat(chromium.text()).contains("Completed, not successful: 3 records failed");
		keyboard.follow("Replay what failed");
		end("orders");
		chromium.open("/links/orders");
		assertThat(chromium.text()).contains("admins: replay");

		keyboard.follow("3 waiting");
		assertThat(chromium.text()).contains("refused");
		keyboard.follow("Reject " + firstReject("orders"));
		keyboard.follow("Acknowledge");
		assertThat(chromium.text()).contains("The reject is acknowledged");
		keyboard.moveTo("Discard…");
		keyboard.press(Keys.ENTER);
		keyboard.follow("Discard this version");
		assertThat(chromium.text()).contains("The reject is discarded");

		keyboard.follow("orders");
		keyboard.follow("2 waiting");
		keyboard.follow("Acknowledge…");
		assertThat(chromium.text()).contains("Acknowledge 2 rejects of orders?");
		keyboard.follow("Acknowledge 2");
		assertThat(chromium.text()).contains("2 rejects were acknowledged");
		keyboard.follow("Discard all…");
		keyboard.follow("Cancel");
		keyboard.follow("Discard all…");
		keyboard.follow("Discard 2");
		assertThat(chromium.text()).contains("2 rejects were discarded", "No record waits to be delivered");
	}

	@Test
	void foreignJobIsStartedStoppedRestartedAndAbandoned() {
		chromium.open("/executions");
		keyboard.follow("Start a job…");
		keyboard.fill("Job", ForeignJobs.FAILING);
		keyboard.fill("Parameters", "n=1");
		keyboard.follow("Start");
		untilShown("✖ failed");
		keyboard.follow("Restart");
		assertThat(chromium.text()).contains("was restarted");
		untilShown("✖ failed");
		keyboard.follow("Abandon…");
		assertThat(chromium.text()).contains("can never be restarted");
		keyboard.follow("Abandon");
		assertThat(chromium.text()).contains("The execution is abandoned");

		keyboard.follow("Start the job again…");
		keyboard.fill("Job", ForeignJobs.ENDLESS);
		keyboard.follow("Start");
		untilShown("▶ started");
		keyboard.follow("Stop");
		assertThat(chromium.text()).contains("was asked to stop");
		ForeignJobs.go.countDown();
		untilShown("■ stopped");
	}

	@Test
	void executionOfADeadProcessIsClosed() {
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (-1, 0, 'foreign', '0123456789abcdef')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS, "
				+ "START_TIME, EXIT_CODE) VALUES (-1, 0, -1, CURRENT_TIMESTAMP, 'STARTED', CURRENT_TIMESTAMP, 'UNKNOWN')");
		jdbc.update("INSERT INTO BATCH_JOB_EXECUTION_CONTEXT VALUES (-1, '{}', NULL)");
		chromium.open("/executions/-1");
		keyboard.follow("Its process has died…");
		keyboard.follow("Close as failed");

		assertThat(chromium.text()).contains("The execution is closed", "✖ failed");
	}

	@Test
	void peopleSeeWhoDidWhat() {
		chromium.open("/links/lost");
		keyboard.follow("Pause");
		keyboard.follow("System");
		assertThat(chromium.text()).contains("This process can run all its Links");
		keyboard.follow("audit log");
		keyboard.fill("Link", "lost");
		keyboard.follow("Filter");

		assertThat(chromium.text()).contains("admins", "pause", "lost").doesNotContain("windowed");
	}

	@Test
	void whatALostSessionSendsIsNotDone() {
		chromium.open("/links/lost");
		chromium.driver().manage().deleteAllCookies();
		keyboard.follow("Run now");

		assertThat(chromium.text()).contains("Your session has ended. What you sent was not done");
		assertThat(console.bean(SyncEvents.class).newest("lost")).isEmpty();
	}

	@Test
	void actionOnWhatIsNoLongerThereIsRefusedOnAPage() {
		console.stage().records("gone", 8);
		chromium.open("/links/gone");
		keyboard.follow("Run now");
		end("gone");
		chromium.open("/links/gone/rejects");
		String reject = firstReject("gone");
		keyboard.follow("Reject " + reject);
		console.bean(JdbcTemplate.class).update("DELETE FROM SYNC_REJECT WHERE REJECT_ID = ?", reject);
		keyboard.follow("Acknowledge");

		assertThat(chromium.text()).contains("Not found", "reject " + reject);
		keyboard.follow("All Links");
		assertThat(chromium.path()).isEqualTo("/links");
		assertThat(console.bean(AuditLog.class).newest("gone", Long.MAX_VALUE, 9)).extracting(AuditEntry::action)
			.containsExactly("run");
	}

	@Test
	void databaseThatDoesNotAnswerIsAPage() {
		JdbcTemplate jdbc = console.bean(JdbcTemplate.class);
		chromium.open("/links");
		jdbc.execute("ALTER TABLE SYNC_AUDIT RENAME TO SYNC_AUDIT_AWAY");
		try {
			keyboard.follow("lost");
			assertThat(chromium.text()).contains("The database does not answer");
		}
		finally {
			jdbc.execute("ALTER TABLE SYNC_AUDIT_AWAY RENAME TO SYNC_AUDIT");
		}
		keyboard.follow("Links");
		keyboard.follow("lost");
		assertThat(chromium.text()).contains("Run now");
	}

	private static void end(String link) {
		console.await(console.bean(SyncEvents.class).newest(link).orElseThrow().id());
	}

	/**
	 * Opens the page again until it shows a text: without scripts, none updates itself.
	 */
	private static void untilShown(String text) {
		String path = chromium.path();
		chromium.await((driver) -> {
			chromium.open(path);
			return chromium.text().contains(text);
		});
	}

	private static String firstReject(String link) {
		return console.bean(JdbcTemplate.class)
			.queryForObject("SELECT MIN(REJECT_ID) FROM SYNC_REJECT WHERE LINK = ?", String.class, link);
	}

}
