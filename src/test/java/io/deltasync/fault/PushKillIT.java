package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.deltasync.inbox.Inbox;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that accepts and delivers pushed requests is killed after every commit and
 * before and after every delivery: whatever it has acknowledged is delivered, and a
 * request that its sender repeats is stored once. An ordinary build tries some of the
 * points, chosen anew each time; {@code -Ddeltasync.kill=all} tries each.
 */
@EachDatabase(value = { TestDatabase.MYSQL, TestDatabase.POSTGRESQL }, sampled = true)
class PushKillIT {

	private static final int SAMPLE = 2;

	private static final Pattern ACCEPTED = Pattern.compile("accepted (\\d+)\\.");

	private static SharedClasses classes;

	@Parameter
	private TestDatabase database;

	@TempDir
	Path directory;

	@BeforeAll
	static void share(@TempDir Path directory) throws IOException {
		classes = new SharedClasses(directory);
	}

	@Test
	void whatWasAcknowledgedIsDeliveredWhereverTheProcessIsKilled() throws Exception {
		List<String> arguments = emptyDatabase();
		arguments
			.addAll(List.of("--deltasync.links.people.source.adapter=push", "--deltasync.links.people.source.key=id"));
		onDatabase(arguments, PushKillIT::createTables);
		onDatabase(arguments, PushKillIT::fill);
		Matcher points = Pattern.compile("points=(\\d+)").matcher(run(arguments, 0));
		assertThat(points.find()).isTrue();
		int most = Integer.parseInt(points.group(1));
		long seed = System.nanoTime();
		int[] chosen = System.getProperty("deltasync.kill", "").equals("all") ? IntStream.rangeClosed(1, most).toArray()
				: new Random(seed).ints(1, most + 1).distinct().limit(SAMPLE).toArray();
		for (int point : chosen) {
			onDatabase(arguments, JobTables::empty);
			onDatabase(arguments, PushKillIT::fill);
			killAt(arguments, point, "killed at point %d of %d, seed %d".formatted(point, most, seed));
		}
		System.out.printf("pushes: killed at %d of %d points, seed %d%n", chosen.length, most, seed);
	}

	private void killAt(List<String> arguments, int point, String what) throws Exception {
		List<String> accepted = ACCEPTED.matcher(run(arguments, point))
			.results()
			.map((found) -> "key " + found.group(1))
			.toList();
		try (ConfigurableApplicationContext application = KilledApplication.start(arguments.toArray(String[]::new))) {
			JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
			// the lease of the dead process has ended by now, as if that time had passed
			jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
			KilledApplication.removeTheCause(application);
			assertThat(jdbc.queryForList("SELECT IDEMPOTENCY_KEY FROM SYNC_PUSH", String.class)).as(what)
				.containsAll(accepted);
			PushedApplication.run(application);
			assertThat(jdbc.queryForList("SELECT IDEMPOTENCY_KEY FROM SYNC_PUSH WHERE DELIVERED_AT IS NOT NULL",
					String.class))
				.as(what)
				.containsAll(accepted);

			PushedApplication.accept(application, 1, PushedApplication.REQUESTS);
			PushedApplication.run(application);
			jdbc.update("UPDATE SYNC_REJECT SET NEXT_TRY = FIRST_SEEN WHERE NEXT_TRY IS NOT NULL");
			PushedApplication.run(application);

			int records = PushedApplication.REQUESTS * PushedApplication.RECORDS;
			assertThat(jdbc.queryForList("SELECT ID FROM DELIVERED ORDER BY ID", Integer.class)).as(what)
				.containsExactlyElementsOf(IntStream.range(0, records).boxed().toList());
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_PUSH", Integer.class)).as(what)
				.isEqualTo(PushedApplication.REQUESTS);
			assertThat(application.getBean(Inbox.class).waiting()).as(what).isEmpty();
			assertThat(jdbc.queryForObject("SELECT WAITING_BYTES FROM SYNC_INBOX", Long.class)).as(what).isZero();
		}
	}

	private String run(List<String> arguments, int killAt) {
		List<String> all = new ArrayList<>(arguments);
		all.add("--kill.at=" + killAt);
		Child child = Child.start(this.directory.resolve("output"), classes.options(), PushedApplication.class, all);
		int exit = child.await();
		assertThat(exit).as(child.printed()).isEqualTo((killAt > 0) ? KillPoints.KILLED : 0);
		return child.printed();
	}

	private List<String> emptyDatabase() {
		List<String> properties = new ArrayList<>();
		properties.add("--spring.datasource.url=" + this.database.url(this.database.createSchema()));
		if (this.database.username() != null) {
			properties.addAll(List.of("--spring.datasource.username=" + this.database.username(),
					"--spring.datasource.password="));
		}
		return properties;
	}

	private static void createTables(JdbcTemplate jdbc) {
		jdbc.execute("CREATE TABLE DELIVERED (ID INT PRIMARY KEY, TIMES INT NOT NULL)");
		jdbc.execute("CREATE TABLE REFUSED (ID INT PRIMARY KEY)");
	}

	private static void fill(JdbcTemplate jdbc) {
		jdbc.update("DELETE FROM DELIVERED");
		jdbc.update("DELETE FROM REFUSED");
		jdbc.update("INSERT INTO REFUSED VALUES (?)", PushedApplication.REFUSED);
	}

	private void onDatabase(List<String> properties, Consumer<JdbcTemplate> action) {
		String prefix = "--spring.datasource.url=";
		String url = properties.get(0).substring(prefix.length());
		SingleConnectionDataSource connection = new SingleConnectionDataSource(url, true);
		if (this.database.username() != null) {
			connection.setUsername(this.database.username());
		}
		try {
			action.accept(new JdbcTemplate(connection));
		}
		finally {
			connection.destroy();
		}
	}

}
