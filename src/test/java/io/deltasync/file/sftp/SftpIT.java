package io.deltasync.file.sftp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConnectionType;
import io.deltasync.api.Connections;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.file.read.FileSource;
import io.deltasync.file.read.FileSourceOptions;
import io.deltasync.file.store.FileStores;
import io.deltasync.file.write.FileTarget;
import io.deltasync.file.write.FileTargetOptions;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files on a server of Apache MINA SSHD.
 */
class SftpIT {

	private static final Instant RUN = Instant.parse("2026-11-30T12:00:00Z");

	private static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").runTimestamp(RUN).build();

	@TempDir
	private Path directory;

	private Path files;

	private SshServer server;

	private KeyPair hostKey;

	private KeyPair userKey;

	private Map<String, String> settings;

	private SftpPlaces places;

	@BeforeEach
	void start() throws Exception {
		this.files = Files.createDirectories(this.directory.resolve("files/export"));
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(256);
		this.hostKey = generator.generateKeyPair();
		this.userKey = generator.generateKeyPair();
		this.server = SshServer.setUpDefaultServer();
		this.server.setHost("127.0.0.1");
		this.server.setKeyPairProvider(KeyPairProvider.wrap(this.hostKey));
		this.server
			.setPasswordAuthenticator((user, password, session) -> user.equals("reader") && password.equals("secret"));
		this.server
			.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, this.userKey.getPublic()));
		this.server.setFileSystemFactory(new VirtualFileSystemFactory(this.directory.resolve("files")));
		this.server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
		this.server.start();
		this.settings = new HashMap<>(Map.of("url", "sftp://127.0.0.1:%d/export".formatted(this.server.getPort()),
				"username", "reader", "password", "secret", "fingerprint",
				KeyUtils.getFingerPrint(BuiltinDigests.sha256, this.hostKey.getPublic())));
		this.places = new SftpPlaces(new Connections() {

			@Override
			public DataSource get(String name) {
				throw new IllegalArgumentException(name);
			}

			@Override
			public <S> S settings(String name, ConnectionType<S> type) {
				return bind(type.settingsType(), SftpIT.this.settings);
			}

		});
	}

	@AfterEach
	void stop() throws IOException {
		this.places.close();
		this.server.stop(true);
	}

	@Test
	void filesAreReadAndMovedAway() throws Exception {
		write("in/a.csv", "id,name\n1,Ada\n");
		write("in/deep/b.csv", "id,name\n3,Bob\n");
		write("in/c.csv.tmp", "id,name\n9,x\n");

		AdapterRun run = run("path=in/**/*.csv", "key=id", "delta.by=modified", "after.move=done");

		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactly("1", "3");
		assertThat(names()).containsExactly("in/c.csv.tmp", "in/done/a.csv", "in/done/deep/b.csv");
	}

	@Test
	void fileIsWrittenAtOnce() throws Exception {
		try (FileTarget target = target()) {
			target.getBatchSizeLimit(CONTEXT);
			target.pushRecords(CONTEXT, List.of(new RecordInFlight(Map.of("id", 1))));
			assertThat(names()).allMatch((name) -> name.startsWith(".deltasync-orders/"));
			new RunContext().call(() -> {
				target.completeRun(CONTEXT);
				target.completeRun(CONTEXT);
				return true;
			});
			assertThat(target.identity(CONTEXT))
				.isEqualTo("sftp://127.0.0.1:%d/export/orders-{run}.csv".formatted(this.server.getPort()));
		}

		assertThat(names()).containsExactly(".deltasync-orders/20261130T120000000000Z.placed",
				"orders-20261130T120000000000Z.csv");
		assertThat(this.files.resolve("orders-20261130T120000000000Z.csv")).hasContent("id\n1\n");
	}

	@Test
	void privateKeyAndKnownHostsAreUsed() throws Exception {
		Path key = this.directory.resolve("key");
		try (var out = Files.newOutputStream(key)) {
			OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(this.userKey, "test", null, out);
		}
		Path knownHosts = this.directory.resolve("known_hosts");
		Files.writeString(knownHosts, "[127.0.0.1]:%d %s%n".formatted(this.server.getPort(),
				PublicKeyEntry.toString(this.hostKey.getPublic())));
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
		this.server.stop(true);

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
	void missingDirectoryIsAnError() {
		this.settings.compute("url", (name, url) -> url + "/nowhere");

		assertThatExceptionOfType(IOException.class).isThrownBy(this::check)
			.withMessageContaining("There is no directory sftp://127.0.0.1");
	}

	@Test
	void settingsThatCannotBeAreAllReported() {
		SftpSettings wrong = bind(SftpSettings.class, Map.of("url", "ftp://x", "username", " ", "fingerprint", "MD5:1",
				"known-hosts", "/nowhere", "connect-timeout", "0s"));

		assertThat(new SftpConnectionType().problems(wrong)).containsOnlyKeys("url", "username", "password",
				"known-hosts", "fingerprint", "connect-timeout");
	}

	private void check() throws Exception {
		try (FileSource source = source()) {
			source.configure(bind(FileSourceOptions.class, Map.of("path", "*.csv", "connection", "files")));
			source.validate(CONTEXT);
		}
	}

	private void write(String name, String text) throws IOException {
		Path file = this.files.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text, StandardCharsets.UTF_8);
		Files.setLastModifiedTime(file, FileTime.from(RUN.minusSeconds(60)));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> found = Files.walk(this.files)) {
			return found.filter(Files::isRegularFile)
				.map((file) -> this.files.relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	private FileSource source() {
		return new FileSource(new FileStores(this.places), Clock.systemUTC());
	}

	private FileTarget target() {
		FileTarget target = new FileTarget(new FileStores(this.places), Clock.systemUTC());
		target.configure(bind(FileTargetOptions.class, Map.of("path", "orders-{run}.csv", "connection", "files")));
		return target;
	}

	private AdapterRun run(String... options) {
		Map<String, String> values = new HashMap<>(Map.of("connection", "files"));
		for (String option : options) {
			values.put(option.split("=", 2)[0], option.split("=", 2)[1]);
		}
		return AdapterKit.of(this::source).options(bind(FileSourceOptions.class, values)).context(CONTEXT).run();
	}

	private static <T> T bind(Class<T> type, Map<String, String> values) {
		return new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bind("", type)
			.get();
	}

}
