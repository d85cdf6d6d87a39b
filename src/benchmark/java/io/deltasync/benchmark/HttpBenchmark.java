package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads the pages of an HTTP API with many lanes, and with a program written by hand that
 * has as many threads. Neither writes the records anywhere.
 */
final class HttpBenchmark {

	private static final String NAME = "HTTP pages";

	private static final String BY_HAND = "HttpClient and Jackson, by hand";

	private static final String PRODUCT = "DeltaSync";

	private static final List<Integer> MILLIS = List.of(0, 100);

	private final Path jar;

	private final Path directory;

	private final Path adapters;

	private final Report report;

	private final int pages = Integer.getInteger("benchmark.httpPages", 10_000);

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Measurements<Measurement> measurements = new Measurements<>();

	HttpBenchmark(Path jar, Path directory, Report report) {
		this.jar = jar;
		this.directory = directory.resolve("http");
		this.adapters = directory.resolve("adapters");
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 * @return whether all records were read
	 */
	boolean run(Selection only) throws IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return true;
		}
		DropIn.create(this.adapters);
		for (int round = 1; round <= this.rounds; round++) {
			for (int millis : MILLIS) {
				try (PagedApi api = new PagedApi(this.pages, millis)) {
					measure(BY_HAND, round, millis,
							List.of(Contender.JAVA, Contender.HEAP, "-classpath", JavaProgram.libraries(),
									PagesByHand.class.getName(), api.url(), String.valueOf(this.pages)));
					measure(PRODUCT, round, millis, product(api));
				}
			}
		}
		addReport();
		return this.measurements
			.areGood((measurement) -> measurement.copied().rows() == this.pages * (long) PagedApi.PAGE);
	}

	private List<String> product(PagedApi api) throws IOException {
		Path configuration = this.directory.resolve("application.yaml");
		Files.createDirectories(this.directory);
		Files.writeString(configuration, """
				deltasync:
				  connections:
				    api: { type: http, url: "%s", allow-private: true }
				  links:
				    %s:
				      source:
				        adapter: http
				        connection: api
				        path: /rows
				        key: id
				        paging: { type: page, page-param: page, size: %d, total: "header:X-Total-Count" }
				      target: { adapter: discarding, table: nothing }
				      lanes: %d
				""".formatted(api.url(), DeltaSyncProgram.LINK, PagedApi.PAGE, ScopeBenchmark.LANES));
		return ScopeProgram.command(this.jar, this.adapters,
				"--spring.config.additional-location=file:" + configuration, "--spring.datasource.url=jdbc:h2:mem:jobs",
				"run", DeltaSyncProgram.LINK, "--json");
	}

	private static String name(String program, int millis) {
		return "%s, pages take %d ms".formatted(program, millis);
	}

	private void measure(String program, int round, int millis, List<String> command)
			throws IOException, InterruptedException {
		String name = name(program, millis);
		Path work = this.directory.resolve(name.replaceAll("\\W+", "-") + "-" + round);
		Files.createDirectories(work);
		try {
			ChildProcess process = ChildProcess.run(command, work, "run", this.timeout);
			Copied copied = program.equals(PRODUCT) ? DeltaSyncProgram.copiedBy(event(process.output()))
					: Copied.parse(process.output());
			Measurement measurement = new Measurement(process, copied, SourceReads.NONE, 0);
			this.measurements.add(name, round, measurement);
			System.err.printf(Locale.ROOT, "round %d, %s: %.2f s%n", round, name, measurement.copy());
		}
		catch (IOException | RuntimeException ex) {
			// the others' figures are worth having all the same
			this.measurements.addFailure(name, String.valueOf(ex.getMessage()));
			System.err.printf("round %d, %s: FAILED: %s%nIts output is in %s%n", round, name, ex.getMessage(), work);
		}
	}

	/** The drop-in writes a line of its own behind it. */
	private static String event(String output) {
		return output.lines().filter((line) -> line.startsWith("{")).findFirst().orElse(output);
	}

	private void addReport() {
		this.report.add("");
		this.report.add("## Pages of an HTTP API");
		this.report.add("");
		this.report.add("%,d pages of %d records by %d lanes or threads, without the start of the process.", this.pages,
				PagedApi.PAGE, ScopeBenchmark.LANES);
		this.report.add("");
		this.report.add("| program | s | throughput × by hand | CPU s | peak RSS MiB | records |");
		this.report.add("|---|" + "--:|".repeat(5));
		for (int millis : MILLIS) {
			Stream.of(BY_HAND, PRODUCT).map((program) -> name(program, millis)).forEach((name) -> {
				String failure = this.measurements.failure(name);
				this.report.add("| %s%s | %s | %s | %s | %s | %,.0f |", name,
						(failure != null) ? " **FAILED: " + Report.cell(failure) + "**" : "",
						Report.number(this.measurements.median(name, Measurement::copy)),
						Report.number(1 / this.measurements.ratio(name, name(BY_HAND, millis), Measurement::copy)),
						Report.number(this.measurements.median(name, Measurement::cpu)),
						Report.number(this.measurements.max(name, Measurement::peakMemory)),
						this.measurements.median(name, (measurement) -> measurement.copied().rows()));
			});
		}
	}

}
