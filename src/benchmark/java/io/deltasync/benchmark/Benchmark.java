package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/**
 * Measures the product beside programs that do the same work, and prints tables of the
 * ratios.
 *
 * <pre>
 * ./mvnw -Pbenchmark verify
 * </pre>
 *
 * The server is the one whose JDBC URL is in the environment as
 * {@code DELTASYNC_MYSQL_URL}; it must be on this machine and its user may create
 * databases. Without it a MariaDB is started for the run. Options, each as
 * {@code -Dbenchmark.NAME=VALUE}: {@code rows} (default 1000000, a multiple of 400),
 * {@code rounds} (default 3), {@code only} (the programs whose names contain one of
 * these, or are one of these where it begins with an equals sign, separated by commas:
 * "plain JDBC", "two-range JDBC" and "text pipe", which run with all that copy rows,
 * "naive Spring Batch", "Apache Camel", "Apache SeaTunnel", "DeltaSync", or a part of its
 * variants such as "distribution", "resident plain JDBC", "resident DeltaSync"; "resident
 * slots"; "start"; "rejects"; "verify"; "scope cost", "scope speed-up", "scope planning",
 * each also with " on H2" behind it; "workers"; "console", "console on H2"; "open pages";
 * "PostgreSQL", for the server whose URL is in {@code DELTASYNC_POSTGRESQL_URL}; "files";
 * "HTTP pages"; "server load"), {@code pastRuns} (default 100000), {@code consoleRuns}
 * (default 1000000), {@code scopes} (how many, separated by commas, default
 * 10000,100000,1000000), {@code slots} (how many runs of a kind, default 20),
 * {@code partitions} (default 10000), {@code slowScopes} (default 10000), {@code pages}
 * (default 1000), {@code httpPages} (default 10000) and {@code timeout} for a single
 * process, in seconds (default 900). The report is also added to
 * {@code target/benchmark/report.md}, so that all may be measured in parts. The exit code
 * is not 0 if a program failed or rows differ. Those of Apache are built by Maven, from
 * {@code src/benchmark/peers}, when they are wanted; their libraries come from its
 * repository.
 */
final class Benchmark {

	private Benchmark() {
	}

	/**
	 * Runs the benchmark.
	 * @param args the build directory, with the runnable jar
	 */
	public static void main(String[] args) throws Exception {
		// the report alone belongs on standard output
		LoggingSystem.get(Benchmark.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		Path build = Path.of(args[0]).toAbsolutePath();
		Path directory = build.resolve("benchmark").resolve("work");
		FileSystemUtils.deleteRecursively(directory);
		Files.createDirectories(directory);
		Path jar = jar(build);
		String wanted = System.getProperty("benchmark.only", "");
		Selection only = Selection.of(wanted);
		Report report = new Report(CopyBenchmark.PLAIN);
		boolean good;
		try (Server server = Server.open()) {
			report.addHeader(wanted, server, Integer.getInteger("benchmark.rounds", 3));
			good = new CopyBenchmark(server, jar, directory, report).run(only);
			good &= new SlotBenchmark(server, jar, directory, report).run(only);
			new StartBenchmark(jar, directory, report).run(only);
			good &= new RejectBenchmark(server, jar, directory, report).run(only);
			good &= new VerifyBenchmark(server, jar, directory, report).run(only);
			good &= new ScopeBenchmark(server, jar, directory, report).run(only);
			good &= new WorkerBenchmark(server, jar, directory, report).run(only);
			good &= new ConsoleBenchmark(server, jar, directory, report).run(only);
			good &= new OpenPagesBenchmark(server, jar, directory, report).run(only);
			good &= new PostgreSqlBenchmark(jar, directory, report).run(only);
			good &= new FileBenchmark(server, jar, directory, report).run(only);
			good &= new HttpBenchmark(jar, directory, report).run(only);
			new ServerLoadBenchmark(server, jar, directory, report).run(only);
		}
		Files.writeString(build.resolve("benchmark").resolve("report.md"), report.toString(), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
		System.out.println(report);
		System.exit(good ? 0 : 1);
	}

	private static Path jar(Path build) throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(build, "deltasync-*-app.jar")) {
			for (Path jar : jars) {
				return jar;
			}
		}
		throw new IllegalStateException("No runnable jar in " + build + ": run ./mvnw package");
	}

}
