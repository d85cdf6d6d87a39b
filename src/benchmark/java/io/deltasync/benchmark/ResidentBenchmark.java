package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.deltasync.benchmark.ResidentContender.Delta;
import io.deltasync.benchmark.ResidentContender.Resident;
import org.jspecify.annotations.Nullable;

/**
 * Deltas of a process that is already there.
 */
final class ResidentBenchmark {

	static final String FIRST = ", first delta";

	static final String WARM = ", warm";

	/** How many deltas in a row. */
	private static final int DELTAS = 6;

	private final Server server;

	private final Path directory;

	private final Duration timeout;

	private final List<ResidentContender> contenders;

	private final Measurements<Measurement> measurements = new Measurements<>();

	/**
	 * Makes the benchmark.
	 * @param server what holds source and target
	 * @param directory where programs keep their output
	 * @param timeout of a load, a start and a delta
	 * @param contenders the programs that are wanted
	 */
	ResidentBenchmark(Server server, Path directory, Duration timeout, List<ResidentContender> contenders) {
		this.server = server;
		this.directory = directory;
		this.timeout = timeout;
		this.contenders = contenders;
	}

	Measurements<Measurement> measurements() {
		return this.measurements;
	}

	/**
	 * Runs it.
	 * @param round the round
	 * @param dataset the rows
	 * @param changed how many of them change before each delta
	 * @param yardstick the delta of a process that is started for it, or null
	 */
	void run(int round, Dataset dataset, int changed, @Nullable Measurement yardstick)
			throws SQLException, InterruptedException {
		for (int delta = 0; delta < DELTAS && yardstick != null && !this.contenders.isEmpty(); delta++) {
			this.measurements.add(CopyBenchmark.PLAIN, key(round, delta), yardstick);
		}
		for (ResidentContender contender : this.contenders) {
			Path work = this.directory.resolve("%s-%d".formatted(contender.name().replaceAll("\\W+", "-"), round));
			try {
				Files.createDirectories(work);
				load(contender.loader(), work, dataset);
				measure(contender, work, round, dataset, changed);
			}
			catch (IOException | RuntimeException ex) {
				// the others' figures are worth having all the same
				this.measurements.addFailure(contender.name() + WARM, String.valueOf(ex.getMessage()));
				System.err.printf("round %d, %s: FAILED: %s%nIts output is in %s%n", round, contender.name(),
						ex.getMessage(), work);
			}
			dataset.restore();
		}
	}

	private void load(Contender loader, Path work, Dataset dataset)
			throws SQLException, IOException, InterruptedException {
		dataset.emptyTarget();
		dataset.forgetJobs();
		loader.prepare(work);
		ChildProcess.run(loader.fullLoad(), work, "full", this.timeout);
	}

	private void measure(ResidentContender contender, Path work, int round, Dataset dataset, int changed)
			throws SQLException, IOException, InterruptedException {
		String since = dataset.now();
		// what comes first is not to have been preceded by a run that finds nothing
		dataset.change(changed);
		try (Resident resident = contender.start(work, this.timeout)) {
			for (int delta = 0; delta < DELTAS; delta++) {
				if (delta > 0) {
					since = dataset.now();
					dataset.change(changed);
				}
				SourceReads before = SourceReads.now(this.server);
				Delta copied = resident.copy(since);
				SourceReads reads = SourceReads.now(this.server).minus(before);
				Measurement measurement = new Measurement(copied.cost(), copied.copied(), reads,
						dataset.rowsNotEqual());
				this.measurements.add(contender.name() + ((delta == 0) ? FIRST : WARM), key(round, delta), measurement);
				System.err.printf(Locale.ROOT, "round %d, %,d rows, %s, delta %d: %.2f s%n", round, dataset.rows(),
						contender.name(), delta + 1, measurement.wall());
			}
		}
	}

	private static int key(int round, int delta) {
		return round * DELTAS + delta;
	}

}
