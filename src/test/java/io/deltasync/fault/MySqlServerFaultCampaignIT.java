package io.deltasync.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/**
 * MySQL itself is killed, and started again. For that it takes a server of its own:
 * {@value #SERVER} names a program, a directory and a port, separated by spaces.
 * {@code program start directory port} starts the server and prints its JDBC URL,
 * {@code program kill directory} ends it by SIGKILL. Its socket is {@value #SOCKET} in
 * that directory.
 */
class MySqlServerFaultCampaignIT extends MySqlFaultCampaign {

	static final String SERVER = "DELTASYNC_MYSQL_SERVER";

	private static final String SOCKET = "mysql.sock";

	private static final long LONGEST_AWAY_NANOS = TimeUnit.SECONDS.toNanos(5);

	private @Nullable String server;

	@BeforeEach
	void begin() {
		requireServer();
		this.server = start();
		CampaignDatabases databases = new CampaignDatabases(this::url, null);
		for (String database : List.of(CampaignDatabases.JOBS, CampaignDatabases.SOURCE, CampaignDatabases.TARGET)) {
			databases.on("", (jdbc) -> {
				jdbc.execute("DROP DATABASE IF EXISTS deltasync_" + database);
				jdbc.execute("CREATE DATABASE deltasync_%s CHARACTER SET utf8mb4".formatted(database));
			});
		}
	}

	private static void requireServer() {
		if (System.getenv(SERVER) == null) {
			String reason = "needs a MySQL server that it may kill: set %s".formatted(SERVER);
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				Assertions.fail(reason);
			}
			Assumptions.abort(reason);
		}
	}

	@AfterEach
	void end() {
		closeProxies();
		if (this.server != null) {
			kill();
		}
	}

	@Override
	List<Fault> faults() {
		return List.of(Fault.SERVER_IS_KILLED);
	}

	@Override
	String url(String database) {
		String name = database.isEmpty() ? "" : "deltasync_" + database;
		return this.server.replaceFirst("/\\?", "/" + name + "?rewriteBatchedStatements=true&tinyInt1isBit=false&");
	}

	@Override
	void strike(Fault fault, Child child, Random random) {
		kill();
		LockSupport.parkNanos((long) (LONGEST_AWAY_NANOS * random.nextDouble()));
		start();
	}

	private String start() {
		return tell("start").lines().filter((line) -> line.startsWith("jdbc:")).findFirst().orElseThrow();
	}

	/**
	 * Where nobody waits for it, a server that was killed stays a zombie. The next one
	 * would take that for the owner of the socket.
	 */
	private void kill() {
		tell("kill");
		try {
			Files.deleteIfExists(Path.of(System.getenv(SERVER).split(" ")[1], SOCKET + ".lock"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String tell(String verb) {
		String[] words = System.getenv(SERVER).split(" ");
		List<String> command = new ArrayList<>(List.of(words[0], verb, words[1]));
		if (verb.equals("start")) {
			command.add(words[2]);
		}
		try {
			// not by a pipe, which the server would keep open
			Path output = Files.createTempFile(this.directory, verb, ".log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			int exit = process.waitFor();
			String printed = Files.readString(output, StandardCharsets.UTF_8);
			if (exit != 0) {
				throw new IllegalStateException("%s: %d: %s".formatted(command, exit, printed));
			}
			return printed;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
