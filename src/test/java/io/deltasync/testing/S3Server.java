package io.deltasync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Adobe's S3Mock, a store with the interface of Amazon S3: one per JVM, on a free port,
 * started when the first test asks for it. It has libraries that differ from ours, so it
 * is a process of its own, from a jar that the build copies to {@code target/s3mock}, or
 * from the local Maven repository. It stops, and its data are deleted, when the JVM ends
 * in whatever way: then the pipe to the shell that started it breaks. The environment
 * variables {@code DELTASYNC_S3_URL}, {@code DELTASYNC_S3_ACCESS_KEY} and
 * {@code DELTASYNC_S3_SECRET_KEY} let the tests use another store, such as MinIO.
 */
public final class S3Server {

	private static final String VERSION = "4.12.4";

	private static final String STOPPED_WITH_THIS_PROCESS = """
			directory=$1
			shift
			"$@" >"$directory/log" 2>&1 </dev/null &
			server=$!
			cat >/dev/null || :
			kill -9 $server
			wait $server 2>/dev/null
			rm -rf "$directory"
			""";

	private static final String OTHER = "DELTASYNC_S3_URL";

	private static @Nullable S3Server running;

	private final String url;

	private S3Server(String url) {
		this.url = url;
	}

	/**
	 * Returns the server, starting it if need be. Skips the test where there is none, in
	 * CI it fails.
	 */
	public static synchronized S3Server get() {
		String other = System.getenv(OTHER);
		if (running == null && other != null && !other.isBlank()) {
			running = new S3Server(other);
		}
		if (running == null) {
			try {
				running = start(jar());
			}
			catch (IOException ex) {
				throw new UncheckedIOException("S3Mock did not start", ex);
			}
		}
		return running;
	}

	private static Path jar() {
		String name = "s3mock-%s-exec.jar".formatted(VERSION);
		String repository = System.getProperty("maven.repo.local",
				Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
		Path jar = Stream
			.of(Path.of("target", "s3mock", name),
					Path.of(repository, "com", "adobe", "testing", "s3mock", VERSION, name))
			.filter(Files::isRegularFile)
			.findFirst()
			.orElse(null);
		if (jar == null || !Files.isExecutable(Path.of("/bin/sh"))) {
			String reason = "needs S3Mock: let Maven copy %s to target/s3mock, or set %s to the URL of a store"
				.formatted(name, OTHER);
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				Assertions.fail(reason);
			}
			Assumptions.abort(reason);
		}
		return jar;
	}

	private static S3Server start(Path jar) throws IOException {
		Path directory = Files.createTempDirectory("deltasync-s3mock-");
		int port = freePort();
		Process shell = new ProcessBuilder(List.of("/bin/sh", "-c", STOPPED_WITH_THIS_PROCESS, "sh",
				directory.toString(), Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toAbsolutePath().toString(),
				"--server.address=127.0.0.1", "--server.port=0", "--http.port=" + port,
				"--com.adobe.testing.s3mock.http-port=" + port,
				"--com.adobe.testing.s3mock.store.root=" + directory.resolve("data")))
			.redirectErrorStream(true)
			.start();
		await(port, shell, directory.resolve("log"));
		return new S3Server("http://127.0.0.1:" + port);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void await(int port, Process shell, Path log) throws IOException {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (true) {
			try {
				new Socket("127.0.0.1", port).close();
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() > end || !shell.isAlive()) {
					shell.destroy();
					throw new IOException(Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "no log",
							ex);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			}
		}
	}

	public String url() {
		return this.url;
	}

	/** Returns the ID of an access key, which S3Mock does not check. */
	public String accessKey() {
		return System.getenv().getOrDefault("DELTASYNC_S3_ACCESS_KEY", "reader");
	}

	public String secretKey() {
		return System.getenv().getOrDefault("DELTASYNC_S3_SECRET_KEY", "secret");
	}

}
