package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a verification costs: the same rows are loaded, verified, and compared by a
 * program written by hand.
 */
final class VerifyBenchmark {

	private static final String NAME = "verify";

	private static final String COMPILED = "verify, with all compilers";

	private static final String LOAD = "full load";

	private static final String PLAIN = "plain JDBC, two ordered queries merged";

	private final Server server;

	private final Installation installation;

	private final Path directory;

	private final Report report;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<Measurement> measurements = new Measurements<>();

	VerifyBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.installation = Installation.of(jar, directory);
		this.directory = directory;
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all programs compared all rows
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		JavaProgram plain = new JavaProgram(PLAIN, PlainJdbcComparison.class, JavaProgram.drivers(),
				this.server.url(Dataset.SOURCE_DATABASE), false);
		DeltaSyncProgram program = program(this.installation.launch());
		DeltaSyncProgram compiled = program(this.installation.launch("-XX:TieredStopAtLevel=4"));
		this.installation.install(this.timeout);
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			for (int round = 1; round <= this.rounds; round++) {
				Path work = this.directory.resolve(NAME + "-" + round);
				Files.createDirectories(work);
				dataset.emptyTarget();
				program.prepare(work);
				measure(LOAD, round, program.fullLoad(), program, work, dataset);
				measure(NAME, round, program.verify(), program, work, dataset);
				measure(COMPILED, round, compiled.verify(), compiled, work, dataset);
				measure(PLAIN, round, plain.fullLoad(), plain, work, dataset);
			}
		}
		addReport();
		return this.measurements.areGood((measurement) -> measurement.copied().rows() == this.rows);
	}

	private DeltaSyncProgram program(List<String> launch) {
		return new DeltaSyncProgram(LOAD, launch, this.server.url(Dataset.SOURCE_DATABASE),
				this.server.url(Dataset.TARGET_DATABASE), Dataset.TARGET_TABLE, true, false, "", "");
	}

	private void measure(String name, int round, List<String> command, Contender contender, Path work, Dataset dataset)
			throws SQLException, InterruptedException {
		try {
			ChildProcess process = ChildProcess.run(command, work, name.replaceAll("\\W+", "-"), this.timeout);
			Measurement measurement = new Measurement(process, contender.copied(process.output()), SourceReads.NONE,
					dataset.rowsNotEqual());
			this.measurements.add(name, round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %,d rows, %s: %.2f s%n", round, this.rows, name,
					measurement.wall());
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			this.measurements.addFailure(name, String.valueOf(ex.getMessage()));
			System.err.printf("round %d, %s: FAILED: %s%nIts output is in %s%n", round, name, ex.getMessage(), work);
		}
	}

	private void addReport() {
		this.report.add("");
		this.report.add("## What a verification costs");
		this.report.add("");
		this.report
			.add("%,d rows that are the same on both sides. *time* is without the start of the process, *CPU* with"
					+ " it.", this.rows);
		this.report.add("");
		this.report.add("| program | time median s | rows/s | CPU s | CPU, of a full load | peak memory MiB |");
		this.report.add("|---|--:|--:|--:|--:|--:|");
		for (String name : this.measurements.programs()) {
			String failure = this.measurements.failure(name);
			double time = this.measurements.median(name, Measurement::copy);
			this.report.add("| %s%s | %s | %,.0f | %s | %s | %,.0f |", name,
					(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "", Report.number(time),
					this.rows / time, Report.number(this.measurements.median(name, Measurement::cpu)),
					Report.number(this.measurements.ratio(name, LOAD, Measurement::cpu)),
					this.measurements.median(name, Measurement::peakMemory));
		}
	}

}
