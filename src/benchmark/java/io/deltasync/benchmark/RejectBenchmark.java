package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What records that the target refuses cost the others: the same rows into a table that
 * takes all, and into one that refuses one in a thousand.
 */
final class RejectBenchmark {

	private static final String NAME = "rejects";

	private static final String CLEAN = "takes all";

	private static final String STRICT = "refuses 0.1 %";

	/** The product's exit code of a run that is completed, but not successful. */
	private static final int NOT_SUCCESSFUL = 3;

	private final Server server;

	private final Installation installation;

	private final Path directory;

	private final Report report;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<Measurement> measurements = new Measurements<>();

	RejectBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.installation = Installation.of(jar, directory);
		this.directory = directory;
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether exactly the rows that are refused are missing
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		this.installation.install(this.timeout);
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			for (int round = 1; round <= this.rounds; round++) {
				dataset.emptyTarget();
				measure(CLEAN, round, dataset, Dataset.TARGET_TABLE, 0);
				measure(STRICT, round, dataset, Dataset.STRICT_TABLE, this.rows / Dataset.REFUSED);
			}
		}
		addReport();
		return this.measurements.areGood((measurement) -> measurement.rowsNotEqual() == 0);
	}

	private void measure(String name, int round, Dataset dataset, String table, int refused)
			throws SQLException, IOException, InterruptedException {
		Path work = this.directory.resolve(NAME + "-" + table + "-" + round);
		Files.createDirectories(work);
		DeltaSyncProgram program = new DeltaSyncProgram(name, this.installation.launch(),
				this.server.url(Dataset.SOURCE_DATABASE), this.server.url(Dataset.TARGET_DATABASE), table, true, false,
				"", "");
		program.prepare(work);
		try {
			ChildProcess process = ChildProcess.run(program.fullLoad(), work, "run", this.timeout,
					(refused > 0) ? NOT_SUCCESSFUL : 0);
			long failed = DeltaSyncProgram.event(process.output()).required("records").required("failed").asLong();
			if (failed != refused) {
				throw new IOException(failed + " records failed, not " + refused);
			}
			long notEqual = dataset.rowsNotEqual(Dataset.TARGET_DATABASE + "." + table) - refused;
			Measurement measurement = new Measurement(process, program.copied(process.output()), SourceReads.NONE,
					notEqual);
			this.measurements.add(name, round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %,d rows, target %s: %.2f s%n", round, this.rows, name,
					measurement.wall());
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			this.measurements.addFailure(name, String.valueOf(ex.getMessage()));
			System.err.printf("round %d, target %s: FAILED: %s%nIts output is in %s%n", round, name, ex.getMessage(),
					work);
		}
	}

	private void addReport() {
		this.report.add("");
		this.report.add("## What rejects cost");
		this.report.add("");
		this.report.add("%,d rows with the default lanes into a table that takes all of them, and into one that refuses"
				+ " one in a thousand, evenly spread. *copy* is the run's time, without the start of the process.",
				this.rows);
		this.report.add("");
		this.report.add("| target | copy median s | rows/s | throughput | rows written | CPU s |");
		this.report.add("|---|--:|--:|--:|--:|--:|");
		for (String name : this.measurements.programs()) {
			String failure = this.measurements.failure(name);
			double copy = this.measurements.median(name, Measurement::copy);
			this.report.add("| %s%s | %s | %,.0f | %s %% | %,.0f | %s |", name,
					(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "", Report.number(copy),
					this.rows / copy, Report.number(100 / this.measurements.ratio(name, CLEAN, Measurement::copy)),
					this.measurements.median(name, (measurement) -> measurement.copied().rows()),
					Report.number(this.measurements.median(name, Measurement::cpu)));
		}
	}

}
