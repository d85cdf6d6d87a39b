package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Copies rows from PostgreSQL to PostgreSQL, with the product and with programs that do
 * the same work. Without a server, it is left out.
 */
final class PostgreSqlBenchmark {

	private static final String NAME = "PostgreSQL";

	private static final String UNNEST = "JDBC with unnest, hand-written";

	private static final String PIPE = "COPY pipe, hand-written";

	private static final int CHANGED = 100;

	private final Installation installation;

	private final Path directory;

	private final Report report;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	PostgreSqlBenchmark(Path jar, Path directory, Report report) {
		this.installation = Installation.of(jar, directory);
		this.directory = directory;
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all rows were the same afterwards
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		String server = System.getenv(PostgreSqlDataset.URL_VARIABLE);
		if (!only.includes(NAME) || server == null || server.isBlank()) {
			return true;
		}
		Measurements<Measurement> full = new Measurements<>();
		Measurements<Measurement> delta = new Measurements<>();
		this.installation.install(this.timeout);
		try (PostgreSqlDataset dataset = PostgreSqlDataset.create(server, this.rows)) {
			for (int round = 1; round <= this.rounds; round++) {
				for (Contender contender : contenders(dataset.url())) {
					run(contender, round, dataset, full, delta);
				}
			}
			this.report.add("");
			this.report.add("## PostgreSQL");
			this.report.add("");
			this.report.add("%,d rows of ten columns, %s. Medians of %d rounds, and of the ratios within a round; the"
					+ " delta is 1 %%.", this.rows, dataset.description(), this.rounds);
		}
		add("full load", full);
		add("delta", delta);
		return Stream.of(full, delta)
			.allMatch((measurements) -> measurements.areGood((measurement) -> measurement.rowsNotEqual() == 0));
	}

	private List<Contender> contenders(String url) {
		String classes = JavaProgram.libraries();
		return List.of(new JavaProgram(UNNEST, UnnestCopy.class, classes, url, true),
				new JavaProgram(PIPE, CopyPipe.class, classes, url, true),
				deltaSync("DeltaSync, one lane", url, false, false),
				deltaSync("DeltaSync, default lanes", url, true, false),
				deltaSync("DeltaSync, bulk, one lane", url, false, true));
	}

	private DeltaSyncProgram deltaSync(String name, String url, boolean parallel, boolean bulk) {
		return new DeltaSyncProgram(name, this.installation.launch(), url, url, PostgreSqlDataset.TARGET, parallel,
				bulk, "", "");
	}

	private void run(Contender contender, int round, PostgreSqlDataset dataset, Measurements<Measurement> full,
			Measurements<Measurement> delta) throws SQLException, IOException, InterruptedException {
		Path work = this.directory
			.resolve("postgresql-%s-%d".formatted(contender.name().replaceAll("\\W+", "-"), round));
		Files.createDirectories(work);
		contender.prepare(work);
		dataset.emptyTarget();
		String since = dataset.now();
		measure(contender, "full", contender.fullLoad(), work, round, dataset, full);
		dataset.change(this.rows / CHANGED);
		measure(contender, "delta", contender.delta(since), work, round, dataset, delta);
		dataset.restore();
	}

	private void measure(Contender contender, String what, List<String> command, Path work, int round,
			PostgreSqlDataset dataset, Measurements<Measurement> measurements)
			throws SQLException, InterruptedException {
		try {
			ChildProcess process = ChildProcess.run(command, work, what, this.timeout);
			Measurement measurement = new Measurement(process, contender.copied(process.output()), SourceReads.NONE,
					dataset.rowsNotEqual());
			measurements.add(contender.name(), round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %s, %s: %.2f s%n", round, what, contender.name(),
					measurement.wall());
		}
		catch (IOException | RuntimeException ex) {
			measurements.addFailure(contender.name(), String.valueOf(ex.getMessage()));
			System.err.printf("%s, %s: FAILED: %s%nIts output is in %s%n", what, contender.name(), ex.getMessage(),
					work);
		}
	}

	private void add(String title, Measurements<Measurement> measurements) {
		this.report.add("");
		this.report.add("| %s | s | × %s | × %s | CPU s | × %2$s | peak RSS MiB | rows not equal |", title, UNNEST,
				PIPE);
		this.report.add("|---|" + "--:|".repeat(7));
		for (String program : measurements.programs()) {
			String failure = measurements.failure(program);
			this.report.add("| %s%s | %s | %s | %s | %s | %s | %s | %s |", program,
					(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "",
					Report.number(measurements.median(program, Measurement::wall)),
					Report.number(measurements.ratio(program, UNNEST, Measurement::wall)),
					Report.number(measurements.ratio(program, PIPE, Measurement::wall)),
					Report.number(measurements.median(program, Measurement::cpu)),
					Report.number(measurements.ratio(program, UNNEST, Measurement::cpu)),
					Report.number(measurements.max(program, Measurement::peakMemory)),
					Report.number(measurements.max(program, Measurement::rowsNotEqual)));
		}
	}

}
