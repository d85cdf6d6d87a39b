package io.deltasync.file.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.file.store.FileStores;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileSourceTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final LinkContext FULL = LinkContext.builder().runTimestamp(NOW).build();

	@TempDir
	private Path directory;

	private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	@Test
	void filesThatMatchAreReadInTheOrderOfTheirTimes() throws IOException {
		write("b.csv", 60, "id\n1\n");
		write("a.csv", 50, "id\n2\n");
		write("deep/er/c.csv", 40, "id\n3\n");
		write("deep/x-old.csv", 30, "id\n9\n");
		write("deep/d.txt", 30, "id\n9\n");
		write(".hidden.csv", 30, "id\n9\n");
		write("e.csv.tmp", 30, "id\n9\n");

		assertThat(ids(run(FULL, "path=**/*.csv", "exclude=**/*-old.csv"))).containsExactly("1", "2", "3");
		assertThat(ids(run(FULL, "path=*.csv"))).containsExactly("1", "2");
		assertThat(ids(run(FULL, "path=deep/*/c.csv"))).containsExactly("3");
		assertThat(ids(run(FULL, "path=?.csv", "key=id"))).containsExactly("1", "2");
		assertThat(run(FULL, "path=*.jsonl").strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void badLinesAreRecordsWithFileAndLine() throws IOException {
		write("in/orders.csv", 60, "id,name\n1,Ada\n2\n3,\"x\n4,Bob\n,nobody\n");

		List<RecordInFlight> records = run(FULL, "path=in/*.csv", "key=id").records();

		assertThat(records).extracting((record) -> record.get("id")).containsExactly("1", null, null, "4", null);
		assertThat(records).flatExtracting(RecordInFlight::errors)
			.containsExactly("orders.csv:3: the line has 1 values, but there are 2 columns",
					"orders.csv:4: a quote is not closed",
					"orders.csv:6: there is no value of 'id', which is in the key");
		assertThat(records.get(1).originalProperties()).isEqualTo(Map.of("file", "orders.csv", "line", 3L));
	}

	@Test
	void columnOfTheKeyMustBeThere() throws IOException {
		write("orders.csv", 60, "\uFEFFno,name\n1,Ada\n");

		assertThat(run(FULL, "path=*.csv", "key=id").failures().toString())
			.contains("orders.csv: there is no column 'id', which is in the key; there are: no, name");
		assertThat(run(FULL, "path=*.csv", "key=no").isSuccessful()).isTrue();
	}

	@Test
	void deltaReadsFilesChangedSinceTheCursorMinusTheOverlap() throws IOException {
		write("old.csv", 3600, "id\n1\n");
		write("late.csv", 900, "id\n2\n");
		write("new.csv", 10, "id\n3\n");
		String[] options = { "path=*.csv", "delta.by=modified", "delta.overlap=10m" };

		AdapterRun first = run(FULL, options);
		assertThat(ids(first)).containsExactly("1", "2", "3");
		assertThat(first.cursor()).isEqualTo(NOW.toString());

		LinkContext next = first.nextContext(NOW.plusSeconds(1));
		assertThat(ids(run(next, options))).containsExactly("3");
		LinkContext exactly = next.toBuilder().lastSuccessfulCursor(NOW.minusSeconds(300).toString()).build();
		assertThat(ids(run(exactly, options))).as("closed below").containsExactly("2", "3");
		LinkContext byWindow = next.toBuilder()
			.lastSuccessfulCursor(null)
			.lastSuccessfulSync(NOW.minusSeconds(3000))
			.build();
		assertThat(ids(run(byWindow, options))).as("the window alone").containsExactly("1", "2", "3");
	}

	@Test
	void filesWithOneTimeAndInTheFutureAreAllRead() throws IOException {
		write("a.csv", 0, "id\n1\n");
		write("b.csv", 0, "id\n2\n");
		write("c.csv", -86_400, "id\n3\n");
		String[] options = { "path=*.csv", "delta.by=modified", "delta.overlap=0s" };

		AdapterRun first = run(FULL, options);

		assertThat(ids(first)).containsExactly("1", "2", "3");
		assertThat(first.cursor()).as("never from the future").isEqualTo(NOW.toString());
		assertThat(ids(run(first.nextContext(NOW), options))).containsExactly("1", "2", "3");
	}

	@Test
	void deltaByNameReadsGreaterNames() throws IOException {
		write("2026-11-01.csv", 1, "id\n1\n");
		write("2026-11-02.csv", 90_000, "id\n2\n");
		String[] options = { "path=*.csv", "delta.by=name" };

		AdapterRun first = run(FULL, options);
		assertThat(ids(first)).containsExactly("1", "2");
		assertThat(first.cursor()).isEqualTo("2026-11-02.csv");

		write("2026-11-03.csv", 90_000, "id\n3\n");
		assertThat(ids(run(first.nextContext(NOW), options))).containsExactly("3");
	}

	@Test
	void fileThatIsNotCompleteIsLeftAndFoundByTheNextRun() throws IOException {
		write("a.csv", 90, "id\n1\n");
		write("b.csv", 5, "id\n2\n");
		write("c.csv", 80, "id\n3\n");
		LinkContext delta = FULL.toBuilder()
			.lastSuccessfulSync(NOW.minusSeconds(100))
			.lastSuccessfulCursor(NOW.minusSeconds(100).toString())
			.build();
		String[] young = { "path=*.csv", "delta.by=modified", "delta.overlap=0s", "min-age=10s" };

		AdapterRun run = run(delta, young);

		assertThat(ids(run)).containsExactly("1", "3");
		assertThat(run.cursor()).isEqualTo(NOW.minusSeconds(5).toString());
		this.clock = Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC);
		assertThat(ids(run(run.nextContext(NOW.plusSeconds(60)), young))).containsExactly("2");

		write("c.csv.ok", 80, "");
		String[] done = { "path=*.csv", "delta.by=modified", "delta.overlap=0s", "done-file=.ok" };
		run = run(delta, done);
		assertThat(ids(run)).containsExactly("3");
		assertThat(run.cursor()).isEqualTo(NOW.minusSeconds(90).toString());
	}

	@Test
	void cursorByNameStopsBeforeAFileThatIsNotComplete() throws IOException {
		write("a.csv", 90, "id\n1\n");
		write("b.csv", 5, "id\n2\n");
		write("c.csv", 80, "id\n3\n");
		LinkContext delta = FULL.toBuilder().lastSuccessfulSync(NOW).lastSuccessfulCursor("Z").build();

		AdapterRun run = run(delta, "path=*.csv", "delta.by=name", "min-age=10s");

		assertThat(ids(run)).containsExactly("1");
		assertThat(run.cursor()).isEqualTo("a.csv");
	}

	@Test
	void youngFileIsLookedAtTwice() throws Exception {
		write("a.csv", 90, "id\n1\n");
		write("b.csv", 5, "id\n2\n");
		write("c.csv", 5, "id\n3\n");
		LinkContext delta = FULL.toBuilder().lastSuccessfulSync(NOW.minusSeconds(100)).build();
		String[] options = { "path=*.csv", "delta.by=modified", "stable-for=1m" };

		FetchStrategy first = plan(delta, null, options);
		assertThat(first.checkStrategyType()).isEqualTo("DELAY");
		write("c.csv", 4, "id\n3\n4\n");
		FetchStrategy second = plan(delta, ((FetchStrategy.Delay) first).scope(), options);
		assertThat(((FetchStrategy.Scopes) second).scopes()).extracting((scope) -> ((FileScope) scope).path())
			.containsExactly("a.csv", "b.csv");

		FetchStrategy full = plan(FULL, ((FetchStrategy.Delay) first).scope(), options);
		assertThat(full.checkStrategyType()).as("a full run waits for all files").isEqualTo("DELAY");
		assertThat(ids(run(FULL, options))).containsExactly("1", "2", "3", "4");
	}

	@Test
	void runWaitsUntilThereIsAFile() throws Exception {
		Files.createDirectories(this.directory.resolve("in"));
		String[] options = { "path=in/*.csv", "wait-for=1h" };

		FetchStrategy first = plan(FULL, null, options);
		assertThat(first.checkStrategyType()).isEqualTo("DELAY");
		Object scope = ((FetchStrategy.Delay) first).scope();
		write("in/a.csv", 1, "id\n1\n");
		assertThat(plan(FULL, scope, options).checkScopeCount()).isEqualTo(1);
		Files.delete(this.directory.resolve("in/a.csv"));
		this.clock = Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC);
		assertThat(plan(FULL, scope, options).checkStrategyType()).isEqualTo("NO_RECORDS");
	}

	@Test
	void fileThatChangesAfterPlanningFailsItsScope() throws Exception {
		String[] options = { "path=*.csv" };
		Path file = write("a.csv", 60, "id\n1\n");
		FileScope scope = scope(options);

		write("a.csv", 60, "id\n2\n");
		assertThat(read(scope, options)).as("the same size and time, rewritten in place").containsExactly("2");
		Path other = write("other", 60, "id\n3\n");
		Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
		assertFails(scope, "a.csv has been changed since the run was planned", options);
		write("a.csv", 50, "id\n2\n");
		assertFails(scope, "a.csv has been changed since the run was planned", options);
		Files.delete(file);
		assertFails(scope, "a.csv has been moved or deleted since the run was planned", options);
	}

	@Test
	void fileThatChangesWhileItIsReadFailsItsScope() throws Exception {
		String[] options = { "path=*.csv" };
		String text = "id\n" + "1\n".repeat(200_000);
		for (String change : List.of("grown", "truncated", "replaced", "deleted")) {
			Path file = write("a.csv", 60, text);
			FileScope scope = scope(options);
			assertThatExceptionOfType(Exception.class).as(change).isThrownBy(() -> {
				try (FileSource source = source(options)) {
					int read = 0;
					for (RecordInFlight record : source.fetchRecords(FULL, scope)) {
						assertThat(record.errors()).isEmpty();
						if (read++ == 10) {
							change(change, file, text);
						}
					}
				}
			}).withMessageMatching("a.csv has been (changed|moved or deleted) while it was read.*");
			Files.deleteIfExists(file);
		}
	}

	private void change(String change, Path file, String text) throws IOException {
		switch (change) {
			case "grown" -> Files.writeString(file, text + "2\n");
			case "truncated" -> Files.writeString(file, "id\n1\n");
			case "replaced" -> Files.move(write("b", 60, text), file, StandardCopyOption.REPLACE_EXISTING);
			default -> Files.delete(file);
		}
	}

	@Test
	void readFilesAreMovedAfterTheSuccess() throws Exception {
		write("in/a.csv", 60, "id\n1\n");
		write("in/deep/b.csv", 60, "id\n2\n");
		write("in/a.csv.done", 60, "");
		write("in/deep/b.csv.done", 60, "");
		write("in/done/a.csv", 60, "id\n9\n");
		String[] options = { "path=in/**/*.csv", "after.move=done/", "done-file=.done" };

		AdapterRun run = once(options);

		assertThat(ids(run)).containsExactly("1", "2");
		assertThat(run.isAcknowledged()).isTrue();
		assertThat(files()).containsExactly("in/done/a.csv", "in/done/a.csv.2026-11-30T115900Z", "in/done/a.csv.done",
				"in/done/deep/b.csv", "in/done/deep/b.csv.done");
		assertThat(once(options).strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void onlyWhatWasReadIsDeletedAfterTheSuccess() throws Exception {
		write("a.csv", 60, "id\n1\n");
		write("b.csv", 60, "id\n2\n");
		String[] options = { "path=*.csv", "after.delete=true" };
		List<?> scopes = ((FetchStrategy.Scopes) plan(FULL, null, options)).scopes();
		write("b.csv", 10, "id\n3\n");
		write("c.csv", 60, "id\n4\n");

		try (FileSource source = source(options)) {
			source.runSucceeded(FULL, scopes);
			source.runSucceeded(FULL, scopes);
		}

		assertThat(files()).containsExactly("b.csv", "c.csv");
	}

	@Test
	void linksLeadOnlyToFilesInside() throws Exception {
		Path outside = write("outside/secret.csv", 60, "id\n9\n");
		write("in/a.csv", 60, "id\n1\n");
		Files.createSymbolicLink(this.directory.resolve("in/link.csv"), outside);
		Files.createSymbolicLink(this.directory.resolve("in/sub"), outside.getParent());
		Files.createSymbolicLink(this.directory.resolve("in/b.csv"), this.directory.resolve("in/a.csv"));

		assertThat(ids(run(FULL, "path=in/**/*.csv"))).containsExactly("1", "1");
		for (String path : List.of("../outside/secret.csv", "/etc/passwd", "link.csv", "sub/secret.csv")) {
			FileScope scope = new FileScope(path, 5, NOW.minusSeconds(60), null);
			assertThatExceptionOfType(Exception.class).as(path)
				.isThrownBy(() -> read(scope, "path=in/**/*.csv"))
				.withMessageMatching(".*(leads out of|is not a path below).*");
		}
	}

	@Test
	void directoryOfManyFilesIsListedOnce() throws Exception {
		Path in = Files.createDirectories(this.directory.resolve("in"));
		for (int i = 0; i < 20_000; i++) {
			Files.createFile(in.resolve("f" + i + ".csv"));
		}
		Instant start = Instant.now();

		assertThat(plan(FULL, null, "path=in/*.csv", "delta.by=modified").checkScopeCount()).isEqualTo(20_000);
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void planSaysWhatItReads() throws Exception {
		write("a.csv", 60, "id\n1\n");
		RunContext context = new RunContext();

		try (FileSource source = source("path=*.csv")) {
			context.call(() -> source.planFetch(FULL));
		}

		assertThat(context.description()).isEqualTo("1 file matching *.csv in file:%s: a.csv (5 bytes, %s)"
			.formatted(this.directory, NOW.minusSeconds(60)));
	}

	@Test
	void missingDirectoryIsAnErrorNotAnEmptySource() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run(FULL, "path=nowhere/*.csv"))
			.withMessageContaining("There is no directory " + this.directory.resolve("nowhere"));
	}

	@Test
	void identityIsThePlace() throws Exception {
		try (FileSource source = source("path=in/*.csv", "key=id")) {
			assertThat(source.identity(FULL)).isEqualTo("file:%s/in/*.csv".formatted(this.directory));
			assertThat(source.keyProperties(FULL)).containsExactly("id");
			assertThat(source.fetchesEverything()).isTrue();
		}
		try (FileSource source = source("path=in/*.csv", "after.delete=true")) {
			assertThat(source.fetchesEverything()).isFalse();
		}
	}

	private Path write(String name, long secondsAgo, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text, StandardCharsets.UTF_8);
		Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsAgo)));
		return file;
	}

	private List<String> files() throws IOException {
		try (var files = Files.walk(this.directory)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> this.directory.relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	private AdapterRun run(LinkContext context, String... options) {
		return AdapterKit.of(this::fresh).options(options(options)).context(context).run();
	}

	private AdapterRun once(String... options) {
		return AdapterKit.of(this::fresh).options(options(options)).context(FULL).run();
	}

	private FileSource fresh() {
		return new FileSource(new FileStores(List.of()), this.clock);
	}

	private FileSource source(String... options) {
		FileSource source = fresh();
		source.configure(options(options));
		return source;
	}

	private FetchStrategy plan(LinkContext context, Object scope, String... options) throws Exception {
		try (FileSource source = source(options)) {
			return new RunContext()
				.call(() -> (scope != null) ? source.planFetchAgain(context, scope) : source.planFetch(context));
		}
	}

	private FileScope scope(String... options) throws Exception {
		return (FileScope) ((FetchStrategy.Scopes) plan(FULL, null, options)).scopes().get(0);
	}

	private List<Object> read(FileScope scope, String... options) throws Exception {
		List<Object> ids = new ArrayList<>();
		try (FileSource source = source(options)) {
			source.fetchRecords(FULL, scope).forEach((record) -> ids.add(record.get("id")));
		}
		return ids;
	}

	private void assertFails(FileScope scope, String message, String... options) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(scope, options))
			.withMessageContaining(message);
	}

	private static List<Object> ids(AdapterRun run) {
		return run.records().stream().map((record) -> record.get("id")).toList();
	}

	private FileSourceOptions options(String... options) {
		Map<String, String> values = new HashMap<>();
		for (String option : options) {
			String[] parts = option.split("=", 2);
			values.put(parts[0], parts[0].equals("path") ? this.directory + "/" + parts[1] : parts[1]);
		}
		return new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bind("", FileSourceOptions.class)
			.get();
	}

}
