package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * DeltaSync as a child process: exit codes, and that stdout holds nothing but what was
 * asked for.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommandLineIT {

	@TempDir
	static Path directory;

	static Cli cli;

	@BeforeAll
	static void createTables() throws IOException, SQLException {
		cli = Cli.ofInstallation(directory);
		Files.writeString(directory.resolve("application.yaml"), """
				deltasync:
				  connections:
				    shop: { url: "jdbc:h2:file:./data/shop", username: sa }
				    warehouse: { url: "jdbc:h2:file:./data/warehouse", username: sa }
				    away: { url: "jdbc:mysql://127.0.0.1:1/away", username: nobody }
				  links:
				    good:
				      source: { adapter: jdbc, connection: shop, table: CUSTOMER, delta-column: CHANGED }
				      target: { adapter: jdbc, connection: warehouse, table: CUSTOMER }
				    narrow:
				      source: { adapter: jdbc, connection: shop, table: CUSTOMER, delta-column: CHANGED }
				      target: { adapter: jdbc, connection: warehouse, table: NARROW }
				      logging: all
				    away:
				      source: { adapter: jdbc, connection: away, table: CUSTOMER, delta-column: CHANGED }
				      target: { adapter: jdbc, connection: warehouse, table: CUSTOMER }
				    strict:
				      source: { adapter: jdbc, connection: shop, table: CUSTOMER, delta-column: CHANGED }
				      target: { adapter: jdbc, connection: warehouse, table: STRICT }
				    busy:
				      source: { adapter: jdbc, connection: shop, table: CUSTOMER, delta-column: CHANGED }
				      target: { adapter: jdbc, connection: warehouse, table: CUSTOMER }
				""");
		execute("shop", "CREATE TABLE CUSTOMER (ID INT PRIMARY KEY, NAME VARCHAR(100), CHANGED TIMESTAMP(6))",
				"INSERT INTO CUSTOMER SELECT X, 'name ' || X, TIMESTAMP '2024-01-01 00:00:00' FROM SYSTEM_RANGE(1, 2500)",
				"UPDATE CUSTOMER SET NAME = REPEAT('x', 50) WHERE ID IN (5, 2001)");
		execute("warehouse", "CREATE TABLE CUSTOMER (ID INT PRIMARY KEY, NAME VARCHAR(100), CHANGED TIMESTAMP(6))",
				"CREATE TABLE STRICT (ID INT PRIMARY KEY, NAME VARCHAR(20), CHANGED TIMESTAMP(6))",
				"CREATE TABLE NARROW (ID INT PRIMARY KEY, NAME VARCHAR(20), CHANGED TIMESTAMP(6))");
	}

	@Test
	void unsuccessfulRunIsRestartedByItsEvent() throws SQLException {
		Result failed = cli.run("run", "away", "--json");
		assertThat(failed.exitCode()).isEqualTo(5);
		String event = failed.json().get("id").asString();

		Result restarted = cli.run("restart", event, "--json");
		assertThat(restarted.exitCode()).isEqualTo(5);
		assertThat(restarted.json().get("id").asString()).isEqualTo(event);
		assertThat(restarted.json().get("attempts").size()).isEqualTo(2);
		assertThat(restarted.json().get("runTimestamp")).isEqualTo(failed.json().get("runTimestamp"));

		cli.run("run", "away", "--json");
		Result superseded = cli.run("restart", event);
		assertThat(superseded.exitCode()).isEqualTo(2);
		assertThat(superseded.err()).contains("newer run").contains("covers its window");
	}

	@Test
	void replayDeliversTheRejectsOfAnEventInAnEventOfItsOwn() throws SQLException {
		Result failed = cli.run("run", "strict", "--json");
		assertThat(failed.exitCode()).as(failed.err()).isEqualTo(3);
		assertThat(failed.json().get("replayOf").isNull()).isTrue();
		String event = failed.json().get("id").asString();
		execute("warehouse", "ALTER TABLE STRICT ALTER COLUMN NAME VARCHAR(100)");

		Result replay = cli.run("replay", event, "--json");
		assertThat(replay.exitCode()).as(replay.err()).isZero();
		assertThat(replay.json().get("mode").asString()).isEqualTo("REPLAY");
		assertThat(replay.json().get("replayOf").asString()).isEqualTo(event);
		assertThat(replay.json().get("trigger").asString()).isEqualTo("command-line");
		assertThat(replay.json().at("/records/written").asLong()).isEqualTo(2);
		assertThat(cli.run("event", replay.json().get("id").asString()).out()).contains("Replay of event " + event);
		assertThat(cli.run("plan", "strict", "--json").json().get("windowStart").isNull()).isTrue();

		Result nothingLeft = cli.run("replay", event);
		assertThat(nothingLeft.exitCode()).isEqualTo(2);
		assertThat(nothingLeft.err()).contains("nothing of event " + event + " is left to replay");
		assertThat(nothingLeft.out()).isEmpty();
		Result job = cli.run("--spring.batch.job.name=strict", "mode=REPLAY", "replayOf=" + event);
		assertThat(job.exitCode()).isEqualTo(2);
		assertThat(cli.run("replay", "4711").exitCode()).isEqualTo(2);
	}

	@Test
	void eventCannotBeRestartedAfterALaterOne() {
		String older = cli.run("run", "narrow", "--full", "--json").json().get("id").asString();
		assertThat(cli.run("event", older).out()).contains("or restart " + older);
		String newer = cli.run("run", "narrow", "--full", "--json").json().get("id").asString();

		assertThat(cli.run("event", older).out()).doesNotContain("restart " + older)
			.contains("event " + newer + " (full, completed, not successful) came after it", "replay " + older);
		assertThat(cli.run("restart", older).exitCode()).isNotZero();
	}

	@Test
	void eventOfARemovedLinkCannotBeReplayed() {
		String event = cli
			.run("--deltasync.links.gone.source.adapter=jdbc", "--deltasync.links.gone.source.connection=shop",
					"--deltasync.links.gone.source.table=CUSTOMER", "--deltasync.links.gone.target.adapter=jdbc",
					"--deltasync.links.gone.target.connection=warehouse", "--deltasync.links.gone.target.table=NARROW",
					"run", "gone", "--json")
			.json()
			.get("id")
			.asString();

		Result replay = cli.run("replay", event);

		assertThat(replay.exitCode()).isEqualTo(2);
		assertThat(replay.err()).contains("gone");
	}

	@Test
	void runThatHasEndedCannotBeStopped() {
		String event = cli.run("run", "good", "--json").json().get("id").asString();
		Result stopped = cli.run("stop", event);
		assertThat(stopped.exitCode()).isEqualTo(2);
		assertThat(stopped.err()).contains("Link 'good'").contains("event " + event);
		assertThat(cli.run("stop", "4711").exitCode()).isEqualTo(2);
	}

	@Test
	void runPrintsOnlyItsEventAsJson() {
		Result result = cli.run("run", "good", "--full", "--json");

		assertThat(result.exitCode()).as(result.err()).isZero();
		JsonNode event = result.json();
		assertThat(event.propertyNames()).containsExactly("id", "link", "mode", "testing", "trigger", "status",
				"success", "runTimestamp", "windowStart", "cursorBefore", "cursorAfter", "strategy",
				"expectedTotalRecords", "scopes", "records", "errors", "warnings", "attempts", "startedAt", "endedAt",
				"replayOf", "ignoredReasons", "deleted", "verification");
		assertThat(event.get("mode").asString()).isEqualTo("FULL");
		assertThat(event.get("trigger").asString()).isEqualTo("command-line");
		assertThat(event.get("windowStart").isNull()).isTrue();
		assertThat(event.at("/records/fetched").asLong()).isEqualTo(2500);
		assertThat(event.at("/records/written").asLong()).isEqualTo(2500);
		assertThat(event.at("/attempts/0/status").asString()).isEqualTo("COMPLETED");

		JsonNode stored = cli.run("event", event.get("id").asString(), "--json").json();
		assertThat(stored).isEqualTo(event);
	}

	@Test
	void runWithFailedRecordsExitsWithThreeAndNamesThem() {
		Result result = cli.run("run", "narrow");

		assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
		assertThat(result.out()).startsWith("Link 'narrow': completed, not successful")
			.contains("2,500 fetched, 2,498 written, 2 failed", "record 5: ", "record 2001: ", "Next");
		assertThat(result.err()).doesNotContain("\tat ");
	}

	@Test
	void singleRecordsOfARunAreListed() {
		String event = cli.run("run", "narrow", "--full", "--json").json().get("id").asString();

		Result text = cli.run("event", event, "--records", "--limit", "7");
		Result json = cli.run("event", event, "--records", "--limit", "7", "--json");

		assertThat(text.exitCode()).as(text.err()).isZero();
		assertThat(text.out().lines()).hasSize(8).first().asString().contains("SCOPE", "KEY", "OUTCOME");
		assertThat(json.json().size()).isEqualTo(7);
		assertThat(json.json().get(0).propertyNames()).containsExactly("scope", "key", "outcome", "message");
	}

	@Test
	void pruneCountsExpiredEvents() {
		cli.run("run", "good");
		cli.run("run", "good");

		Result json = cli.run("prune", "--dry-run", "--json", "--deltasync.retention.events=0s");
		Result text = cli.run("prune");

		assertThat(json.exitCode()).as(json.err()).isZero();
		assertThat(json.json().propertyNames()).containsExactly("dryRun", "events", "rejects", "scopePages",
				"auditEntries", "pushes", "notifications");
		assertThat(json.json().get("events").asInt()).isPositive();
		assertThat(text.out().strip())
			.isEqualTo("Removed 0 events, 0 closed rejects, 0 pages of scopes of successful events, "
					+ "0 entries of the audit log, 0 pushed requests, and 0 notifications");
	}

	@Test
	void unreachableSourceExitsWithFive() {
		Result run = cli.run("run", "away", "--json");
		Result plan = cli.run("plan", "away");

		assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
		assertThat(run.json().get("status").asString()).isEqualTo("ABORTED");
		assertThat(run.json().at("/errors/0/message").asString()).contains("Link 'away'", "connection 'away'",
				"Connection refused");
		assertThat(run.err()).doesNotContain("\tat ");
		assertThat(plan.exitCode()).as(plan.err()).isEqualTo(5);
		assertThat(plan.err()).contains("Connection refused").doesNotContain("\tat ");
		assertThat(plan.out()).isEmpty();
	}

	@Test
	void unknownLinkExitsWithTwoAndTheMostSimilarNameIsSuggested() {
		Result run = cli.run("run", "goood");
		Result job = cli.run("--spring.batch.job.name=goood");

		assertThat(run.exitCode()).isEqualTo(2);
		assertThat(run.err()).contains("goood", "did you mean 'good'?").doesNotContain("\tat ");
		assertThat(run.out()).isEmpty();
		assertThat(job.exitCode()).isEqualTo(2);
		assertThat(job.err()).contains("did you mean 'good'?").doesNotContain("\tat ");
	}

	@Test
	void unknownEventExitsWithTwo() {
		Result result = cli.run("event", "4711");

		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("There is no Sync Event 4711");
	}

	@Test
	void allConfigurationProblemsAreReportedAtOnceAndExitWithFour() {
		Result result = cli.run("--deltasync.links.good.lane=2", "--deltasync.links.narrow.source.adapter=jdbcc",
				"--deltasync.leese=1s", "run", "good");

		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.err())
			.contains("deltasync.links.good.lane", "did you mean 'lanes'?", "deltasync.links.narrow.source.adapter",
					"did you mean 'jdbc'?", "deltasync.leese", "did you mean 'lease'?")
			.doesNotContain("\tat ");
		assertThat(result.out()).isEmpty();
	}

	@Test
	void refusedLoginToTheJobRepositoryExitsWithFourAndAnUnreachableServerWithFive() {
		cli.run("links");
		Result refused = cli.run("--spring.datasource.password=wrong", "links");
		Result away = cli.run("--spring.datasource.url=jdbc:mysql://127.0.0.1:1/away", "links");

		assertThat(refused.exitCode()).isEqualTo(4);
		assertThat(refused.err()).contains("refuses the login").doesNotContain("\tat ", "wrong");
		assertThat(away.exitCode()).isEqualTo(5);
		assertThat(away.err()).contains("not available", "Connection refused").doesNotContain("\tat ");
	}

	@Test
	void malformedUrlOfTheJobRepositoryExitsWithFourAndItsPasswordIsNotPrinted() {
		for (String url : List.of("jdbc:mysql://deltasync:s3@cret@127.0.0.1/db", "jdbc:mysql://deltasync:s3%cret@[/db",
				"jdbc:nobody://deltasync:s3@cret@127.0.0.1/db")) {
			Result result = cli.run("--spring.datasource.url=" + url, "links");

			assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
			assertThat(result.err()).contains("spring.datasource.url is '" + url.replaceFirst("//.*@", "//***@") + "'")
				.doesNotContain("\tat ", "s3", "cret");
			assertThat(result.out()).isEmpty();
		}
	}

	@Test
	void busyLinkExitsWithSixHoweverItIsStarted() throws SQLException {
		cli.run("run", "busy");
		execute("deltasync",
				"UPDATE SYNC_LEASE SET HOLDER = 'another host', EXPIRES_AT = DATEADD(HOUR, 1, CURRENT_TIMESTAMP) WHERE LINK = 'busy'");

		// an embedded database that others may use, too
		String[] shared = { "--spring.datasource.url=jdbc:h2:file:./data/deltasync;AUTO_SERVER=TRUE",
				"--spring.datasource.username=sa" };
		Result run = cli.run("run", "busy", shared[0], shared[1]);
		Result job = cli.run("--spring.batch.job.name=busy", shared[0], shared[1]);

		assertThat(run.exitCode()).as(run.err()).isEqualTo(6);
		assertThat(run.err()).contains("Link 'busy' is busy: another host has been running it since")
			.doesNotContain("\tat ");
		assertThat(run.out()).isEmpty();
		assertThat(job.exitCode()).as(job.err()).isEqualTo(6);
		assertThat(job.err()).contains("Link 'busy' is busy").doesNotContain("\tat ");
	}

	@Test
	void migrateCreatesTablesWithoutAnyLink(@TempDir Path empty) throws SQLException {
		Cli elsewhere = Cli.ofInstallation(empty);
		Result made = elsewhere.run("migrate");

		assertThat(made.exitCode()).as(made.err()).isZero();
		assertThat(made.out()).isEmpty();
		try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + empty.resolve("data/deltasync"),
				"sa", ""); Statement statement = connection.createStatement()) {
			assertThat(statement.executeQuery("SELECT 1 FROM \"deltasync_schema_history\" WHERE \"success\"").next())
				.isTrue();
		}
		assertThat(elsewhere.run("migrate").exitCode()).isZero();
		assertThat(elsewhere.run("migrate", "--spring.datasource.url=jdbc:mysql://127.0.0.1:1/away").exitCode())
			.isEqualTo(5);
	}

	@Test
	@SuppressWarnings("try")
	void embeddedDatabaseInUseExitsWithSix() throws SQLException {
		cli.run("links");
		try (Connection inUse = connect("deltasync")) {
			Result result = cli.run("links");

			assertThat(result.exitCode()).isEqualTo(6);
			assertThat(result.err()).contains("an embedded database serves one process at a time", "mysql")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void jobStartedBySpringBootHasTheSameExitCodes() {
		Result good = cli.run("--spring.batch.job.name=good", "mode=FULL");
		Result narrow = cli.run("--spring.batch.job.name=narrow");
		Result away = cli.run("--spring.batch.job.name=away");
		Result unknown = cli.run("--spring.batch.job.name=good", "mode=HALF");

		assertThat(good.exitCode()).as(good.err()).isZero();
		assertThat(good.out()).isEmpty();
		assertThat(narrow.exitCode()).as(narrow.err()).isEqualTo(3);
		assertThat(away.exitCode()).as(away.err()).isEqualTo(5);
		assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(2);
		assertThat(unknown.err()).contains("mode=HALF");
		JsonNode newest = cli.run("events", "good", "--limit", "1", "--json").json();
		assertThat(newest).hasSize(1);
		assertThat(newest.at("/0/mode").asString()).isEqualTo("FULL");
		assertThat(newest.at("/0/success").asBoolean()).isTrue();
	}

	@Test
	void validateDistinguishesLinksThatCanRunFromThoseThatCannot() {
		JsonNode before = cli.run("events", "--json").json();

		Result good = cli.run("validate", "good", "--json");
		Result all = cli.run("validate");
		Result typo = cli.run("validate", "god");

		assertThat(good.exitCode()).as(good.err()).isZero();
		assertThat(good.json().get(0).propertyNames()).containsExactly("link", "problems", "warnings", "unavailable");
		assertThat(good.json().at("/0/problems")).isEmpty();
		assertThat(all.exitCode()).isEqualTo(5);
		assertThat(all.out()).contains("Link 'good': a run can begin", "Link 'away': 1 problem", "source: ")
			.doesNotContain("\tat ");
		assertThat(typo.exitCode()).isEqualTo(2);
		assertThat(cli.run("events", "--json").json()).isEqualTo(before);
	}

	@Test
	void aPlanIsShownAndNothingIsStored() {
		JsonNode before = cli.run("events", "--json").json();

		Result text = cli.run("plan", "good", "--full");
		JsonNode json = cli.run("plan", "good", "--full", "--json").json();

		assertThat(text.exitCode()).as(text.err()).isZero();
		assertThat(text.out()).contains("everything (full run)", "SCOPES", "2,500 records");
		assertThat(json.propertyNames()).containsExactly("link", "mode", "testing", "windowStart", "cursorBefore",
				"reads", "strategy", "expectedTotalRecords", "scopes", "warnings");
		assertThat(json.get("scopes").asInt()).isEqualTo(3);
		assertThat(cli.run("events", "--json").json()).isEqualTo(before);
	}

	@Test
	void linksAreListedWithTheirStatus() {
		cli.run("run", "good");

		Result text = cli.run("links");
		JsonNode json = cli.run("links", "--json").json();

		assertThat(text.exitCode()).as(text.err()).isZero();
		assertThat(text.out().lines()).hasSize(6).first().asString().startsWith("LINK    SOURCE");
		assertThat(json).hasSize(5);
		assertThat(json.at("/0/name").asString()).isEqualTo("good");
		assertThat(json.at("/0/lastSuccessfulSync").asString())
			.isEqualTo(json.at("/0/lastEvent/runTimestamp").asString());
	}

	@Test
	void aWindowIsShownAndSet() {
		cli.run("run", "good", "--full");

		Result set = cli.run("window", "good", "--set", "2026-01-02T03:04:05Z");
		JsonNode json = cli.run("window", "good", "--json").json();
		JsonNode event = cli.run("events", "good", "--limit", "1", "--json").json().get(0);
		Result text = cli.run("event", event.get("id").asString());

		assertThat(set.exitCode()).as(set.err()).isZero();
		assertThat(set.out()).contains("Link 'good'", "from 2026-01-02T03:04:05Z", "by a person at")
			.doesNotContain("Cursor");
		assertThat(json.propertyNames()).containsExactly("link", "lastSuccessfulSync", "lastSuccessfulCursor", "setAt",
				"changes");
		assertThat(json.get("lastSuccessfulSync").asString()).isEqualTo("2026-01-02T03:04:05Z");
		assertThat(json.get("lastSuccessfulCursor").isNull()).isTrue();
		assertThat(json.get("setAt").asString()).isEqualTo(event.get("runTimestamp").asString());
		assertThat(event.get("mode").asString()).isEqualTo("SET");
		assertThat(text.out()).contains("the window was set", "from 2026-01-02T03:04:05Z on");
		assertThat(cli.run("window", "good", "--set", "2999-01-01T00:00:00Z").exitCode()).isEqualTo(2);
		assertThat(cli.run("window", "good", "--set", "yesterday").exitCode()).isEqualTo(2);
	}

	@Test
	void metricsArePrintedAsPrometheusText() {
		cli.run("run", "narrow", "--full");

		Result result = cli.run("metrics");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("# TYPE deltasync_window_age_seconds gauge",
				"deltasync_rejects_waiting{link=\"narrow\",state=\"holding\"} 2.0",
				"deltasync_last_run{link=\"narrow\",status=\"not_successful\"} 1.0");
		assertThat(result.out().lines())
			.allMatch((line) -> line.matches("# (HELP|TYPE) .*|deltasync_\\w+(\\{.*})? [-+.\\dEN]+(aN)?"));
	}

	private static Connection connect(String database) throws SQLException {
		return DriverManager.getConnection("jdbc:h2:file:%s/data/%s".formatted(directory, database), "sa", "");
	}

	@Test
	void workerNeedsABrokerAndASharedDatabase() {
		Result local = cli.run("worker");
		assertThat(local.exitCode()).isEqualTo(4);
		assertThat(local.err()).contains("deltasync.workers=remote").doesNotContain("\tat ");
		Result brokerless = cli.run("worker", "--deltasync.workers=remote");
		assertThat(brokerless.exitCode()).isEqualTo(4);
		assertThat(brokerless.err()).contains("deltasync.remote.broker-url", "is missing").doesNotContain("\tat ");
		Result embedded = cli.run("worker", "--deltasync.workers=remote",
				"--deltasync.remote.broker-url=tcp://127.0.0.1:1");
		assertThat(embedded.exitCode()).isEqualTo(4);
		assertThat(embedded.err()).contains("spring.datasource.url", "embedded database").doesNotContain("\tat ");
		Result unknown = cli.run("worker", "--deltasync.workers=remote", "--spring.datasource.url=jdbc:h2:mem:a",
				"--deltasync.remote.broker-url=carrier-pigeon://me:secret@roof");
		assertThat(unknown.exitCode()).isEqualTo(4);
		assertThat(unknown.err()).contains("deltasync.remote.broker-url", "carrier-pigeon", "cannot understand")
			.doesNotContain("secret")
			.doesNotContain("\tat ");
	}

	@Test
	void runOnThreadsLoadsNoClassesOfBrokers() throws IOException {
		Path loaded = directory.resolve("classes.txt");
		Result run = Cli.ofJar(directory, "-Xlog:class+load:file=" + loaded).run("run", "good");
		assertThat(run.exitCode()).as(run.err()).isZero();
		assertThat(Files.readAllLines(loaded))
			.noneMatch((line) -> line.contains(" jakarta.jms.") || line.contains(" org.apache.activemq.")
					|| line.contains(" org.springframework.jms.") || line.contains(" org.springframework.messaging.")
					|| line.contains(" org.springframework.integration."));
	}

	private static void execute(String database, String... statements) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
