package io.deltasync.file.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.FileStores;
import io.deltasync.testkit.TargetKit;
import io.deltasync.testkit.TargetRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileTargetTests {

	private static final Instant RUN = Instant.parse("2026-11-30T12:00:00.123456Z");

	private static final LinkContext CONTEXT = LinkContext.builder().linkName("orders").runTimestamp(RUN).build();

	private static final String FILE = "orders-20261130T120000123456Z.csv";

	@TempDir
	private Path directory;

	private long instances;

	@ParameterizedTest
	@ValueSource(strings = { "format=csv", "format=jsonl" })
	void targetKitFindsNothing(String format) {
		String[] options = { "path=orders-{run}.out", format, "operation-column=op", "batch-size=3" };
		List<RecordInFlight> records = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			records.add(record("id", i, "name", (i == 4) ? new Object() : "n" + i).identifiedBy(List.of("id")));
		}

		TargetRun run = TargetKit.of(this::fresh)
			.options(options(options))
			.context(CONTEXT)
			.state(this::held)
			.deletes()
			.run(records);

		assertThat(run.failed()).singleElement()
			.satisfies((record) -> assertThat(record.errors().toString()).contains("name is a java.lang.Object"));
	}

	/** What whoever reads all lines, also those that wait, knows of each key. */
	private Map<String, String> held() {
		Map<String, String> held = new TreeMap<>();
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.filter(Files::isRegularFile)
				.filter((file) -> !file.toString().endsWith(".tmp") && !file.toString().endsWith(".placed"))
				.sorted(Comparator.comparing((Path file) -> file.toString().contains(".deltasync-"))
					.thenComparing(Comparator.naturalOrder()))
				.toList()) {
				for (String line : Files.readAllLines(file)) {
					add(held, line);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return held;
	}

	private static void add(Map<String, String> held, String line) {
		List<String> values = new ArrayList<>();
		if (line.startsWith("{")) {
			JsonMapper.shared().readTree(line).forEach((value) -> values.add(value.asString()));
		}
		else {
			values.addAll(List.of(line.split(",")));
		}
		if (values.get(values.size() - 1).equals("delete")) {
			held.remove(values.get(0));
		}
		else if (!line.startsWith("id") && !line.startsWith("[")) {
			held.put(values.get(0), values.get(1));
		}
	}

	@Test
	void fileAppearsWhenTheRunIsComplete() throws Exception {
		push(CONTEXT, "path=orders-{run}.csv", record("id", 1, "name", "Ada"), record("id", 2, "name", null));
		assertThat(visible()).isEmpty();

		complete(CONTEXT, "path=orders-{run}.csv");

		assertThat(visible()).containsExactly(FILE);
		assertThat(this.directory.resolve(FILE)).hasContent("id,name\n1,Ada\n2,\n");
		complete(CONTEXT, "path=orders-{run}.csv");
		assertThat(visible()).containsExactly(FILE);
	}

	@Test
	void valuesAreWrittenExactly() throws Exception {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("null", null);
		values.put("empty", "");
		values.put("text", "a,\"b\"\nc");
		values.put("decimal", new BigDecimal("1E+3"));
		values.put("long", Long.MAX_VALUE);
		values.put("flag", true);
		values.put("time", Instant.parse("2026-01-01T00:00:00Z"));
		values.put("bytes", new byte[] { 1, 2 });
		values.put("double", 0.1);
		String[] csv = { "path=orders-{run}.csv" };

		push(CONTEXT, csv, new RecordInFlight(values));
		complete(CONTEXT, csv);
		assertThat(this.directory.resolve(FILE)).hasContent("""
				null,empty,text,decimal,long,flag,time,bytes,double
				,"","a,""b""
				c",1000,9223372036854775807,true,2026-01-01T00:00:00Z,AQI=,0.1
				""");

		String[] quoted = { "path=orders-{run}.csv", "quote=always", "delimiter=;", "header-line=false" };
		push(later(1), quoted, record("a", null, "b", "x"));
		complete(later(1), quoted);
		assertThat(this.directory.resolve(FILE.replace("0000123", "0001123"))).hasContent(";\"x\"\n");

		String[] json = { "path=orders-{run}.csv", "format=jsonl", "gzip=true" };
		values.put("nested", Map.of("list", List.of(1, "x")));
		push(later(2), json, new RecordInFlight(values));
		complete(later(2), json);
		try (GZIPInputStream in = new GZIPInputStream(
				Files.newInputStream(this.directory.resolve(FILE.replace("0000123", "0002123"))))) {
			assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(
					"{\"null\":null,\"empty\":\"\",\"text\":\"a,\\\"b\\\"\\nc\",\"decimal\":1000,\"long\":9223372036854775807,"
							+ "\"flag\":true,\"time\":\"2026-01-01T00:00:00Z\",\"bytes\":\"AQI=\",\"double\":0.1,"
							+ "\"nested\":{\"list\":[1,\"x\"]}}\n");
		}
	}

	@Test
	void whatAFileCannotHoldIsRejected() throws Exception {
		List<RecordInFlight> records = List.of(record("a", List.of(1)), record("a", Double.NaN), record("a", "\ud800"),
				record("b", 1), record("a", 1), new RecordInFlight(Map.of("a", 1), Operation.DELETE));

		push(CONTEXT, new String[] { "path=orders-{run}.csv", "columns=a" }, records.toArray(RecordInFlight[]::new));

		assertThat(records).extracting((record) -> record.errors().toString())
			.satisfiesExactly((error) -> assertThat(error).contains("a is a list or an object"),
					(error) -> assertThat(error).contains("a is NaN"),
					(error) -> assertThat(error).contains("half of a surrogate pair"),
					(error) -> assertThat(error).contains("columns has no 'b'"),
					(error) -> assertThat(error).isEqualTo("[]"),
					(error) -> assertThat(error).contains("A file has no rows to delete; set operation-column"));
	}

	@Test
	void columnsAreThoseOfAllRecords() throws Exception {
		String[] options = { "path=orders-{run}.csv" };
		push(CONTEXT, options, record("id", 1, "a", "x"));
		push(CONTEXT, options, record("id", 2, "b", "y"));
		complete(CONTEXT, options);

		assertThat(this.directory.resolve(FILE)).hasContent("id,a,b\n1,x,\n2,,y\n");
	}

	@Test
	void whatFailedRunsDeliveredComesWithTheNextSuccess() throws Exception {
		String[] options = { "path=out/{date}/orders-{run}.csv", "columns=id,name" };
		Files.createDirectories(this.directory.resolve("out"));
		push(CONTEXT, options, record("id", 1, "name", "old"));
		push(CONTEXT, options, record("id", 1, "name", "new"));
		LinkContext next = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(60)).build();
		push(next, options, record("id", 2, "name", "x"));
		complete(next, options);

		assertThat(visible()).containsExactly("out/2026-11-30/orders-20261130T120100123456Z.csv");
		assertThat(this.directory.resolve(visible().get(0))).hasContent("id,name\n1,old\n1,new\n2,x\n");
		LinkContext empty = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(120)).build();
		complete(empty, options);
		assertThat(files()).as("a run without records writes no file").containsExactly(visible().get(0));
	}

	@Test
	void fileIsReplacedAtOnceIfThatIsAllowed() throws Exception {
		String[] options = { "path=latest.csv", "replace=true" };
		push(CONTEXT, options, record("id", 1));
		complete(CONTEXT, options);
		push(later(1), options, record("id", 2));
		complete(later(1), options);

		assertThat(this.directory.resolve("latest.csv")).hasContent("id\n2\n");
	}

	@ParameterizedTest(name = "moves by copying: {0}")
	@ValueSource(booleans = { false, true })
	void crashAnywhereInTheEndLosesNothing(boolean copies) throws Exception {
		String[] options = { "path=orders-{run}.csv" };
		boolean crashed = true;
		for (int point = 1; crashed; point++) {
			LinkContext context = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(point)).build();
			push(context, options, record("id", 1));
			push(context, options, record("id", 2));
			crashed = crash(context, point, copies, options);
			// such as a reject that the restart delivers
			push(context, options, record("id", 3));
			complete(context, options);
			complete(context, options);

			assertThat(visible()).as("crash at call " + point).hasSize(1);
			assertThat(this.directory.resolve(visible().get(0))).as("crash at call " + point)
				.hasContent("id\n1\n2\n3\n");
			Files.delete(this.directory.resolve(visible().get(0)));
			assertThat(point).isLessThan(20);
		}
	}

	@ParameterizedTest(name = "moves by copying: {0}")
	@ValueSource(booleans = { false, true })
	void laterRunBringsWhatACrashedOneHadNotPutIntoPlace(boolean copies) throws Exception {
		String[] options = { "path=orders-{run}.csv" };
		boolean crashed = true;
		for (int point = 1; crashed; point++) {
			LinkContext context = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(2 * point)).build();
			LinkContext next = CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(2 * point + 1)).build();
			push(context, options, record("id", 1));
			push(context, options, record("id", 2));
			crashed = crash(context, point, copies, options);
			push(next, options, record("id", 3));
			complete(next, options);

			StringBuilder all = new StringBuilder();
			for (String file : visible()) {
				all.append(Files.readString(this.directory.resolve(file)));
				Files.delete(this.directory.resolve(file));
			}
			assertThat(all.toString()).as("crash at call " + point)
				.isIn("id\n1\n2\n3\n", "id\n1\n2\nid\n3\n", "id\n1\n2\nid\n1\n2\n3\n");
		}
	}

	/** Returns whether the process was killed before its end. */
	private boolean crash(LinkContext context, int point, boolean copies, String... options) throws Exception {
		try (FileTarget target = new FileTarget(new FileStores(List.of()) {
			@Override
			public FileStore open(String connection, String place) throws IOException {
				return new CrashingStore(super.open(connection, place), point, copies);
			}
		}, clock())) {
			target.configure(options(options));
			target.completeRun(context);
			return false;
		}
		catch (CrashingStore.Crash ex) {
			return true;
		}
	}

	@Test
	void missingDirectoryIsRefused() {
		assertThatExceptionOfType(TargetUnavailableException.class).isThrownBy(() -> {
			try (FileTarget target = target("path=nowhere/orders-{run}.csv")) {
				target.getBatchSizeLimit(CONTEXT);
			}
		})
			.withMessage("file:%s cannot be written", this.directory.resolve("nowhere"))
			.havingCause()
			.withMessage("There is no directory " + this.directory.resolve("nowhere"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "path=orders.csv", "path=orders-{run}.csv replace=true", "path=orders-{id}.csv",
			"path=a/{run}/../../../x", "path=orders-{run}.csv format=json", "path=orders-{run}.csv columns=a,a",
			"path=orders-{run}.csv delimiter=\"", "path=orders-{run}.csv batch-size=0", "path=orders-{run}/",
			"path=orders-{run}}.csv" })
	void optionsThatCannotBeAreRefused(String options) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> options(options.split(" ")))
			.havingRootCause()
			.isInstanceOf(IllegalArgumentException.class);
	}

	private static LinkContext later(int seconds) {
		return CONTEXT.toBuilder().runTimestamp(RUN.plusSeconds(seconds)).build();
	}

	private static RecordInFlight record(Object... namesAndValues) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return new RecordInFlight(properties);
	}

	private void push(LinkContext context, String option, RecordInFlight... records) throws Exception {
		push(context, new String[] { option }, records);
	}

	private void push(LinkContext context, String[] options, RecordInFlight... records) throws Exception {
		try (FileTarget target = target(options)) {
			target.pushRecords(context, List.of(records));
		}
	}

	private void complete(LinkContext context, String... options) throws Exception {
		try (FileTarget target = target(options)) {
			new RunContext().call(() -> {
				target.completeRun(context);
				return true;
			});
		}
	}

	private List<String> visible() throws IOException {
		return files().stream().filter((file) -> !file.contains(".deltasync-")).toList();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> this.directory.relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	/** Each instance is later than the one before, however fast this machine is. */
	private Clock clock() {
		this.instances++;
		return Clock.fixed(RUN.plusMillis(this.instances), ZoneOffset.UTC);
	}

	private FileTarget fresh() {
		return new FileTarget(new FileStores(List.of()), clock());
	}

	private FileTarget target(String... options) {
		FileTarget target = fresh();
		target.configure(options(options));
		return target;
	}

	private FileTargetOptions options(String... options) {
		Map<String, String> values = new HashMap<>();
		for (String option : options) {
			String[] parts = option.split("=", 2);
			values.put(parts[0], parts[0].equals("path") ? this.directory + "/" + parts[1] : parts[1]);
		}
		return new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bind("", FileTargetOptions.class)
			.get();
	}

}
