package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long after their slots the runs of {@code serve} begin and end: runs that find
 * nothing, and deltas.
 */
final class SlotBenchmark {

	private static final String NAME = "resident slots";

	private static final String NOTHING = "finds nothing";

	private static final String DELTA = "delta of 1 %";

	/** A slot every so many seconds. */
	private static final int PERIOD = 5;

	/** Until then after a slot nobody looks, because a look costs the server time. */
	private static final Duration UNDISTURBED = Duration.ofSeconds(2);

	private static final Duration LOOK = Duration.ofMillis(100);

	/** One row in this many changes before a delta. */
	private static final int CHANGED = 100;

	private final Server server;

	private final Path directory;

	private final Report report;

	private final Installation installation;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final int slots = Integer.getInteger("benchmark.slots", 20);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<SlotTimes> times = new Measurements<>();

	SlotBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.directory = directory;
		this.report = report;
		this.installation = Installation.of(jar, directory);
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all runs did what they should
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		this.installation.install(this.timeout);
		long notEqual;
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			load(dataset);
			for (int round = 1; round <= this.rounds; round++) {
				measure(round, dataset);
			}
			notEqual = dataset.rowsNotEqual();
		}
		this.report.add("");
		this.report.add("## From a slot to the start and the end of its run");
		this.report.add("");
		this.report
			.add("A Link of %,d rows with a slot every %d seconds, in %d process(es) of `serve`, JobRepository on the"
					+ " same server; milliseconds by the stored times. The first runs are those after the start of a process.",
					this.rows, PERIOD, this.rounds);
		this.report.add("");
		this.report.add("| run | slots | start min | start median | start max | end min | end median | end max |");
		this.report.add("|---|" + "--:|".repeat(7));
		this.times.programs().forEach(this::addRow);
		this.report.add("");
		this.report.add("%,d rows were not equal after it.", notEqual);
		return notEqual == 0;
	}

	private void addRow(String what) {
		this.report.add("| %s | %d | %s | %s |", what, this.times.of(what).size(),
				figures(what, SlotTimes::beginMillis), figures(what, SlotTimes::endMillis));
	}

	private String figures(String what, ToDoubleFunction<SlotTimes> figure) {
		return String.format(Locale.ROOT, "%.0f | %.0f | %.0f", this.times.min(what, figure),
				this.times.median(what, figure), this.times.max(what, figure));
	}

	private DeltaSyncProgram program() {
		return new DeltaSyncProgram(CopyBenchmark.INSTALLED, this.installation.launch(),
				this.server.url(Dataset.SOURCE_DATABASE), this.server.url(Dataset.TARGET_DATABASE),
				Dataset.TARGET_TABLE, true, false, this.server.url(Dataset.JOBS_DATABASE), this.server.user());
	}

	private Path work() {
		return this.directory.resolve("slots");
	}

	private void load(Dataset dataset) throws SQLException, IOException, InterruptedException {
		Files.createDirectories(work());
		dataset.emptyTarget();
		dataset.forgetJobs();
		program().prepare(work());
		ChildProcess.run(program().fullLoad(), work(), "full", this.timeout);
	}

	private void measure(int round, Dataset dataset) throws SQLException, IOException, InterruptedException {
		List<String> command = Stream
			.concat(this.installation.launch().stream(), Stream.of("--server.port=0",
					"--deltasync.links." + DeltaSyncProgram.LINK + ".schedule=*/" + PERIOD + " * * * * *", "serve"))
			.toList();
		try (ConfigurableApplicationContext jobs = new SpringApplicationBuilder(PastRuns.Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + this.server.url(Dataset.JOBS_DATABASE),
					"spring.main.banner-mode=off", "spring.main.log-startup-info=false", "spring.flyway.enabled=false",
					"logging.level.root=ERROR")
			.run();
				ResidentProcess serve = ResidentProcess.start(command, work(), "serve-" + round, "Serves Links",
						this.timeout)) {
			for (int slot = 0; slot <= this.slots; slot++) {
				SlotTimes measured = next(jobs, serve, 0);
				this.times.add((slot == 0) ? NOTHING + ", first" : NOTHING, round * this.slots + slot, measured);
			}
			for (int slot = 0; slot <= this.slots; slot++) {
				dataset.change(this.rows / CHANGED);
				SlotTimes measured = next(jobs, serve, this.rows / CHANGED);
				this.times.add((slot == 0) ? DELTA + ", first" : DELTA, round * this.slots + slot, measured);
			}
		}
	}

	/** Waits for the run of the next slot. */
	private SlotTimes next(ConfigurableApplicationContext jobs, ResidentProcess serve, int changed)
			throws IOException, InterruptedException {
		SyncEvents events = jobs.getBean(SyncEvents.class);
		Instant due = Instant.ofEpochSecond((Instant.now().getEpochSecond() / PERIOD + 1) * PERIOD);
		Thread.sleep(Math.max(0, Duration.between(Instant.now(), due.plus(UNDISTURBED)).toMillis()));
		long start = System.nanoTime();
		SyncEvent event = events.newest(DeltaSyncProgram.LINK).orElseThrow();
		while (event.endedAt() == null || event.runTimestamp().isBefore(due)) {
			if (!serve.process().isAlive() || System.nanoTime() - start > this.timeout.toNanos()) {
				throw new IOException("no run in time: see " + serve.output());
			}
			Thread.sleep(LOOK.toMillis());
			event = events.newest(DeltaSyncProgram.LINK).orElseThrow();
		}
		// a run that began before the change was committed would have missed it
		if (!event.success() || event.records().written() != changed) {
			throw new IOException("event %d wrote %,d records instead of %,d".formatted(event.id(),
					event.records().written(), changed));
		}
		SlotTimes measured = SlotTimes.of(event, jobs.getBean(JdbcClient.class));
		System.err.printf(Locale.ROOT, "%,d records: begins after %.0f ms, ends after %.0f ms%n", changed,
				measured.beginMillis(), measured.endMillis());
		return measured;
	}

}
