package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.run.RunTables;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process is killed after every commit and before and after every delivery, and the
 * next start, by a restart or by a new run, leaves nothing undelivered and all counts
 * adding up. An ordinary build tries some of the points, each scenario on one of the
 * databases, and one of the scenarios that read an HTTP API, chosen anew each time;
 * {@code -Ddeltasync.kill=all} tries each, {@code -Ddeltasync.kill=SCOPES} each of one
 * scenario.
 */
class KillIT {

	private static final List<TestDatabase> DATABASES = List.of(TestDatabase.H2, TestDatabase.MYSQL,
			TestDatabase.POSTGRESQL);

	private static final String CHOSEN = System.getProperty("deltasync.kill", "");

	private static final int SAMPLE = 2;

	/** As many points as any run passes. */
	private static final int LEAST_POINTS = 15;

	private static SharedClasses classes;

	private static KilledApi api;

	@TempDir
	Path directory;

	@BeforeAll
	static void share(@TempDir Path directory) throws IOException {
		classes = new SharedClasses(directory);
		api = new KilledApi();
	}

	@AfterAll
	static void stopApi() {
		api.close();
	}

	static Stream<Arguments> scenarios() {
		int first = new Random().nextInt(DATABASES.size());
		List<Scenario> http = Arrays.stream(Scenario.values()).filter(Scenario::isHttp).toList();
		Scenario chosen = http.get(new Random().nextInt(http.size()));
		String only = System.getProperty("deltasync.database", "");
		return Arrays.stream(Scenario.values())
			.filter((scenario) -> CHOSEN.isEmpty() ? !scenario.isHttp() || scenario == chosen
					: List.of("all", scenario.name()).contains(CHOSEN))
			.flatMap((scenario) -> databases(only, (first + scenario.ordinal()) % DATABASES.size())
				.map((database) -> Arguments.of(scenario, database)));
	}

	private static Stream<TestDatabase> databases(String only, int turn) {
		if (!only.isEmpty()) {
			return DATABASES.stream().filter((database) -> database.name().equalsIgnoreCase(only));
		}
		return CHOSEN.isEmpty() ? Stream.of(DATABASES.get(turn)) : DATABASES.stream();
	}

	/** Returns the properties of an empty database. */
	private List<String> emptyDatabase(TestDatabase database) {
		if (database == TestDatabase.H2) {
			String url = "jdbc:h2:file:%s/%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(this.directory,
					System.nanoTime());
			return List.of("--spring.datasource.url=" + url, "--spring.datasource.username=sa",
					"--spring.datasource.password=");
		}
		String username = database.username();
		List<String> properties = new ArrayList<>(
				List.of("--spring.datasource.url=" + database.url(database.createSchema())));
		if (username != null) {
			properties.addAll(List.of("--spring.datasource.username=" + username, "--spring.datasource.password="));
		}
		return properties;
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void everyRecordIsDeliveredWhereverTheProcessIsKilled(Scenario scenario, TestDatabase on) throws Exception {
		long seed = System.nanoTime();
		List<String> database = emptyDatabase(on);
		onDatabase(database, KillIT::createTables);
		int points = pointsOfAWholeRun(scenario, database);
		TreeSet<Integer> chosen = new TreeSet<>();
		if (!CHOSEN.isEmpty()) {
			for (int point = 1; point <= points; point++) {
				chosen.add(point);
			}
		}
		else {
			new Random(seed).ints(1, points + 1).distinct().limit(SAMPLE).forEach(chosen::add);
		}
		for (int point : chosen) {
			onDatabase(database, JobTables::empty);
			killAt(scenario, database, point, points);
		}
		System.out.printf("%s on %s: killed at %d of %d points, seed %d%n", scenario, on, chosen.size(), points, seed);
	}

	private int pointsOfAWholeRun(Scenario scenario, List<String> database) throws Exception {
		onDatabase(database, (jdbc) -> fill(scenario, jdbc));
		String output = run(scenario, database, 0, 0);
		Matcher matcher = Pattern.compile("points=(\\d+)").matcher(output);
		assertThat(matcher.find()).as(output).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	private void killAt(Scenario scenario, List<String> database, int point, int points) throws Exception {
		String what = "%s, killed at point %d of %d".formatted(scenario, point, points);
		onDatabase(database, (jdbc) -> fill(scenario, jdbc));
		String output = run(scenario, database, point, KillPoints.KILLED);
		List<String> arguments = new ArrayList<>(database);
		arguments.addAll(scenarioArguments(scenario));
		try (ConfigurableApplicationContext application = KilledApplication.start(arguments.toArray(String[]::new))) {
			JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
			// the lease of the dead process has ended by now, as if that time had passed
			jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
			KilledApplication.removeTheCause(application);
			SyncEvents events = application.getBean(SyncEvents.class);
			SyncEvent killed = events.newest("people").orElse(null);
			boolean restart = point % 2 == 0 && killed != null && !killed.success();
			boolean wasDone = killed != null && killed.success();
			if (restart) {
				application.getBean(JobOperator.class)
					.restart(application.getBean(JobRepository.class)
						.getJobExecution(killed.attempts().get(killed.attempts().size() - 1).jobExecutionId()));
			}
			else if (!wasDone) {
				application.getBean(JobOperator.class).start(application.getBean(Job.class), new JobParameters());
			}
			SyncEvent event = events.newest("people").orElseThrow();
			assertThat(event.success()).as("%s: %s", what, event).isTrue();
			assertThat(event.records()).as(what)
				.isEqualTo(new RecordCounts(scenario.records(), scenario.records(), 0, 0, 0, 0, 0, 0));
			assertThat(event.scopes().done()).as(what).isEqualTo(event.scopes().total());
			assertThat(events.lastSuccess("people").sync()).as(what).isEqualTo(event.runTimestamp());
			if (restart) {
				assertThat(event.id()).as(what).isEqualTo(killed.id());
				assertThat(event.runTimestamp()).as(what).isEqualTo(killed.runTimestamp());
			}
			assertDelivered(scenario, jdbc, what + ": " + output);
			assertThat(application.getBean(RunTables.class).rejects().waiting("people", 10)).as(what + ": rejects left")
				.isEmpty();
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'STARTED'",
					Integer.class))
				.as(what + ": runs left open")
				.isZero();
		}
	}

	private static void assertDelivered(Scenario scenario, JdbcTemplate jdbc, String what) {
		List<Map<String, Object>> delivered = jdbc.queryForList("SELECT ID, TIMES FROM DELIVERED ORDER BY ID");
		assertThat(delivered).as(what).hasSize(scenario.records());
		int needed = (scenario.sequel() == Scenario.Sequel.NEXT_RUN) ? 2 : 1;
		assertThat(delivered).as(what + ": at most once more than needed")
			.allSatisfy((row) -> assertThat(((Number) row.get("TIMES")).intValue()).isBetween(1, needed + 1));
	}

	private static void createTables(JdbcTemplate jdbc) {
		jdbc.execute("CREATE TABLE DELIVERED (ID INT PRIMARY KEY, TIMES INT NOT NULL)");
		jdbc.execute("CREATE TABLE NUMBERS (X INT PRIMARY KEY)");
		jdbc.execute("CREATE TABLE REFUSED (ID INT PRIMARY KEY)");
		for (int i = 0; i < Scenario.LOCATOR.records(); i++) {
			jdbc.update("INSERT INTO NUMBERS VALUES (?)", i);
		}
	}

	private static void fill(Scenario scenario, JdbcTemplate jdbc) {
		jdbc.update("DELETE FROM DELIVERED");
		jdbc.update("DELETE FROM REFUSED");
		scenario.refused().forEach((id) -> jdbc.update("INSERT INTO REFUSED VALUES (?)", id));
	}

	private static void onDatabase(List<String> properties, Consumer<JdbcTemplate> action) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(value(properties, "url"), true);
		if (!value(properties, "username").isEmpty()) {
			connection.setUsername(value(properties, "username"));
		}
		try {
			action.accept(new JdbcTemplate(connection));
		}
		finally {
			connection.destroy();
		}
	}

	private static String value(List<String> properties, String name) {
		String prefix = "--spring.datasource." + name + "=";
		return properties.stream()
			.filter((property) -> property.startsWith(prefix))
			.map((property) -> property.substring(prefix.length()))
			.findFirst()
			.orElse("");
	}

	private static List<String> scenarioArguments(Scenario scenario) {
		List<String> arguments = new ArrayList<>(List.of("--kill.scenario=" + scenario,
				"--deltasync.links.people.source.adapter=" + scenario.adapter()));
		if (scenario.isHttp()) {
			arguments.addAll(api.arguments(scenario));
			scenario.options().forEach((option) -> arguments.add("--deltasync.links.people.source." + option));
		}
		else {
			arguments.add("--deltasync.links.people.source.table=person");
		}
		return arguments;
	}

	private String run(Scenario scenario, List<String> database, int killAt, int expected) {
		List<String> arguments = new ArrayList<>(List.of("--kill.at=" + killAt));
		arguments.addAll(scenarioArguments(scenario));
		arguments.addAll(database);
		Child child = Child.start(this.directory.resolve("output"), classes.options(), KilledApplication.class,
				arguments);
		int exit = child.await();
		String text = child.printed();
		// lanes share the work anew each time: a run may be over before the last points
		assertThat(exit).as("%s at %d: %s", scenario, killAt, text)
			.isIn(expected, (killAt > LEAST_POINTS) ? 0 : expected);
		return text;
	}

}
