package io.deltasync.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpServer;

/**
 * Loads the same rows from files, from an answer of an HTTP API and from a table.
 */
final class FileBenchmark {

	private static final String NAME = "files";

	private static final String TABLE = "table, one lane";

	private static final String TABLE_IN_LANES = "table, default lanes";

	private static final int FILES = 10;

	private static final String SMALL_HEAP = "-Xmx128m";

	private final Server server;

	private final Installation installation;

	private final Path directory;

	private final Report report;

	private final int rows = Integer.getInteger("benchmark.rows", 1_000_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<Measurement> measurements = new Measurements<>();

	private final Map<String, HeapCurve> curves = new TreeMap<>();

	FileBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.installation = Installation.of(jar, directory);
		this.directory = directory.resolve(NAME);
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all rows were the same afterwards
	 */
	boolean run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		this.installation.install(this.timeout);
		Path one = this.directory.resolve("one");
		Path several = this.directory.resolve("several");
		Path json = this.directory.resolve("rows.json");
		try (Dataset dataset = Dataset.create(this.server, this.rows)) {
			SourceFiles files = new SourceFiles(this.server);
			files.writeCsv(one, this.rows, 1);
			files.writeCsv(several, this.rows, FILES);
			files.writeJson(json, this.rows);
			HttpServer api = serve(json);
			try {
				String url = "http://127.0.0.1:" + api.getAddress().getPort();
				List<Contender> contenders = List.of(table(TABLE, false), table(TABLE_IN_LANES, true),
						file("a CSV file", "path: \"%s/*.csv\"".formatted(one)),
						file(FILES + " CSV files, default lanes", "path: \"%s/*.csv\"".formatted(several)),
						file("a JSON array in a file, " + SMALL_HEAP, "path: \"%s\", format: json".formatted(json)),
						new FileProgram("a JSON array as an answer, " + SMALL_HEAP, launch(SMALL_HEAP), url,
								"adapter: http, connection: api, path: /rows, key: id", target(), true));
				for (int round = 1; round <= this.rounds; round++) {
					for (Contender contender : contenders) {
						measure(contender, round, dataset);
					}
				}
			}
			finally {
				api.stop(0);
			}
		}
		addReport(Files.size(one.resolve("rows-00.csv")), Files.size(json));
		return this.measurements.areGood((measurement) -> measurement.rowsNotEqual() == 0);
	}

	private static HttpServer serve(Path json) throws IOException {
		HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		api.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				boolean head = exchange.getRequestMethod().equals("HEAD");
				exchange.sendResponseHeaders(200, head ? -1 : Files.size(json));
				if (!head) {
					Files.copy(json, exchange.getResponseBody());
				}
			}
		});
		api.start();
		return api;
	}

	private String target() {
		return this.server.url(Dataset.TARGET_DATABASE);
	}

	private List<String> launch(String... options) {
		return this.installation.launch(String.join(" ", options), HeapCurve.OPTION);
	}

	private Contender table(String name, boolean parallel) {
		return new DeltaSyncProgram(name, launch(), this.server.url(Dataset.SOURCE_DATABASE), target(),
				Dataset.TARGET_TABLE, parallel, false, "", "");
	}

	private Contender file(String name, String options) {
		return new FileProgram(name, launch(name.endsWith(SMALL_HEAP) ? SMALL_HEAP : ""), "",
				"adapter: file, key: id, " + options, target(), true);
	}

	private void measure(Contender contender, int round, Dataset dataset)
			throws SQLException, IOException, InterruptedException {
		Path work = this.directory.resolve(contender.name().replaceAll("\\W+", "-") + "-" + round);
		Files.createDirectories(work);
		contender.prepare(work);
		dataset.emptyTarget();
		try {
			ChildProcess process = ChildProcess.run(contender.fullLoad(), work, "run", this.timeout);
			Measurement measurement = new Measurement(process, contender.copied(process.output()), SourceReads.NONE,
					dataset.rowsNotEqual());
			this.measurements.add(contender.name(), round, measurement);
			this.curves.put(contender.name(), HeapCurve.of(work));
			System.err.printf(Locale.ROOT, "round %d, %,d rows, from %s: %.2f s%n", round, this.rows, contender.name(),
					measurement.wall());
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			this.measurements.addFailure(contender.name(), String.valueOf(ex.getMessage()));
			System.err.printf("round %d, from %s: FAILED: %s%nIts output is in %s%n", round, contender.name(),
					ex.getMessage(), work);
		}
	}

	private void addReport(long csv, long json) {
		this.report.add("");
		this.report.add("## Files");
		this.report.add("");
		this.report.add(
				"%,d rows of ten columns from a table, CSV files of together %,d MB and a JSON array of %,d MB"
						+ " into a table. *copy* is the run's time, without the start of the process.",
				this.rows, csv / 1_000_000, json / 1_000_000);
		this.report.add("");
		this.report.add("| source | copy s | rows/s | throughput × table, one lane | × default lanes | CPU s"
				+ " | peak RSS MiB | heap after collections, MiB | rows not equal |");
		this.report.add("|---|" + "--:|".repeat(8));
		for (String name : this.measurements.programs()) {
			String failure = this.measurements.failure(name);
			double copy = this.measurements.median(name, Measurement::copy);
			HeapCurve curve = this.curves.get(name);
			this.report.add("| %s%s | %s | %,.0f | %s | %s | %s | %s | %s | %s |", name,
					(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "", Report.number(copy),
					this.rows / copy, Report.number(1 / this.measurements.ratio(name, TABLE, Measurement::copy)),
					Report.number(1 / this.measurements.ratio(name, TABLE_IN_LANES, Measurement::copy)),
					Report.number(this.measurements.median(name, Measurement::cpu)),
					Report.number(this.measurements.max(name, Measurement::peakMemory)), (curve != null) ? curve : "",
					Report.number(this.measurements.max(name, Measurement::rowsNotEqual)));
		}
	}

}
