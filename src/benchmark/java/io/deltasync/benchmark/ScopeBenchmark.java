package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What scopes cost the engine: in time, in memory while they are planned, and in what is
 * lost of the speed-up that lanes could bring.
 */
final class ScopeBenchmark {

	static final int LANES = 64;

	static final int FETCH_MILLIS = 50;

	/** As good as none, but enough for lanes to share. */
	static final int FEW_SCOPES = 64;

	private static final String COST = "scope cost";

	private static final String SPEED_UP = "scope speed-up";

	private static final String PLANNING = "scope planning";

	private final List<Integer> scopes = Stream
		.of(System.getProperty("benchmark.scopes", "10000,100000,1000000").split(","))
		.map(Integer::valueOf)
		.toList();

	private final int partitions = Integer.getInteger("benchmark.partitions", 10_000);

	private final int slowScopes = Integer.getInteger("benchmark.slowScopes", 10_000);

	private final int pages = Integer.getInteger("benchmark.pages", 1_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Server server;

	private final Path jar;

	private final Path directory;

	private final Path adapters;

	private final ScopeReport report;

	private final Measurements<ScopeMeasurement> measurements = new Measurements<>();

	/**
	 * Makes the benchmark.
	 * @param server what holds jobs and target, beside H2
	 * @param jar the product
	 * @param directory where programs keep their output and H2's files
	 * @param report what the tables are added to
	 */
	ScopeBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.jar = jar;
		this.directory = directory;
		this.adapters = directory.resolve("adapters");
		this.report = new ScopeReport(report, this.measurements);
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all programs did what they should
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		DropIn.create(this.adapters);
		Map<String, @Nullable Server> databases = new LinkedHashMap<>();
		databases.put("H2", null);
		databases.put(this.server.product(), this.server);
		List<String> costs = wanted(COST, databases, only);
		List<String> speedUps = wanted(SPEED_UP, databases, only);
		List<String> plannings = wanted(PLANNING, databases, only);
		for (int round = 1; round <= this.rounds; round++) {
			for (String database : costs) {
				measureCost(database, databases.get(database), round);
			}
			for (String database : speedUps) {
				measure(ScopeReport.speedUp(database),
						product("inMemory", this.slowScopes, this.slowScopes, FETCH_MILLIS, LANES),
						databases.get(database), round);
			}
		}
		for (String database : plannings) {
			int records = this.pages * InMemoryPages.PAGE;
			measure(ScopeReport.planning(database), product("inMemoryPages", records, records, 0, 0),
					databases.get(database), 1);
		}
		if (!costs.isEmpty()) {
			this.report.addCosts(costs, this.scopes, this.partitions);
		}
		if (!speedUps.isEmpty()) {
			this.report.addSpeedUps(speedUps, this.slowScopes);
		}
		if (!plannings.isEmpty()) {
			this.report.addPlannings(plannings, this.pages);
		}
		return this.measurements.areGood((measurement) -> true);
	}

	private static List<String> wanted(String group, Map<String, @Nullable Server> databases, Selection only) {
		return databases.keySet().stream().filter((database) -> only.includes(group + " on " + database)).toList();
	}

	private void measureCost(String database, @Nullable Server server, int round)
			throws SQLException, IOException, InterruptedException {
		for (int count : this.scopes) {
			measure(ScopeReport.immediate(database, count), product("inMemory", count, 0, 0, 1), server, round);
			measure(ScopeReport.oneLane(database, count), product("inMemory", count, count, 0, 1), server, round);
			measure(ScopeReport.few(database, count), product("inMemory", count, FEW_SCOPES, 0, 0), server, round);
			measure(ScopeReport.lanes(database, count), product("inMemory", count, count, 0, 0), server, round);
		}
		if (this.partitions > 0) {
			measure(ScopeReport.partitions(database),
					new PartitionProgram(this.partitions, 2 * Runtime.getRuntime().availableProcessors()), server,
					round);
		}
	}

	private ScopeProgram product(String adapter, int records, int count, int fetchMillis, int lanes) {
		return new ScopeProgram(this.jar, this.adapters, adapter, records, count, fetchMillis, lanes);
	}

	private void measure(String name, ScopeContender contender, @Nullable Server server, int round)
			throws SQLException, IOException, InterruptedException {
		Path work = this.directory.resolve(name.replaceAll("\\W+", "-") + "-" + round);
		Files.createDirectories(work);
		ScopeDatabase database = new ScopeDatabase(work, server);
		contender.prepare(work, database);
		try {
			ChildProcess process = ChildProcess.run(contender.command(database), work, "run", this.timeout);
			ScopeMeasurement measurement = new ScopeMeasurement(process, contender.parse(process.output()));
			long notEqual = contender.recordsNotEqual(database);
			if (notEqual > 0) {
				throw new IOException(notEqual + " records are missing or too many");
			}
			this.measurements.add(name, round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %s: %.2f s%n", round, name, measurement.wall());
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			this.measurements.addFailure(name, String.valueOf(ex.getMessage()));
			System.err.printf("round %d, %s: FAILED: %s%nIts output is in %s%n", round, name, ex.getMessage(), work);
		}
		finally {
			database.drop();
		}
	}

}
