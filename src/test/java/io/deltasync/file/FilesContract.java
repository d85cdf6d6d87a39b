package io.deltasync.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.deltasync.api.FetchStrategy;
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
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What files are wherever they are: here, on servers, in object stores.
 */
public abstract class FilesContract {

	private static final Instant RUN = Instant.parse("2026-11-30T12:00:00Z");

	protected static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").runTimestamp(RUN).build();

	protected FileStore store;

	/** Returns places that have the connection {@link #connection()}. */
	protected abstract FileStores stores() throws Exception;

	/** Returns the name of a connection; null for this machine. */
	protected abstract @Nullable String connection();

	/** Returns an existing directory, in which there are no files. */
	protected abstract String directory();

	@BeforeEach
	final void open() throws Exception {
		this.store = stores().open(connection(), directory());
	}

	@AfterEach
	final void close() throws Exception {
		this.store.close();
	}

	@Test
	void filesAreListedAsDeepAsWanted() throws Exception {
		for (String path : List.of("a.csv", "b.csv", "deep/c.csv", "deep/er/d.csv", "deeper/e.csv")) {
			write(path, "x");
		}

		assertThat(paths("", 1)).containsExactly("a.csv", "b.csv");
		assertThat(paths("", 2)).containsExactly("a.csv", "b.csv", "deep/c.csv", "deeper/e.csv");
		assertThat(paths("", 64)).hasSize(5);
		assertThat(paths("deep/", 1)).containsExactly("deep/c.csv");
		assertThat(paths("deep/", 2)).containsExactly("deep/c.csv", "deep/er/d.csv");
		assertThat(paths("nowhere/", 1)).isEmpty();
	}

	@Test
	void fileIsDescribedTheSameInAListAndAlone() throws Exception {
		Instant before = Instant.now().minusSeconds(2);
		write("in/a.csv", "12345");

		StoredFile found = this.store.find("in/a.csv");

		assertThat(list("", 2)).containsExactly(found);
		assertThat(found.size()).isEqualTo(5);
		assertThat(found.modified()).isBetween(before, Instant.now().plusSeconds(2));
		assertThat(this.store.find("in/b.csv")).isNull();
		assertThat(this.store.find("in")).isNull();
	}

	@Test
	void bytesAreReadAsTheyWereWritten() throws Exception {
		byte[] bytes = new byte[300_000];
		new Random(1).nextBytes(bytes);
		try (OutputStream out = this.store.create("new/directory/bytes")) {
			out.write(bytes[0] & 0xff);
			out.write(bytes, 1, 199_999);
			out.write(bytes, 200_000, 100_000);
		}
		write("empty", "");

		try (InputStream in = this.store.open("new/directory/bytes")) {
			assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
			assertThat(in.readNBytes(10)).containsExactly(Arrays.copyOfRange(bytes, 1, 11));
			assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 11, bytes.length));
			assertThat(in.read()).isNegative();
		}
		assertThat(read("empty")).isEmpty();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read("nowhere"));
	}

	@Test
	void fileAppearsWhenEverythingIsWritten() throws Exception {
		write("orders.csv", "old");

		this.store.write("orders.csv", "hidden/orders.tmp", (out) -> {
			out.write("new".getBytes(StandardCharsets.UTF_8));
			out.close();
		}, () -> {
			try {
				assertThat(read("orders.csv")).isEqualTo("old");
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		});

		assertThat(read("orders.csv")).isEqualTo("new");
		assertThat(paths("", 64)).containsExactly("orders.csv");
	}

	@Test
	void fileDoesNotAppearIfItMayNot() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.store.write("orders.csv", "hidden/orders.tmp", (out) -> out.write(1), () -> {
				throw new IllegalStateException("not the holder of the lease");
			}));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.store.write("orders.csv", "hidden/orders.tmp", (out) -> {
				out.write(1);
				throw new IOException("the content breaks off");
			}, () -> {
			}));

		assertThat(this.store).satisfies((store) -> assertThat(store.find("orders.csv")).isNull());
	}

	@Test
	void fileIsMovedAndReplacesAnother() throws Exception {
		write("a.csv", "a");
		write("done/a.csv", "old");

		this.store.move("a.csv", "done/a.csv");
		this.store.move("done/a.csv", "done/deep/b.csv");

		assertThat(paths("", 64)).containsExactly("done/deep/b.csv");
		assertThat(read("done/deep/b.csv")).isEqualTo("a");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.store.move("a.csv", "b.csv"));
	}

	@Test
	void deletedFileIsGoneHoweverOftenItIsDeleted() throws Exception {
		write("in/a.csv", "a");

		this.store.delete("in/a.csv");
		this.store.delete("in/a.csv");
		this.store.delete("nowhere/a.csv");

		assertThat(paths("", 64)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b+c&d=e;f.csv", "100%25 #1?.csv", "grüße/日本 😀.csv", "it's [1] {2} (3)!.csv",
			"12:00/13:00.csv", "x~y@z,$^.csv", " leading and trailing .csv", "q\"uote<>&amp;.csv" })
	void nameMayBeOdd(String path) throws Exception {
		write(path, "text of " + path);

		assertThat(paths("", 64)).containsExactly(path);
		assertThat(read(path)).isEqualTo("text of " + path);
		this.store.move(path, "done/" + path);
		assertThat(paths("", 64)).containsExactly("done/" + path);
		assertThat(list("", 64)).containsExactly(this.store.find("done/" + path));
		this.store.delete("done/" + path);
		assertThat(paths("", 64)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../a.csv", "a/../../b.csv", "/etc/passwd", "C:/a.csv", "" })
	void pathOutsideIsRefused(String path) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.find(path));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.open(path));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.create(path));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.delete(path));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.move("a", path));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.store.move(path, "a"));
	}

	@Test
	void newFilesAreReadAndMovedAway() throws Exception {
		write("in/a.csv", "id,name\n1,Ada\n");
		write("in/deep/b.csv", "id,name\n3,Bob\n");
		write("in/c.csv.tmp", "id,name\n9,x\n");

		AdapterRun run = run("path=in/**/*.csv", "key=id", "delta.by=modified", "after.move=done");

		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactlyInAnyOrder("1", "3");
		assertThat(paths("", 64)).containsExactly("in/c.csv.tmp", "in/done/a.csv", "in/done/deep/b.csv");
		assertThat(run("path=in/**/*.csv", "delta.by=modified", "after.move=done").strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void filesWithTheirDoneFilesAreReadAndDeleted() throws Exception {
		write("a.csv", "id\n1\n");
		write("a.csv.done", "");
		write("b.csv", "id\n2\n");

		AdapterRun run = run("path=*.csv", "done-file=.done", "after.delete=true");

		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactly("1");
		assertThat(paths("", 64)).containsExactly("b.csv");
	}

	@Test
	void youngFilesAreLeftToALaterRun() throws Exception {
		write("a.csv", "id\n1\n");
		LinkContext delta = CONTEXT.toBuilder()
			.lastSuccessfulSync(RUN)
			.lastSuccessfulCursor(Instant.now().minusSeconds(60).toString())
			.build();
		String[] options = { "path=*.csv", "delta.by=modified", "delta.overlap=0s", "min-age=1h" };

		AdapterRun now = run(delta, Clock.systemUTC(), options);
		assertThat(now.records()).isEmpty();

		LinkContext next = delta.toBuilder().lastSuccessfulCursor(now.cursor()).build();
		assertThat(run(next, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)), options).records()).hasSize(1);
	}

	@Test
	void fileThatIsReplacedAfterPlanningFailsByName() throws Exception {
		write("a.csv", "id\n1\n");

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> readAfter(() -> write("a.csv", "id\n1\n2\n")))
			.withMessageContaining("a.csv has been changed since the run was planned");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> readAfter(() -> this.store.delete("a.csv")))
			.withMessageContaining("a.csv has been moved or deleted since the run was planned");
	}

	/** Plans a run, changes something, and reads the first file. */
	protected final void readAfter(Change change) throws Exception {
		try (FileSource source = source(Clock.systemUTC())) {
			source.configure(options("path=*.csv"));
			Object scope = new RunContext().call(() -> {
				FetchStrategy plan = source.planFetch(CONTEXT);
				return ((FetchStrategy.Scopes) plan).scopes().iterator().next();
			});
			change.make();
			source.fetchRecords(CONTEXT, scope).forEach((record) -> {
			});
		}
	}

	/** Changes files. */
	protected interface Change {

		void make() throws IOException;

	}

	@Test
	void fileIsPutIntoPlaceAtOnce() throws Exception {
		try (FileTarget target = target()) {
			target.getBatchSizeLimit(CONTEXT);
			target.pushRecords(CONTEXT, List.of(new RecordInFlight(Map.of("id", 1))));
			assertThat(paths("", 64)).allMatch((name) -> name.startsWith(".deltasync-orders/"));
			complete(target, CONTEXT);
			complete(target, CONTEXT);
			assertThat(target.identity(CONTEXT)).isEqualTo(this.store.location() + "/orders-{run}.csv");
		}

		assertThat(paths("", 64)).containsExactly(".deltasync-orders/20261130T120000000000Z.placed",
				"orders-20261130T120000000000Z.csv");
		assertThat(read("orders-20261130T120000000000Z.csv")).isEqualTo("id\n1\n");
	}

	@Test
	void laterRunWritesWhatAFailedOneDelivered() throws Exception {
		LinkContext next = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(1)).build();
		try (FileTarget target = target()) {
			target.pushRecords(CONTEXT, List.of(new RecordInFlight(Map.of("id", 1))));
		}
		try (FileTarget target = target()) {
			target.pushRecords(next, List.of(new RecordInFlight(Map.of("id", 2))));
			complete(target, next);
		}

		assertThat(read("orders-20261130T120001000000Z.csv")).isEqualTo("id\n1\n2\n");
	}

	private static void complete(FileTarget target, LinkContext context) throws Exception {
		new RunContext().call(() -> {
			target.completeRun(context);
			return true;
		});
	}

	protected final void write(String path, String text) throws IOException {
		try (OutputStream out = this.store.create(path)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	protected final String read(String path) throws IOException {
		try (InputStream in = this.store.open(path)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	protected final List<StoredFile> list(String directory, int depth) throws IOException {
		List<StoredFile> files = new ArrayList<>();
		this.store.list(directory, depth, files::add);
		return files;
	}

	protected final List<String> paths(String directory, int depth) throws IOException {
		return list(directory, depth).stream().map(StoredFile::path).sorted().toList();
	}

	protected final FileSource source(Clock clock) {
		try {
			return new FileSource(stores(), clock);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private FileTarget target() throws Exception {
		FileTarget target = new FileTarget(stores(), Clock.systemUTC());
		target.configure(SettingsOfTests.bind(FileTargetOptions.class, values("path=orders-{run}.csv")));
		return target;
	}

	protected final AdapterRun run(String... options) {
		return run(CONTEXT, Clock.systemUTC(), options);
	}

	private AdapterRun run(LinkContext context, Clock clock, String... options) {
		return AdapterKit.of(() -> source(clock)).options(options(options)).context(context).run();
	}

	protected final FileSourceOptions options(String... options) {
		return SettingsOfTests.bind(FileSourceOptions.class, values(options));
	}

	private Map<String, String> values(String... options) {
		Map<String, String> values = new HashMap<>();
		if (connection() != null) {
			values.put("connection", connection());
		}
		for (String option : options) {
			String[] parts = option.split("=", 2);
			boolean path = parts[0].equals("path") && !directory().isEmpty();
			values.put(parts[0], path ? directory() + "/" + parts[1] : parts[1]);
		}
		return values;
	}

}
