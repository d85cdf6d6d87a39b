package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Copies a million rows with the product and with programs that do the same work.
 */
final class CopyBenchmark {

	static final String PLAIN = "plain JDBC";

	static final String INSTALLED = "DeltaSync, default lanes, distribution";

	static final String RANGES = "two-range JDBC";

	static final String PIPE = "text pipe";

	/** What others are compared with; they run with all that copy rows. */
	private static final List<String> YARDSTICKS = List.of(PLAIN, RANGES, PIPE);

	private static final String NAIVE = "naive Spring Batch";

	/** One row in this many changes before a delta. */
	private static final int CHANGED = 100;

	/** The smaller table has one row for so many, and the same number of them changes. */
	private static final int SMALLER = 4;

	private static final int FEW_RUNS = 100;

	private final Server server;

	private final Path jar;

	private final Path directory;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final int pastRuns = Integer.getInteger("benchmark.pastRuns", 100_000);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<Measurement> full = new Measurements<>();

	private final Measurements<Measurement> delta = new Measurements<>();

	private final Report report;

	private final Installation installation;

	private final Peers peers;

	/**
	 * Makes the benchmark.
	 * @param server what holds source and target
	 * @param jar the product
	 * @param directory where programs keep their output
	 * @param report what the tables are added to
	 */
	CopyBenchmark(Server server, Path jar, Path directory, Report report) {
		if (this.rows <= 0 || this.rows % (CHANGED * SMALLER) != 0) {
			throw new IllegalArgumentException("benchmark.rows is not a multiple of " + CHANGED * SMALLER);
		}
		this.server = server;
		this.jar = jar;
		this.directory = directory;
		this.report = report;
		this.installation = Installation.of(jar, directory);
		this.peers = new Peers(server, directory.resolve("peers"), this.timeout);
	}

	/**
	 * The programs that are wanted, and the yardstick.
	 */
	private List<Contender> contenders(Selection only) {
		String url = this.server.url(Dataset.SOURCE_DATABASE);
		String rewriting = this.server.url(Dataset.SOURCE_DATABASE, "rewriteBatchedStatements=true");
		String jobs = this.server.url(Dataset.JOBS_DATABASE);
		List<Contender> contenders = new ArrayList<>();
		contenders.add(new JavaProgram(PLAIN, PlainJdbcCopy.class, JavaProgram.drivers(), rewriting, true));
		contenders.add(new JavaProgram(RANGES, TwoRangesJdbcCopy.class, JavaProgram.drivers(), rewriting, false));
		contenders.add(new JavaProgram(NAIVE, NaiveSpringBatchCopy.class, JavaProgram.libraries(), jobs, false));
		contenders.add(new JavaProgram(NAIVE + ", rewriting", NaiveSpringBatchCopy.class, JavaProgram.libraries(),
				this.server.url(Dataset.JOBS_DATABASE, "rewriteBatchedStatements=true"), false));
		List<String> launch = List.of(Contender.JAVA, Contender.HEAP, "-jar", this.jar.toString());
		contenders.add(deltaSync("DeltaSync, one lane", launch, false, "", ""));
		contenders.add(deltaSync("DeltaSync, default lanes", launch, true, "", ""));
		contenders.add(
				deltaSync("DeltaSync, default lanes, jobs on the same server", launch, true, jobs, this.server.user()));
		contenders.add(deltaSync(INSTALLED, this.installation.launch(), true, "", ""));
		contenders.add(deltaSync(INSTALLED + ", without the second compiler",
				this.installation.launch("-XX:TieredStopAtLevel=1"), true, "", ""));
		if (url.startsWith("jdbc:mysql:")) {
			contenders.add(new JavaProgram(PIPE, TextPipeCopy.class, JavaProgram.drivers(),
					this.server.url(Dataset.SOURCE_DATABASE, "allowLoadLocalInfile=true"), true));
			contenders.add(deltaSync("DeltaSync, one lane, in bulk", launch, false, true, "", ""));
			contenders.add(deltaSync("DeltaSync, default lanes, in bulk", launch, true, true, "", ""));
			contenders.add(deltaSync("DeltaSync, one lane, in bulk, distribution", this.installation.launch(), false,
					true, "", ""));
			contenders.add(deltaSync("DeltaSync, one lane, in bulk, distribution, without the second compiler",
					this.installation.launch("-XX:TieredStopAtLevel=1"), false, true, "", ""));
		}
		contenders.addAll(this.peers.contenders());
		return contenders.stream()
			.filter((contender) -> YARDSTICKS.contains(contender.name()) || only.includes(contender.name()))
			.toList();
	}

	/** The programs that stay and are wanted. */
	private List<ResidentContender> residents(Selection only) {
		String jobs = this.server.url(Dataset.JOBS_DATABASE);
		JavaProgram plain = new JavaProgram(PLAIN, PlainJdbcCopy.class, JavaProgram.drivers(),
				this.server.url(Dataset.SOURCE_DATABASE, "rewriteBatchedStatements=true"), true);
		DeltaSyncProgram deltaSync = deltaSync(INSTALLED, this.installation.launch(), true, jobs, this.server.user());
		List<ResidentContender> residents = List.of(new ResidentJdbc("resident " + PLAIN, plain),
				new ResidentDeltaSync("resident DeltaSync", this.installation.launch(), deltaSync));
		return residents.stream().filter((resident) -> only.includes(resident.name())).toList();
	}

	private DeltaSyncProgram deltaSync(String name, List<String> launch, boolean parallel, String jobs,
			String jobsUser) {
		return deltaSync(name, launch, parallel, false, jobs, jobsUser);
	}

	private DeltaSyncProgram deltaSync(String name, List<String> launch, boolean parallel, boolean bulk, String jobs,
			String jobsUser) {
		return new DeltaSyncProgram(name, launch, this.server.url(Dataset.SOURCE_DATABASE),
				this.server.url(Dataset.TARGET_DATABASE), Dataset.TARGET_TABLE, parallel, bulk, jobs, jobsUser);
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all programs did what they should
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		List<Contender> contenders = contenders(only);
		List<ResidentContender> wanted = residents(only);
		if (wanted.isEmpty() && contenders.stream().noneMatch((contender) -> only.includes(contender.name()))) {
			return true;
		}
		ResidentBenchmark residents = new ResidentBenchmark(this.server, this.directory, this.timeout, wanted);
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			this.installation.install(this.timeout);
			for (int round = 1; round <= this.rounds; round++) {
				for (Contender contender : contenders) {
					run(contender, round, dataset, this.full, this.delta);
				}
				residents.run(round, dataset, this.rows / CHANGED, this.delta.find(PLAIN, round));
			}
		}
		this.report.addCopies(this.rows);
		new SideBySide(YARDSTICKS, this.full, this.delta, residents.measurements()).addTo(this.report);
		this.report.addMeasurements("Full load into an empty table", this.full);
		this.report.addMeasurements("Delta of 1 %", this.delta);
		this.report.addMeasurements("Delta of 1 % by a process that stays", residents.measurements());
		Measurements<Measurement> smallFull = new Measurements<>();
		Measurements<Measurement> smallDelta = new Measurements<>();
		try (Dataset dataset = Dataset.create(this.server, this.rows / SMALLER)) {
			for (Contender contender : contenders) {
				if (this.delta.programs().contains(contender.name())) {
					run(contender, 1, dataset, smallFull, smallDelta);
				}
			}
			this.report.addReads();
			measurePastRuns(dataset);
		}
		return Stream.of(this.full, this.delta, residents.measurements(), smallFull, smallDelta)
			.allMatch((measurements) -> measurements.areGood((measurement) -> measurement.rowsNotEqual() == 0));
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
	private void run(Contender contender, int round, Dataset dataset, Measurements<Measurement> full,
			Measurements<Measurement> delta) throws SQLException, IOException, InterruptedException {
		Path work = this.directory
			.resolve("%d-%s-%d".formatted(dataset.rows(), contender.name().replaceAll("\\W+", "-"), round));
		Files.createDirectories(work);
		dataset.emptyTarget();
		dataset.forgetJobs();
		try {
			contender.prepare(work);
		}
		catch (IOException ex) {
			full.addFailure(contender.name(), String.valueOf(ex.getMessage()));
			System.err.printf("%s: FAILED: %s%n", contender.name(), ex.getMessage());
			return;
		}
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
			Dataset dataset, Measurements<Measurement> measurements) throws SQLException, InterruptedException {
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
