package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that reads files and writes a file is killed after every commit, and before
 * and after every change of a file: the next start, by a restart or by a new run, leaves
 * no record out, and moves exactly what was read. An ordinary build tries some of the
 * points, chosen anew each time; {@code -Ddeltasync.kill=all} tries each.
 */
abstract class FileKills {

	private static final int SAMPLE = 2;

	private static final int FILES = 4;

	private static final int RECORDS = 10;

	private static SharedClasses classes;

	@TempDir
	Path directory;

	@BeforeAll
	static void share(@TempDir Path directory) throws IOException {
		classes = new SharedClasses(directory);
	}

	/** Returns a new place for files. */
	abstract Place place(Path directory) throws IOException;

	/** Where files are read and written. */
	interface Place {

		/** Returns the options that lead to the place, in which paths begin with it. */
		List<String> options();

		/** Returns what the paths of the Link begin with. */
		String root();

		void write(String path, String text) throws IOException;

		List<String> paths() throws IOException;

		String read(String path) throws IOException;

	}

	@Test
	void everyRecordIsInAFileWhereverTheProcessIsKilled() throws Exception {
		Path whole = Files.createDirectories(this.directory.resolve("whole"));
		int most = points(run(prepare(place(whole), whole), 0));
		long seed = System.nanoTime();
		int[] chosen = System.getProperty("deltasync.kill", "").equals("all") ? IntStream.rangeClosed(1, most).toArray()
				: new Random(seed).ints(1, most + 1).distinct().limit(SAMPLE).toArray();
		for (int point : chosen) {
			killAt(point, "killed at point %d of %d, seed %d".formatted(point, most, seed));
		}
		System.out.printf("%s: killed at %d of %d points, seed %d%n", getClass().getSimpleName(), chosen.length, most,
				seed);
	}

	private void killAt(int point, String what) throws Exception {
		Path home = Files.createDirectories(this.directory.resolve("at" + point));
		Place place = place(home);
		List<String> arguments = prepare(place, home);
		String output = run(arguments, point);
		try (ConfigurableApplicationContext application = FilesApplication.start(arguments.toArray(String[]::new))) {
			// the lease of the dead process has ended by now, as if that time had passed
			application.getBean(JdbcTemplate.class).update("UPDATE SYNC_LEASE SET EXPIRES_AT = ACQUIRED_AT");
			SyncEvents events = application.getBean(SyncEvents.class);
			JobOperator jobs = application.getBean(JobOperator.class);
			SyncEvent killed = events.newest("orders").orElse(null);
			if (killed != null && !killed.success() && point % 2 == 0) {
				jobs.restart(application.getBean(JobRepository.class)
					.getJobExecution(killed.attempts().get(killed.attempts().size() - 1).jobExecutionId()));
			}
			else {
				jobs.start(application.getBean(Job.class), new JobParameters());
			}
			assertThat(events.newest("orders").orElseThrow().success()).as(what + ": " + output).isTrue();
			// what a success owed is done with the next one
			jobs.start(application.getBean(Job.class), new JobParameters());
		}
		check(place, what);
	}

	private void check(Place place, String what) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String path : place.paths()) {
			if (path.matches("out/orders-.*\\.jsonl")) {
				place.read(path).lines().forEach(lines::add);
			}
		}
		Map<String, Long> times = lines.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(times.keySet()).as(what)
			.containsExactlyInAnyOrderElementsOf(
					IntStream.range(0, FILES * RECORDS).mapToObj((id) -> "{\"id\":\"%d\"}".formatted(id)).toList());
		// in the file of the killed run, carried over from it because its end is unknown,
		// and read again
		assertThat(times.values()).as(what + ": more often than needed").allMatch((count) -> count <= 3);
		List<String> in = place.paths().stream().filter((path) -> path.startsWith("in/")).toList();
		assertThat(in).as(what).allMatch((path) -> path.startsWith("in/done/"));
		assertThat(in.stream().filter((path) -> path.endsWith(".csv"))).as(what).hasSize(FILES);
		assertThat(place.paths()).as(what).noneMatch((path) -> path.matches("out/.*(batch|joined|tmp)"));
	}

	private List<String> prepare(Place place, Path home) throws IOException {
		for (int file = 0; file < FILES; file++) {
			StringBuilder text = new StringBuilder("id\n");
			for (int i = 0; i < RECORDS; i++) {
				text.append(file * RECORDS + i).append('\n');
			}
			place.write("in/f" + file + ".csv", text.toString());
		}
		List<String> arguments = new ArrayList<>(place.options());
		arguments.addAll(List.of(
				"--spring.datasource.url=jdbc:h2:file:%s/db;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(home),
				"--spring.datasource.username=sa", "--spring.datasource.password=",
				"--deltasync.links.orders.source.adapter=file",
				"--deltasync.links.orders.source.path=%sin/*.csv".formatted(place.root()),
				"--deltasync.links.orders.source.key=id", "--deltasync.links.orders.source.after.move=done",
				"--deltasync.links.orders.target.adapter=file", "--deltasync.links.orders.target.format=jsonl",
				"--deltasync.links.orders.target.path=%sout/orders-{run}.jsonl".formatted(place.root())));
		return arguments;
	}

	private String run(List<String> arguments, int killAt) {
		List<String> all = new ArrayList<>(arguments);
		all.add("--kill.at=" + killAt);
		Child child = Child.start(this.directory.resolve("output"), classes.options(), FilesApplication.class, all);
		int exit = child.await();
		if (exit == 0 && killAt > 0) {
			// a slow run stores more often than a fast one
			assertThat(points(child.printed())).as(child.printed()).isLessThan(killAt);
			return child.printed();
		}
		assertThat(exit).as(child.printed()).isEqualTo((killAt == 0) ? 0 : KillPoints.KILLED);
		return child.printed();
	}

	private static int points(String printed) {
		Matcher points = Pattern.compile("points=(\\d+)").matcher(printed);
		assertThat(points.find()).as(printed).isTrue();
		return Integer.parseInt(points.group(1));
	}

}
