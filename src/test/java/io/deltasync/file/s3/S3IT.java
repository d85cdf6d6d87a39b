package io.deltasync.file.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.Interruptions;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.file.read.FileSource;
import io.deltasync.file.read.FileSourceOptions;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.FileStores;
import io.deltasync.file.store.StoredFile;
import io.deltasync.file.write.FileTarget;
import io.deltasync.file.write.FileTargetOptions;
import io.deltasync.testing.SettingsOfTests;
import io.deltasync.testing.TcpProxy;
import io.deltasync.testing.TestBucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is special about files in an object store, tried with S3Mock.
 */
class S3IT {

	private static final int MEGABYTE = 1 << 20;

	private static final Instant RUN = Instant.parse("2026-11-30T12:00:00Z");

	private static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").runTimestamp(RUN).build();

	private TestBucket bucket;

	private Map<String, String> settings;

	private S3Places places;

	private FileStore store;

	@BeforeEach
	void open() throws IOException {
		this.bucket = TestBucket.create();
		this.settings = this.bucket.settings();
		this.settings.put("part-size", "5MB");
		this.places = places();
		this.store = this.places.open("lake", "");
	}

	private S3Places places() {
		return new S3Places(SettingsOfTests.connections("s3", this.settings), (name) -> {
			throw new IllegalArgumentException(name);
		});
	}

	@AfterEach
	void close() throws IOException {
		this.store.close();
		this.places.close();
		this.bucket.close();
	}

	@Test
	void moreFilesThanAnAnswerHoldsAreListed() throws Exception {
		IntStream.range(0, 2010)
			.parallel()
			.forEach((i) -> put("part/of/%s/%04d.csv".formatted((i % 2 == 0) ? "even" : "odd", i), "x"));

		assertThat(list("", 64)).hasSize(2010);
		assertThat(list("even/", 1)).hasSize(1005)
			.extracting(StoredFile::path)
			.doesNotHaveDuplicates()
			.allMatch((path) -> path.startsWith("even/"));
		assertThat(list("", 1)).isEmpty();
	}

	@Test
	void objectsThatLookLikeDirectoriesAreNoFiles() throws Exception {
		put("part/of/", "");
		put("part/of/in/", "");
		put("part/of/in/a.csv", "id\n1\n");
		put("part/offside.csv", "x");
		put("other.csv", "x");

		assertThat(list("", 64)).extracting(StoredFile::path).containsExactly("in/a.csv");
		assertThat(list("in/", 1)).extracting(StoredFile::path).containsExactly("in/a.csv");
	}

	@Test
	void connectionMayLeadToAWholeBucket() throws Exception {
		this.settings.put("url", "s3://" + this.bucket.name());
		put("a.csv", "x");
		put("in/b.csv", "y");

		FileStore whole = this.places.open("lake", "");
		assertThat(list(whole, "", 64)).extracting(StoredFile::path).containsExactly("a.csv", "in/b.csv");
		assertThat(list(this.places.open("lake", "in"), "", 64)).extracting(StoredFile::path).containsExactly("b.csv");
		assertThat(whole.location()).isEqualTo("%s/%s".formatted(this.settings.get("endpoint"), this.bucket.name()));
	}

	@Test
	void largeObjectIsWrittenInPartsAndReadInPieces() throws Exception {
		byte[] bytes = bytes(12 * MEGABYTE + 17);
		try (OutputStream out = this.store.create("large")) {
			out.write(bytes, 0, 7 * MEGABYTE);
			assertThat(this.store.find("large")).as("not before it is complete").isNull();
			assertThat(uploads()).isOne();
			out.write(bytes, 7 * MEGABYTE, bytes.length - 7 * MEGABYTE);
		}

		assertThat(uploads()).isZero();
		try (InputStream in = this.store.open("large")) {
			assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
		}
	}

	/**
	 * S3Mock stands in for Amazon S3, whose clients send and check more than others know.
	 */
	@Test
	void objectsAreWrittenAndReadAsAmazonWantsIt() throws Exception {
		System.setProperty("aws.endpointUrlS3", this.settings.remove("endpoint"));
		this.settings.putAll(Map.of("region", "us-east-1", "path-style", "true"));
		byte[] bytes = bytes(6 * MEGABYTE);
		try (S3Places amazon = places(); FileStore files = amazon.open("lake", "")) {
			for (String path : List.of("small", "large")) {
				try (OutputStream out = files.create(path)) {
					out.write(bytes, 0, path.equals("small") ? 1000 : bytes.length);
				}
				files.move(path, "done/" + path);
			}

			assertThat(files.location()).isEqualTo("s3://%s/part/of".formatted(this.bucket.name()));
			assertThat(list(files, "", 64)).extracting(StoredFile::size).containsExactly((long) bytes.length, 1000L);
			try (InputStream in = files.open("done/large")) {
				assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
			}
		}
		finally {
			System.clearProperty("aws.endpointUrlS3");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1_000_000 })
	void stopEndsAReadThatWaitsForAStoreThatStandsStill(long answered) throws Exception {
		write("large", bytes(4 * MEGABYTE));
		URI server = URI.create(this.settings.get("endpoint"));
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()))) {
			this.settings.put("endpoint", "http://127.0.0.1:" + proxy.port());
			this.settings.put("read-timeout", "10m");
			proxy.freezeAfter(answered);
			Interruptions interruptions = new Interruptions();
			try (S3Places slow = places(); FileStore files = slow.open("lake", "")) {
				CompletableFuture<Throwable> reading = CompletableFuture
					.supplyAsync(() -> catchThrowable(() -> interruptions.call(() -> files.open("large"))));
				proxy.awaitFrozen();

				interruptions.endAll();

				assertThat(reading.get(1, TimeUnit.MINUTES)).isInstanceOf(IOException.class);
				assertThat(interruptions.wereInterrupted()).isTrue();
			}
		}
	}

	@Test
	void objectOfExactlyOnePartNeedsNoUpload() throws Exception {
		byte[] bytes = bytes(5 * MEGABYTE);
		try (OutputStream out = this.store.create("exact")) {
			out.write(bytes);
			assertThat(uploads()).isZero();
		}

		try (InputStream in = this.store.open("exact")) {
			assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
		}
	}

	@Test
	void nothingIsLeftOfAnObjectThatBreaksOff() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.store.write("large", "unused", (out) -> {
			out.write(bytes(11 * MEGABYTE));
			throw new IOException("the content breaks off");
		}, () -> {
		}));

		assertThat(uploads()).isZero();
		assertThat(this.store).satisfies((store) -> assertThat(store.find("large")).isNull());
	}

	@Test
	void objectThatIsReplacedWhileItIsReadFails() throws Exception {
		byte[] first = bytes(6 * MEGABYTE);
		write("large.csv", first);
		byte[] second = first.clone();
		second[0]++;

		try (InputStream in = this.store.open("large.csv")) {
			assertThat(in.readNBytes(10)).hasSize(10);
			write("large.csv", second);
			assertThatExceptionOfType(FileSystemException.class).isThrownBy(in::readAllBytes)
				.withMessageContainingAll("/part/of/large.csv", "has been changed in the meantime");
		}
	}

	@Test
	void objectOfTheSameSizeAndSecondIsAnotherVersion() throws Exception {
		put("part/of/a.csv", "id\n1\n");
		try (FileSource source = new FileSource(new FileStores(List.of(this.places)), Clock.systemUTC())) {
			source.configure(
					SettingsOfTests.bind(FileSourceOptions.class, Map.of("path", "*.csv", "connection", "lake")));
			Object scope = new RunContext()
				.call(() -> ((FetchStrategy.Scopes) source.planFetch(CONTEXT)).scopes().get(0));
			put("part/of/a.csv", "id\n2\n");

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.fetchRecords(CONTEXT, scope))
				.withMessageContaining("a.csv has been changed since the run was planned");
		}
	}

	@Test
	void objectThatHasTakenThePlaceOfAnotherIsNeitherMovedNorDeleted() throws Exception {
		put("part/of/a.csv", "id\n1\n");
		StoredFile read = this.store.find("a.csv");
		put("part/of/a.csv", "id\n2\n");

		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.store.move(read, "done/a.csv"))
			.withMessageContainingAll("/a.csv", "has been changed in the meantime");
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.store.delete(read))
			.withMessageContainingAll("/a.csv", "has been changed in the meantime");
		assertThat(this.bucket.paths()).containsExactly("a.csv");

		this.store.delete(this.store.find("a.csv"));
		assertThat(this.bucket.paths()).isEmpty();
	}

	@Test
	void largeObjectIsMovedInParts() throws Exception {
		byte[] bytes = bytes(11 * MEGABYTE);
		this.bucket.client()
			.putObject((request) -> request.bucket(this.bucket.name())
				.key("part/of/large.csv")
				.contentType("text/csv")
				.metadata(Map.of("origin", "shop")), RequestBody.fromBytes(bytes));

		new S3Move(new S3Bucket(this.bucket.client(), this.bucket.name(), "s3://x", "part/of/"), 5 * MEGABYTE)
			.move("large.csv", null, "done/large.csv");

		assertThat(list("", 64)).extracting(StoredFile::path).containsExactly("done/large.csv");
		try (InputStream in = this.store.open("done/large.csv")) {
			assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
		}
		assertThat(this.bucket.client()
			.headObject((request) -> request.bucket(this.bucket.name()).key("part/of/done/large.csv")))
			.satisfies((moved) -> {
				assertThat(moved.contentType()).isEqualTo("text/csv");
				assertThat(moved.metadata()).containsEntry("origin", "shop");
			});
		assertThat(uploads()).isZero();
	}

	@Test
	void repeatedEndOfARunThatDiedBetweenCopyAndDeletionChangesNothing() throws Exception {
		try (FileTarget target = target()) {
			target.pushRecords(CONTEXT, List.of(new RecordInFlight(Map.of("id", 1))));
			complete(target);
			String placed = ".deltasync-orders/20261130T120000000000Z.placed";
			this.bucket.client()
				.copyObject((request) -> request.sourceBucket(this.bucket.name())
					.sourceKey("part/of/" + placed)
					.destinationBucket(this.bucket.name())
					.destinationKey("part/of/" + placed.replace("placed", "joined")));
			complete(target);
		}

		assertThat(list("", 64)).extracting(StoredFile::path)
			.containsExactly(".deltasync-orders/20261130T120000000000Z.placed", "orders-20261130T120000000000Z.csv");
		try (InputStream in = this.store.open("orders-20261130T120000000000Z.csv")) {
			assertThat(in).hasContent("id\n1\n");
		}
	}

	private static void complete(FileTarget target) throws Exception {
		new RunContext().call(() -> {
			target.completeRun(CONTEXT);
			return true;
		});
	}

	private FileTarget target() {
		FileTarget target = new FileTarget(new FileStores(List.of(this.places)), Clock.systemUTC());
		target.configure(SettingsOfTests.bind(FileTargetOptions.class,
				Map.of("path", "orders-{run}.csv", "connection", "lake")));
		return target;
	}

	private static byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		new Random(count).nextBytes(bytes);
		return bytes;
	}

	/** Writes an object as another program would. */
	private void put(String key, String text) {
		this.bucket.client()
			.putObject((request) -> request.bucket(this.bucket.name()).key(key),
					RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8)));
	}

	private void write(String path, byte[] bytes) throws IOException {
		try (OutputStream out = this.store.create(path)) {
			out.write(bytes);
		}
	}

	private int uploads() {
		return this.bucket.client()
			.listMultipartUploads((request) -> request.bucket(this.bucket.name()))
			.uploads()
			.size();
	}

	private List<StoredFile> list(String directory, int depth) throws IOException {
		return list(this.store, directory, depth);
	}

	private static List<StoredFile> list(FileStore store, String directory, int depth) throws IOException {
		List<StoredFile> files = new ArrayList<>();
		store.list(directory, depth, files::add);
		return files;
	}

}
