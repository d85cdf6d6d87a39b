package io.deltasync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that makes a REST API of a JSON file: it pages, filters and sorts. Needs Node
 * and npm, which installs it once. A test that needs it is skipped where they are
 * missing, in CI it fails.
 */
public final class JsonServer implements AutoCloseable {

	private static final String VERSION = "0.17.4";

	private static final Path HOME = Path.of("target/json-server").toAbsolutePath();

	private final Process process;

	private final int port;

	private JsonServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server.
	 * @param directory for its files
	 * @param json an object with a list of records for each path
	 */
	public static JsonServer start(Path directory, String json) throws IOException, InterruptedException {
		install();
		Path data = directory.resolve("db.json");
		Files.writeString(data, json);
		int port = freePort();
		Process process = new ProcessBuilder("node", HOME.resolve("node_modules/json-server/lib/cli/bin.js").toString(),
				"--host", "127.0.0.1", "--port", String.valueOf(port), "--quiet", data.toString())
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("json-server.log").toFile())
			.start();
		JsonServer server = new JsonServer(process, port);
		server.await(directory);
		return server;
	}

	private static synchronized void install() throws InterruptedException {
		if (Files.exists(HOME.resolve("node_modules/json-server/package.json"))) {
			return;
		}
		try {
			Files.createDirectories(HOME);
			Process npm = new ProcessBuilder("npm", "install", "--prefix", HOME.toString(), "--no-audit", "--no-fund",
					"json-server@" + VERSION)
				.redirectErrorStream(true)
				.redirectOutput(HOME.resolve("npm.log").toFile())
				.start();
			if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
				npm.destroyForcibly();
				missing("npm cannot install json-server, see " + HOME.resolve("npm.log"));
			}
		}
		catch (IOException ex) {
			missing("needs Node and npm: " + ex.getMessage());
		}
	}

	private static void missing(String reason) {
		if (Boolean.parseBoolean(System.getenv("CI"))) {
			Assertions.fail(reason);
		}
		Assumptions.abort(reason);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private void await(Path directory) throws IOException {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (true) {
			try (Socket socket = new Socket("127.0.0.1", this.port)) {
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() > end || !this.process.isAlive()) {
					throw new UncheckedIOException(
							"json-server did not start: " + Files.readAllLines(directory.resolve("json-server.log")),
							ex);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			}
		}
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
