package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/**
 * Copies a million rows with the product and with programs that do the same work, and
 * prints a table of the ratios.
 *
 * <pre>
 * ./mvnw -Pbenchmark verify
 * </pre>
 *
 * The server is the one whose JDBC URL is in the environment as
 * {@code DELTASYNC_MYSQL_URL}; it must be on this machine and its user may create
 * databases. Without it a MariaDB is started for the run. Options, each as
 * {@code -Dbenchmark.NAME=VALUE}: {@code rows} (default 1000000, a multiple of 400),
 * {@code rounds} (default 3), {@code only} (the contenders whose names start with one of
 * these, separated by commas; "plain JDBC" always runs), {@code pastRuns} (default
 * 100000) and {@code timeout} for a single process, in seconds (default 900). The report
 * is also written to {@code target/benchmark/report.md}. The exit code is not 0 if a
 * program failed or rows differ.
 */
final class Benchmark {

	private static final String PLAIN = "plain JDBC";

	private static final String NAIVE = "naive Spring Batch";

	/** One row in this many changes before a delta. */
	private static final int CHANGED = 100;

	/** The smaller table has one row for so many, and the same number of them changes. */
	private static final int SMALLER = 4;

	private static final int FEW_RUNS = 100;

	private final Server server;

	private final Path directory;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final int pastRuns = Integer.getInteger("benchmark.pastRuns", 100_000);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements full = new Measurements();

	private final Measurements delta = new Measurements();

	private final Report report = new Report(PLAIN, NAIVE);

	private Benchmark(Server server, Path directory) {
		if (this.rows <= 0 || this.rows % (CHANGED * SMALLER) != 0) {
			throw new IllegalArgumentException("benchmark.rows is not a multiple of " + CHANGED * SMALLER);
		}
		this.server = server;
		this.directory = directory;
	}

	/**
	 * Runs the benchmark.
	 * @param args the build directory, with the runnable jar
	 */
	public static void main(String[] args) throws Exception {
		// the report alone belongs on standard output
		LoggingSystem.get(Benchmark.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		Path build = Path.of(args[0]).toAbsolutePath();
		Path directory = build.resolve("benchmark");
		FileSystemUtils.deleteRecursively(directory);
		boolean good;
		try (Server server = Server.open()) {
			good = new Benchmark(server, directory).run(contenders(server, build));
		}
		System.exit(good ? 0 : 1);
	}

	private static List<Contender> contenders(Server server, Path build) throws IOException {
		String url = server.url(Dataset.SOURCE_DATABASE);
		String rewriting = server.url(Dataset.SOURCE_DATABASE, "rewriteBatchedStatements=true");
		String target = server.url(Dataset.TARGET_DATABASE);
		String jobs = server.url(Dataset.JOBS_DATABASE);
		List<Contender> contenders = new ArrayList<>();
		contenders.add(new JavaProgram(PLAIN, PlainJdbcCopy.class, JavaProgram.drivers(), rewriting, true));
		contenders.add(new JavaProgram(NAIVE, NaiveSpringBatchCopy.class, JavaProgram.libraries(), jobs, false));
		contenders.add(new JavaProgram(NAIVE + ", rewriting", NaiveSpringBatchCopy.class, JavaProgram.libraries(),
				server.url(Dataset.JOBS_DATABASE, "rewriteBatchedStatements=true"), false));
		Path jar = jar(build);
		contenders.add(new DeltaSyncProgram("DeltaSync, one lane", jar, url, target, false, "", ""));
		contenders.add(new DeltaSyncProgram("DeltaSync, default lanes", jar, url, target, true, "", ""));
		contenders.add(new DeltaSyncProgram("DeltaSync, default lanes, jobs on the same server", jar, url, target, true,
				jobs, server.user()));
		String only = System.getProperty("benchmark.only", "");
		contenders.removeIf((contender) -> !contender.name().equals(PLAIN)
				&& Stream.of(only.split(",")).noneMatch(contender.name()::startsWith));
		return contenders;
	}

	private static Path jar(Path build) throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(build, "deltasync-*-app.jar")) {
			for (Path jar : jars) {
				return jar;
			}
		}
		throw new IllegalStateException("No runnable jar in " + build + ": run ./mvnw package");
	}

	private boolean run(List<Contender> contenders) throws SQLException, IOException, InterruptedException {
		this.report.addHeader(this.server, this.rows, this.rounds);
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			for (int round = 1; round <= this.rounds; round++) {
				for (Contender contender : contenders) {
					run(contender, round, dataset, this.full, this.delta);
				}
			}
		}
		this.report.addMeasurements("Full load into an empty table", this.full);
		this.report.addMeasurements("Delta of 1 %", this.delta);
		Measurements smallFull = new Measurements();
		Measurements smallDelta = new Measurements();
		try (Dataset dataset = Dataset.create(this.server, this.rows / SMALLER)) {
			for (Contender contender : contenders) {
				if (this.delta.programs().contains(contender.name())) {
					run(contender, 1, dataset, smallFull, smallDelta);
				}
			}
			this.report.addReads();
			measurePastRuns(dataset);
		}
		Files.writeString(this.directory.resolve("report.md"), this.report.toString());
		System.out.println(this.report);
		return Stream.of(this.full, this.delta, smallFull, smallDelta).allMatch(Measurements::areGood);
	}

	private void measurePastRuns(Dataset dataset) throws SQLException, IOException {
		this.report.addPastRuns();
		// or H2 would give the same answer again without a look at its tables
		measurePastRuns("H2, in a file",
				"jdbc:h2:file:" + this.directory.resolve("past-runs") + ";WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=0");
		dataset.forgetJobs();
		measurePastRuns("the server", this.server.url(Dataset.JOBS_DATABASE, "rewriteBatchedStatements=true"));
	}

	private void measurePastRuns(String database, String url) throws IOException {
		try (PastRuns past = new PastRuns(url)) {
			for (int runs : new int[] { FEW_RUNS, this.pastRuns }) {
				past.grow(runs);
				this.report.addPastRuns(database, runs, past.lastSuccess(), past.newest());
				System.err.printf(Locale.ROOT, "%s: %,d past runs measured%n", database, runs);
			}
		}
	}

	/** A full load and, if the contender can, a delta after it. */
	private void run(Contender contender, int round, Dataset dataset, Measurements full, Measurements delta)
			throws SQLException, IOException, InterruptedException {
		Path work = this.directory
			.resolve("%d-%s-%d".formatted(dataset.rows(), contender.name().replaceAll("\\W+", "-"), round));
		Files.createDirectories(work);
		dataset.emptyTarget();
		dataset.forgetJobs();
		contender.prepare(work);
		String since = dataset.now();
		Measurement load = measure(contender, "full", contender.fullLoad(), work, round, dataset, full);
		List<String> command = contender.delta(since);
		if (load == null || command.isEmpty()) {
			return;
		}
		dataset.change(this.rows / CHANGED);
		Measurement measurement = measure(contender, "delta", command, work, round, dataset, delta);
		if (measurement != null && round == 1) {
			this.report.addReads(contender.name(), dataset.rows(), measurement);
		}
		dataset.restore();
	}

	private @Nullable Measurement measure(Contender contender, String what, List<String> command, Path work, int round,
			Dataset dataset, Measurements measurements) throws SQLException, InterruptedException {
		String where = "round %d, %,d rows, %s, %s".formatted(round, dataset.rows(), what, contender.name());
		try {
			SourceReads before = SourceReads.now(this.server);
			ChildProcess process = ChildProcess.run(command, work, what, this.timeout);
			SourceReads reads = SourceReads.now(this.server).minus(before);
			Measurement measurement = new Measurement(process, contender.copied(process.output()), reads,
					dataset.rowsNotEqual());
			measurements.add(contender.name(), round, measurement);
			System.err.printf(Locale.ROOT, "%s: %.2f s%n", where, measurement.wall());
			return measurement;
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			measurements.addFailure(contender.name(), String.valueOf(ex.getMessage()));
			System.err.printf("%s: FAILED: %s%nIts output is in %s%n", where, ex.getMessage(), work);
			return null;
		}
	}

}
