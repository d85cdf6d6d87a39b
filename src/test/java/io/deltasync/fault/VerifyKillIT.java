package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.verified.Verification;
import io.deltasync.verified.VerifyResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A verification that repairs is killed, or stopped, after each of its commits: what it
 * leaves is what the next verification names, and what a restart repairs.
 * {@code -Ddeltasync.kill=all} tries each point, an ordinary build some.
 */
@EachDatabase(value = { TestDatabase.H2, TestDatabase.MYSQL }, sampled = true)
class VerifyKillIT {

	private static final int SAMPLE = 2;

	private static final String DIFFERENCES = """
			SELECT (SELECT COUNT(*) FROM PERSON p LEFT JOIN CONTACT c ON p.ID = c.ID WHERE c.ID IS NULL OR c.NAME <> p.NAME)
			  + (SELECT COUNT(*) FROM CONTACT c LEFT JOIN PERSON p ON p.ID = c.ID WHERE p.ID IS NULL)""";

	private static SharedClasses classes;

	@Parameter
	private TestDatabase database;

	@TempDir
	Path directory;

	@BeforeAll
	static void share(@TempDir Path directory) throws IOException {
		classes = new SharedClasses(directory);
	}

	private List<String> emptyDatabase() {
		if (this.database == TestDatabase.H2) {
			String url = "jdbc:h2:file:%s/%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(this.directory,
					System.nanoTime());
			return List.of("--spring.datasource.url=" + url, "--spring.datasource.username=sa",
					"--spring.datasource.password=");
		}
		return List.of("--spring.datasource.url=" + this.database.url(this.database.createSchema()));
	}

	/** Delivers 60 records, and then makes 15 differences of all kinds. */
	private static void plant(List<String> database) throws Exception {
		try (ConfigurableApplicationContext application = VerifiedApplication.start(database)) {
			JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
			jdbc.execute("CREATE TABLE PERSON (ID INT PRIMARY KEY, NAME VARCHAR(20) NOT NULL)");
			jdbc.execute("CREATE TABLE CONTACT (ID INT PRIMARY KEY, NAME VARCHAR(20) NOT NULL)");
			for (int id = 0; id < 60; id++) {
				jdbc.update("INSERT INTO PERSON VALUES (?, 'x')", id);
			}
			assertThat(VerifiedApplication.deliver(application).getExitStatus().getExitCode()).isEqualTo("COMPLETED");
			jdbc.update("UPDATE CONTACT SET NAME = 'Eve' WHERE MOD(ID, 10) = 3");
			jdbc.update("DELETE FROM CONTACT WHERE MOD(ID, 10) = 5");
			jdbc.update("DELETE FROM PERSON WHERE MOD(ID, 20) = 7");
			assertThat(differences(application)).isEqualTo(15);
		}
	}

	private static long differences(ConfigurableApplicationContext application) {
		return application.getBean(JdbcTemplate.class).queryForObject(DIFFERENCES, Long.class);
	}

	@Test
	void aRepairThatIsKilledLeavesWhatTheNextVerificationNames() throws Exception {
		List<String> first = emptyDatabase();
		plant(first);
		int points = points(run(first, 0, 0));
		for (int point : chosen(points, SAMPLE)) {
			List<String> killed = emptyDatabase();
			plant(killed);
			String output = run(killed, point, KillPoints.KILLED);
			try (ConfigurableApplicationContext application = VerifiedApplication.start(killed)) {
				application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
				isContinued(application, point, "killed at %d of %d: %s".formatted(point, points, output));
			}
		}
	}

	@Test
	void aRepairThatIsStoppedIsRestartedWhereItWas() throws Exception {
		List<String> first = emptyDatabase();
		plant(first);
		int points = points(run(first, 0, 0));
		for (int point : chosen(points, SAMPLE * 3)) {
			List<String> stopped = new ArrayList<>(emptyDatabase());
			plant(stopped);
			stopped.addAll(List.of("--kill.at=" + point, "--kill.stops=true"));
			try (ConfigurableApplicationContext application = VerifiedApplication.start(stopped)) {
				VerifiedApplication.verify(application);
				isContinued(application, point, "stopped at %d of %d".formatted(point, points));
			}
		}
	}

	private static void isContinued(ConfigurableApplicationContext application, int point, String what)
			throws Exception {
		SyncEvents events = application.getBean(SyncEvents.class);
		SyncEvent event = events.newest(VerifiedApplication.LINK).orElseThrow();
		boolean begun = event.verification() != null;
		boolean ended = begun && event.status() == Status.COMPLETED;
		long left = differences(application);
		if (point % 2 == 0 && begun && !ended) {
			application.getBean(JobOperator.class)
				.restart(application.getBean(JobRepository.class)
					.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId()));
			SyncEvent restarted = events.newest(VerifiedApplication.LINK).orElseThrow();
			assertThat(restarted.id()).as(what).isEqualTo(event.id());
			assertThat(restarted.verification().result()).as("%s: %s", what, restarted)
				.isEqualTo(VerifyResult.REPAIRED);
		}
		else if (!ended) {
			VerifiedApplication.look(application);
			SyncEvent named = events.newest(VerifiedApplication.LINK).orElseThrow();
			if (named.id() != event.id()) {
				Verification found = named.verification();
				assertThat(found.missing() + found.different() + found.gone()).as("%s: %s", what, named)
					.isEqualTo(left);
			}
			VerifiedApplication.verify(application);
		}
		assertThat(differences(application)).as("%s: %s", what, events.newest(VerifiedApplication.LINK)).isZero();
		VerifiedApplication.look(application);
		SyncEvent proven = events.newest(VerifiedApplication.LINK).orElseThrow();
		assertThat(proven.verification().result()).as("%s: %s", what, proven).isEqualTo(VerifyResult.IN_STEP);
		assertThat(proven.verification().same()).as(what).isEqualTo(57);
		assertThat(application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'STARTED'", Integer.class))
			.as(what)
			.isZero();
	}

	private static TreeSet<Integer> chosen(int points, int some) {
		TreeSet<Integer> chosen = new TreeSet<>();
		boolean all = "all".equals(System.getProperty("deltasync.kill"));
		new Random().ints(1, points + 1).distinct().limit(all ? points : Math.min(some, points)).forEach(chosen::add);
		return chosen;
	}

	private static int points(String output) {
		Matcher matcher = Pattern.compile("points=(\\d+)").matcher(output);
		assertThat(matcher.find()).as(output).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	private String run(List<String> database, int killAt, int expected) {
		List<String> arguments = new ArrayList<>(database);
		arguments.add("--kill.at=" + killAt);
		Child child = Child.start(this.directory.resolve("output"), classes.options(), VerifiedApplication.class,
				arguments);
		int exit = child.await();
		String text = child.printed();
		assertThat(exit).as("at %d: %s", killAt, text).isIn(expected, (killAt > 5) ? 0 : expected);
		return text;
	}

}
