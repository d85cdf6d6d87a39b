package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long short commands of the trained distribution take, from start to end.
 */
final class StartBenchmark {

	private static final String NAME = "start";

	private static final String CONFIGURATION = """
			deltasync:
			  connections.db.url: "%s"
			  links.bench:
			    source: { adapter: jdbc, connection: db, table: source, key: id, delta-column: updated_at }
			    target: { adapter: jdbc, connection: db, table: target, key: id }
			""";

	private final Installation installation;

	private final Path directory;

	private final Report report;

	private final int rounds = Integer.getInteger("benchmark.rounds", 3);

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	StartBenchmark(Path jar, Path directory, Report report) {
		this.installation = Installation.of(jar, directory);
		this.directory = directory.resolve(NAME);
		this.report = report;
	}

	/**
	 * Runs it.
	 * @param only what is wanted
	 */
	void run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return;
		}
		this.installation.install(this.timeout);
		Files.createDirectories(this.directory);
		String url = "jdbc:h2:file:" + this.directory.resolve("data");
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			for (String table : List.of("source", "target")) {
				statement
					.execute("CREATE TABLE \"%s\" (\"id\" INT PRIMARY KEY, \"updated_at\" TIMESTAMP)".formatted(table));
			}
			statement.execute("INSERT INTO \"source\" SELECT x, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, 1000)");
		}
		Files.writeString(this.directory.resolve("application.yaml"), CONFIGURATION.formatted(url));
		Map<String, List<String>> commands = new LinkedHashMap<>();
		commands.put("the JVM alone", List.of(Contender.JAVA, Contender.HEAP, "-version"));
		commands.put("`deltasync --version`", command("--version"));
		commands.put("`deltasync links`", command("links"));
		commands.put("`deltasync run`, finds nothing", command("run", "bench"));
		ChildProcess.run(command("run", "bench"), this.directory, "first", this.timeout);
		this.report.add("");
		this.report.add("## Start");
		this.report.add("");
		this.report.add("From start to end, with JobRepository, source and target in H2. Median of %d.", this.rounds);
		this.report.add("");
		this.report.add("| program | s |");
		this.report.add("|---|--:|");
		for (Map.Entry<String, List<String>> command : commands.entrySet()) {
			this.report.add("| %s | %s |", command.getKey(), Report.number(median(command.getValue())));
		}
	}

	private List<String> command(String... arguments) {
		return Stream.concat(this.installation.launch().stream(), Stream.of(arguments)).toList();
	}

	private double median(List<String> command) throws IOException, InterruptedException {
		double[] seconds = new double[this.rounds];
		for (int round = 0; round < this.rounds; round++) {
			seconds[round] = ChildProcess.run(command, this.directory, "start", this.timeout).wall().toNanos() / 1e9;
		}
		Arrays.sort(seconds);
		return seconds[this.rounds / 2];
	}

}
