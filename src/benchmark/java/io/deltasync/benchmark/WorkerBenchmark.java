package io.deltasync.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a second worker process brings where scopes take long to fetch.
 */
final class WorkerBenchmark {

	private static final String NAME = "workers";

	private static final String ONE = "one";

	private static final String TWO = "two";

	/** How many lanes a worker carries out at a time. */
	private static final int CONCURRENCY = 16;

	private static final int WARM_SCOPES = 2_000;

	private final int scopes = Integer.getInteger("benchmark.slowScopes", 10_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Server server;

	private final Path jar;

	private final Path directory;

	private final Path adapters;

	private final Report report;

	private final Measurements<ScopeMeasurement> measurements = new Measurements<>();

	WorkerBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.jar = jar;
		this.directory = directory;
		this.adapters = directory.resolve("adapters");
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all records were delivered
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		DropIn.create(this.adapters);
		for (int round = 1; round <= this.rounds; round++) {
			Path work = this.directory.resolve(NAME + "-" + round);
			Files.createDirectories(work);
			ScopeDatabase database = new ScopeDatabase(work, this.server);
			try {
				measure(round, work, database);
			}
			finally {
				database.drop();
			}
		}
		addReport();
		return this.measurements.areGood((measurement) -> true);
	}

	private void measure(int round, Path work, ScopeDatabase database)
			throws SQLException, IOException, InterruptedException {
		int port = freePort();
		database.create();
		configure(work, database, port);
		try (ResidentProcess broker = ResidentProcess.start(List.of(Contender.JAVA, "-classpath",
				System.getProperty("java.class.path"), Broker.class.getName(), work.toString(), String.valueOf(port)),
				work, "broker", Broker.READY, this.timeout); ResidentProcess first = worker(work, ONE)) {
			measure(ONE, round, work, database);
			try (ResidentProcess second = worker(work, TWO)) {
				measure(TWO, round, work, database);
			}
		}
	}

	private ResidentProcess worker(Path work, String name) throws IOException, InterruptedException {
		return ResidentProcess.start(command("worker"), work, "worker-" + name, "Takes lanes of", this.timeout);
	}

	/** Workers are resident, so what is measured is not their first run. */
	private void measure(String workers, int round, Path work, ScopeDatabase database)
			throws SQLException, IOException, InterruptedException {
		try {
			ChildProcess.run(command("run", "warm", "--full", "--json"), work, "warm-" + workers, this.timeout);
			database.empty();
			ChildProcess process = ChildProcess.run(command("run", "bench", "--full", "--json"), work, "run-" + workers,
					this.timeout);
			long notEqual = database.recordsNotEqual(database.targetUrl(), this.scopes);
			if (notEqual > 0) {
				throw new IOException(notEqual + " records are missing or too many");
			}
			ScopeMeasurement measurement = new ScopeMeasurement(process, ScopeRun.ofProduct(process.output()));
			this.measurements.add(workers, round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %s worker(s): %.2f s%n", round, workers, measurement.time());
		}
		catch (IOException | RuntimeException ex) {
			this.measurements.addFailure(workers, String.valueOf(ex.getMessage()));
			System.err.printf("round %d, %s worker(s): FAILED: %s%nIts output is in %s%n", round, workers,
					ex.getMessage(), work);
		}
	}

	private List<String> command(String... arguments) {
		return ScopeProgram.command(this.jar, this.adapters, arguments);
	}

	private void configure(Path work, ScopeDatabase database, int port) throws IOException {
		Files.writeString(work.resolve("application.yaml"), database.configuration() + """
				deltasync:
				  workers: remote
				  remote: { broker-url: "%s", concurrency: %d }
				  connections:
				    dst: { url: "%s", username: "%s" }
				  links:
				%s%s""".formatted(Broker.url(port), CONCURRENCY, database.targetUrl(), database.user(),
				link("warm", WARM_SCOPES), link("bench", this.scopes)));
	}

	private static String link(String name, int scopes) {
		return """
				    %s:
				      source: { adapter: inMemory, table: records, records: %d, scopes: %d, fetch-millis: %d }
				      target: { adapter: jdbc, connection: dst, table: %s }
				      parallel: true
				      lanes: %d
				""".formatted(name, scopes, scopes, ScopeBenchmark.FETCH_MILLIS, ScopeDatabase.TABLE, 2 * CONCURRENCY);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void addReport() {
		this.report.add("");
		this.report.add("## What a second worker brings");
		this.report.add("");
		this.report.add("%,d scopes of one record that take %d ms each to fetch, by worker processes of %d lanes each."
				+ " *run* is from the run's start to its end, planning and the way through the broker included.",
				this.scopes, ScopeBenchmark.FETCH_MILLIS, CONCURRENCY);
		this.report.add("");
		this.report.add("| workers | run median s | scopes/s | × one |");
		this.report.add("|---|--:|--:|--:|");
		for (String workers : this.measurements.programs()) {
			String failure = this.measurements.failure(workers);
			double run = this.measurements.median(workers, ScopeMeasurement::time);
			this.report.add("| %s%s | %s | %,.0f | %s |", workers,
					(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "", Report.number(run),
					this.scopes / run, Report.number(this.measurements.ratio(ONE, workers, ScopeMeasurement::time)));
		}
	}

}
