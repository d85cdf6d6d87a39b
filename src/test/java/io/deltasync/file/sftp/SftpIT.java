package io.deltasync.file.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.Interruptions;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.file.read.FileSource;
import io.deltasync.file.read.FileSourceOptions;
import io.deltasync.file.store.FileStores;
import io.deltasync.testing.SettingsOfTests;
import io.deltasync.testing.SftpServer;
import io.deltasync.testing.TcpProxy;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Files on a server of Apache MINA SSHD.
 */
class SftpIT {

	private static final Instant RUN = Instant.parse("2026-11-30T12:00:00Z");

	private static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").runTimestamp(RUN).build();

	@TempDir
	private Path directory;

	private Path files;

	private SftpServer server;

	private Map<String, String> settings;

	private SftpPlaces places;

	@BeforeEach
	void start() throws Exception {
		this.files = Files.createDirectories(this.directory.resolve("files/export"));
		this.server = SftpServer.start(this.directory.resolve("files"));
		this.settings = this.server.settings();
		this.places = new SftpPlaces(SettingsOfTests.connections("sftp", this.settings));
	}

	@AfterEach
	void stop() throws IOException {
		this.places.close();
		this.server.close();
	}

	@Test
	void privateKeyAndKnownHostsAreUsed() throws Exception {
		Path key = this.directory.resolve("key");
		try (var out = Files.newOutputStream(key)) {
			OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(this.server.userKey(), "test", null, out);
		}
		Path knownHosts = this.directory.resolve("known_hosts");
		Files.writeString(knownHosts, "[127.0.0.1]:%d %s%n".formatted(this.server.port(),
				PublicKeyEntry.toString(this.server.hostKey().getPublic())));
		this.settings.keySet().removeAll(List.of("password", "fingerprint"));
		this.settings.put("private-key", key.toString());
		this.settings.put("known-hosts", knownHosts.toString());
		write("a.csv", "id\n1\n");

		assertThat(run("path=*.csv").records()).hasSize(1);
	}

	@Test
	void unknownServerIsRefused() throws Exception {
		String right = this.settings.put("fingerprint", "SHA256:abc");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(this::check)
			.withMessageContainingAll("is not known: its fingerprint is " + right, "add the key to known-hosts");

		this.settings.remove("fingerprint");
		this.settings.put("known-hosts", Files.createFile(this.directory.resolve("empty")).toString());
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(this::check)
			.withMessageContaining("is not known: its fingerprint is " + right);
	}

	@Test
	void wrongPasswordIsReportedWithoutIt() {
		this.settings.put("password", "wrong");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(this::check)
			.withMessageMatching("sftp://127.0.0.1:\\d+/export refuses the user reader");
	}

	@Test
	void serverThatIsAwayIsAnOutage() throws Exception {
		this.server.close();

		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::check)
			.withMessageContaining("is not available");
	}

	@Test
	void serverThatDoesNotAnswerEndsTheWait() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			this.settings.put("url", "sftp://127.0.0.1:%d/export".formatted(silent.getLocalPort()));
			this.settings.put("connect-timeout", "300ms");
			Instant start = Instant.now();

			assertThatExceptionOfType(IOException.class).isThrownBy(this::check);
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
		}
	}

	@Test
	void stopEndsAReadThatWaitsForAServerThatStandsStill() throws Exception {
		write("a.csv", "id,text\n" + "1,%s\n".formatted("x".repeat(1000)).repeat(5000));
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress("127.0.0.1", this.server.port()))) {
			this.settings.put("url", "sftp://127.0.0.1:%d/export".formatted(proxy.port()));
			this.settings.put("read-timeout", "10m");
			proxy.freezeAfter(1_000_000);
			Interruptions interruptions = new Interruptions();
			CompletableFuture<Throwable> reading = CompletableFuture
				.supplyAsync(() -> catchThrowable(() -> interruptions.call(this::readAll)));
			proxy.awaitFrozen();

			interruptions.endAll();

			assertThat(reading.get(1, TimeUnit.MINUTES)).isInstanceOfAny(IOException.class, UncheckedIOException.class);
			assertThat(interruptions.wereInterrupted()).isTrue();
		}
	}

	private long readAll() throws Exception {
		try (FileSource source = source()) {
			source.configure(
					SettingsOfTests.bind(FileSourceOptions.class, Map.of("path", "*.csv", "connection", "files")));
			FetchStrategy.Scopes plan = (FetchStrategy.Scopes) new RunContext().call(() -> source.planFetch(CONTEXT));
			long count = 0;
			for (RecordInFlight record : source.fetchRecords(CONTEXT, plan.scopes().get(0))) {
				count += record.get("id").toString().length();
			}
			return count;
		}
	}

	@Test
	void missingDirectoryIsAnError() {
		this.settings.compute("url", (name, url) -> url + "/nowhere");

		assertThatExceptionOfType(IOException.class).isThrownBy(this::check)
			.withMessageContaining("There is no directory sftp://127.0.0.1");
	}

	@Test
	void settingsThatCannotBeAreAllReported() {
		SftpSettings wrong = SettingsOfTests.bind(SftpSettings.class, Map.of("url", "ftp://x", "username", " ",
				"fingerprint", "MD5:1", "known-hosts", "/nowhere", "connect-timeout", "0s"));

		assertThat(new SftpConnectionType().problems(wrong)).containsOnlyKeys("url", "username", "password",
				"known-hosts", "fingerprint", "connect-timeout");
	}

	private void check() throws Exception {
		try (FileSource source = source()) {
			source.configure(
					SettingsOfTests.bind(FileSourceOptions.class, Map.of("path", "*.csv", "connection", "files")));
			source.validate(CONTEXT);
		}
	}

	private void write(String name, String text) throws IOException {
		Path file = this.files.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text, StandardCharsets.UTF_8);
		Files.setLastModifiedTime(file, FileTime.from(RUN.minusSeconds(60)));
	}

	private FileSource source() {
		return new FileSource(new FileStores(List.of(this.places)), Clock.systemUTC());
	}

	private AdapterRun run(String... options) {
		Map<String, String> values = new HashMap<>(Map.of("connection", "files"));
		for (String option : options) {
			values.put(option.split("=", 2)[0], option.split("=", 2)[1]);
		}
		return AdapterKit.of(this::source)
			.options(SettingsOfTests.bind(FileSourceOptions.class, values))
			.context(CONTEXT)
			.run();
	}

}
