package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the server of the JobRepository has to do for runs, for scopes, and for a process
 * that serves many Links. Source and target are elsewhere, and nothing else may use the
 * server meanwhile.
 */
final class ServerLoadBenchmark {

	private static final String NAME = "server load";

	private static final int RUNS = 5;

	private static final int FEW_SCOPES = 100_000;

	private static final int MANY_SCOPES = 200_000;

	private static final int MANY_LINKS = 1_000;

	private static final int OFTEN = 4;

	private static final int SECONDS = 30;

	private final Duration timeout = Duration.ofSeconds(Integer.getInteger("benchmark.timeout", 900));

	private final Server server;

	private final Path jar;

	private final Path work;

	private final Path adapters;

	private final Report report;

	private final ScopeDatabase database;

	private final ScopeDatabase target;

	ServerLoadBenchmark(Server server, Path jar, Path directory, Report report) {
		this.server = server;
		this.jar = jar;
		this.work = directory.resolve("server-load");
		this.adapters = directory.resolve("adapters");
		this.report = report;
		this.database = new ScopeDatabase(this.work, server);
		this.target = new ScopeDatabase(this.work, null);
	}

	/**
	 * Runs it, once: counts do not vary as times do.
	 * @param only what is wanted
	 */
	void run(Selection only) throws SQLException, IOException, InterruptedException {
		if (!only.includes(NAME)) {
			return;
		}
		Files.createDirectories(this.work);
		DropIn.create(this.adapters);
		this.database.create();
		this.target.create();
		try {
			configure("", MANY_LINKS - 3);
			program("run", "nothing");
			this.report.add("");
			this.report.add("## What the JobRepository's server sees");
			this.report.add("");
			this.report.add("Counted by the server itself, while source and target are elsewhere. *Kept* is how much"
					+ " the tables grew.");
			this.report.add("");
			this.report.add("| what | statements | commits | rows read | rows written | redo log KiB | kept KiB |");
			this.report.add("|---|" + "--:|".repeat(6));
			measure("a run that finds nothing, start of its process included", () -> {
				for (int run = 0; run < RUNS; run++) {
					program("run", "nothing");
				}
				return RUNS;
			});
			measure("a run of %,d scopes".formatted(FEW_SCOPES), () -> program("run", "few", "--full"));
			measure("a run of %,d scopes".formatted(MANY_SCOPES), () -> program("run", "many", "--full"));
			measure("`metrics` of %,d Links, start of its process included".formatted(MANY_LINKS),
					() -> program("metrics"));
			try (ResidentProcess serve = serve()) {
				measure("a second of `serve` with %,d Links".formatted(MANY_LINKS), () -> {
					Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
					return SECONDS;
				});
			}
			configure("      schedule: \"* * * * * *\"\n", OFTEN);
			try (ResidentProcess serve = serve()) {
				measure("a run that finds nothing, by `serve`, %d at most in a second".formatted(OFTEN), () -> {
					int before = runs();
					Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
					return runs() - before;
				});
			}
		}
		finally {
			this.database.drop();
		}
	}

	private ResidentProcess serve() throws IOException, InterruptedException {
		return ResidentProcess.start(command("serve"), this.work, "serve", "Serves Links", this.timeout);
	}

	private int runs() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.jobsUrl());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")) {
			row.next();
			return row.getInt(1);
		}
	}

	private void measure(String what, Work work) throws SQLException, IOException, InterruptedException {
		double kept = kept();
		ServerStatus before = ServerStatus.of(this.server);
		int times = work.run();
		ServerStatus seen = ServerStatus.of(this.server).since(before);
		this.report.add("| %s | %s | %s | %s | %s | %s | %s |", what, each(seen.statements(), times),
				each(seen.commits(), times), each(seen.reads(), times), each(seen.writes(), times),
				each(seen.log() / 1024, times), each((long) ((kept() - kept) / 1024), times));
	}

	private static String each(long count, int times) {
		return (times == 1) ? "%,d".formatted(count) : "%,.1f".formatted((double) count / times);
	}

	private long kept() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.jobsUrl());
				Statement statement = connection.createStatement()) {
			List<String> tables = tables(statement);
			statement.execute("ANALYZE TABLE " + String.join(", ", tables));
			statement.execute("SET SESSION information_schema_stats_expiry = 0");
			try (ResultSet row = statement.executeQuery("SELECT SUM(DATA_LENGTH + INDEX_LENGTH)"
					+ " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	private static List<String> tables(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
			Stream.Builder<String> tables = Stream.builder();
			while (rows.next()) {
				tables.add(rows.getString(1));
			}
			return tables.build().toList();
		}
	}

	private int program(String... command) throws IOException, InterruptedException {
		ChildProcess.run(command(command), this.work, String.join("-", command), this.timeout);
		return 1;
	}

	private List<String> command(String... arguments) {
		return ScopeProgram.command(this.jar, this.adapters, arguments);
	}

	/**
	 * Configures Links.
	 * @param more what the idle ones have beside the rest
	 * @param idle how many there are
	 */
	private void configure(String more, int idle) throws IOException {
		String links = IntStream.range(0, idle)
			.mapToObj((number) -> link("idle" + number, 0, 0) + more)
			.collect(Collectors.joining());
		Files.writeString(this.work.resolve("application.yaml"), this.database.configuration() + """
				server.port: 0
				deltasync:
				  connections:
				    dst: { url: "%s", username: "%s" }
				  links:
				%s%s%s%s""".formatted(this.target.targetUrl(), this.target.user(), link("nothing", 0, 0),
				link("few", FEW_SCOPES, FEW_SCOPES), link("many", MANY_SCOPES, MANY_SCOPES), links));
	}

	private static String link(String name, int records, int scopes) {
		return """
				    %s:
				      source: { adapter: inMemory, table: records, records: %d, scopes: %d, fetch-millis: 0 }
				      target: { adapter: jdbc, connection: dst, table: %s }
				      parallel: true
				""".formatted(name, records, scopes, ScopeDatabase.TABLE);
	}

	/** What is counted. */
	private interface Work {

		/** Returns how many times it did what is counted. */
		int run() throws SQLException, IOException, InterruptedException;

	}

}
