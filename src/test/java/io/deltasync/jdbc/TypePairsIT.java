package io.deltasync.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies values of each type of each database to each database, and compares the results
 * with the tables in the documentation: {@code -Ddocs.write=true} writes them.
 */
class TypePairsIT {

	private static final Path PAGE = Path.of("docs/types.md");

	private static final String BEGIN = "<!-- begin types -->\n";

	private static final String END = "<!-- end types -->\n";

	private final Databases connections = new Databases();

	private final Map<TestDatabase, HikariDataSource> pools = TypePairs.byDatabase();

	/** Why values were refused, with the marks in the tables. */
	private final Map<String, Integer> reasons = new LinkedHashMap<>();

	@BeforeEach
	void connect() {
		for (TestDatabase database : TypePairs.DATABASES) {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSource(database.dataSource(database.createSchema()));
			pool.setMaximumPoolSize(2);
			this.pools.put(database, pool);
			this.connections.with(database.name(), pool);
		}
		new JdbcTemplate(this.pools.get(TestDatabase.POSTGRESQL)).execute("CREATE TYPE mood AS ENUM ('a', 'b')");
	}

	@AfterEach
	void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

	@Test
	void everyPairOfTypesIsAsDocumented() throws Exception {
		StringBuilder tables = new StringBuilder(targets());
		for (TestDatabase source : TypePairs.DATABASES) {
			tables.append(table(source));
		}
		tables.append('\n');
		this.reasons.forEach((reason, mark) -> tables.append("%d. %s%n".formatted(mark, reason)));
		String page = Files.readString(PAGE);
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		int end = page.indexOf(END);
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(PAGE, page.substring(0, begin) + tables + page.substring(end));
			return;
		}
		assertThat(page.substring(begin, end)).isEqualTo(tables.toString());
	}

	/** Returns the table of the columns that are written. */
	private static String targets() {
		StringBuilder table = new StringBuilder(
				"\n| %s |\n|%s\n".formatted(names(), "---|".repeat(TypePairs.DATABASES.size())));
		for (String kind : TypePairs.written(TestDatabase.H2).keySet()) {
			table.append("| %s |%n".formatted(TypePairs.DATABASES.stream()
				.map((target) -> "`%s`".formatted(TypePairs.written(target).get(kind)))
				.collect(Collectors.joining(" | "))));
		}
		return table.toString();
	}

	private static String names() {
		return TypePairs.DATABASES.stream().map(TypePairsIT::name).collect(Collectors.joining(" | "));
	}

	private String table(TestDatabase source) throws Exception {
		List<TypePairs.Type> types = TypePairs.read(source);
		Map<Integer, RecordInFlight> read = new LinkedHashMap<>();
		Map<Integer, String> unreadable = new LinkedHashMap<>();
		for (int i = 0; i < types.size(); i++) {
			read(source, i, types.get(i), read, unreadable);
		}
		List<List<String>> cells = new ArrayList<>();
		for (TestDatabase target : TypePairs.DATABASES) {
			cells.add(write(types, read, unreadable, target));
		}
		StringBuilder table = new StringBuilder("\n### From %s\n\n| Column | to %s |\n|---|%s\n".formatted(name(source),
				names(), "---|".repeat(TypePairs.DATABASES.size())));
		for (int i = 0; i < types.size(); i++) {
			int row = i;
			table.append("| `%s` | %s |%n".formatted(types.get(i).name(),
					cells.stream().map((column) -> column.get(row)).collect(Collectors.joining(" | "))));
		}
		return table.toString();
	}

	private static String name(TestDatabase database) {
		return switch (database) {
			case MYSQL -> "MySQL";
			case MARIADB -> "MariaDB";
			case POSTGRESQL -> "PostgreSQL";
			case SQLITE -> "SQLite";
			case DUCKDB -> "DuckDB";
			case DERBY -> "Derby";
			default -> database.name();
		};
	}

	/** Reads the values of a type from a table of their own. */
	private void read(TestDatabase source, int number, TypePairs.Type type, Map<Integer, RecordInFlight> read,
			Map<Integer, String> unreadable) throws Exception {
		JdbcTemplate jdbc = new JdbcTemplate(this.pools.get(source));
		jdbc.execute("CREATE TABLE t%d (id INT NOT NULL PRIMARY KEY, v %s)".formatted(number,
				type.name().equals("(no type)") ? "" : type.name()));
		for (int i = 0; i < type.literals().size(); i++) {
			jdbc.execute("INSERT INTO t%d VALUES (%d, %s)".formatted(number, 10 * number + i, type.literals().get(i)));
		}
		for (RecordInFlight record : records(source, "t" + number)) {
			if (record.errors().isEmpty()) {
				read.put(((Number) value(record, "id")).intValue(), record);
			}
			else {
				unreadable.put(number, record.errors().get(0));
			}
		}
	}

	private List<RecordInFlight> records(TestDatabase database, String table) throws Exception {
		return new Pull(this.connections, table,
				new JdbcSourceOptions(database.name(), null, null, null, null, null, null, null, null, null))
			.run();
	}

	private static @Nullable Object value(RecordInFlight record, String name) {
		return record.properties()
			.entrySet()
			.stream()
			.filter((property) -> property.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/** Writes the values to a table with a column for each type; returns its cells. */
	private List<String> write(List<TypePairs.Type> types, Map<Integer, RecordInFlight> read,
			Map<Integer, String> unreadable, TestDatabase target) throws Exception {
		Map<String, String> counterparts = TypePairs.written(target);
		JdbcTemplate jdbc = new JdbcTemplate(this.pools.get(target));
		jdbc.execute("CREATE TABLE target (id INT NOT NULL PRIMARY KEY" + counterparts.entrySet()
			.stream()
			.map((kind) -> ", v_%s %s".formatted(kind.getKey(), kind.getValue()))
			.collect(Collectors.joining()) + ")");
		JdbcTarget adapter = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		adapter.configure(new JdbcTargetOptions(target.name(), null, null, null, false));
		Map<Integer, RecordInFlight> pushed = new LinkedHashMap<>();
		read.forEach((id, record) -> pushed.put(id, new RecordInFlight(
				Records.properties("id", id, "v_" + types.get(id / 10).kind(), value(record, "v")))));
		adapter.pushRecords(LinkContext.builder().linkTargetName("target").build(), List.copyOf(pushed.values()));
		Map<Integer, RecordInFlight> held = new LinkedHashMap<>();
		records(target, "target").forEach((record) -> held.put(((Number) value(record, "id")).intValue(), record));
		jdbc.execute("DROP TABLE target");
		List<String> cells = new ArrayList<>();
		for (int i = 0; i < types.size(); i++) {
			cells.add(unreadable.containsKey(i) ? "unread" + mark(unreadable.get(i))
					: cell(i, types.get(i), pushed, held));
		}
		return cells;
	}

	private String cell(int number, TypePairs.Type type, Map<Integer, RecordInFlight> pushed,
			Map<Integer, RecordInFlight> held) {
		Set<String> results = new LinkedHashSet<>();
		for (int i = 0; i < type.literals().size(); i++) {
			RecordInFlight record = pushed.get(10 * number + i);
			String column = "v_" + type.kind();
			if (record == null || !record.errors().isEmpty()) {
				results.add("refused" + mark((record != null) ? record.errors().get(0) : "not read"));
			}
			else {
				results.add(compare(record.properties().get(column), value(held.get(10 * number + i), column)));
			}
		}
		return String.join(", ", results);
	}

	private String mark(String reason) {
		String shown = reason.replaceAll("(?i)Column 'v(_\\w+)?' ", "Column ")
			.replaceFirst("Column \\(.*?\\)+(?=:| )", "Column");
		return " (%d)".formatted(this.reasons.computeIfAbsent(shown, (key) -> this.reasons.size() + 1));
	}

	/** Returns the form in which a value arrived. */
	private static String compare(@Nullable Object read, @Nullable Object held) {
		if (read == null || held == null) {
			return (read == held) ? "exact" : "lost";
		}
		if (read instanceof byte[] one && held instanceof byte[] other) {
			return Arrays.equals(one, other) ? "exact" : "changed";
		}
		if (read instanceof Float || held instanceof Float) {
			return (read instanceof Number one && held instanceof Number other
					&& one.floatValue() == other.floatValue()) ? "exact" : "changed";
		}
		if (read instanceof Number && held instanceof Number) {
			return (new BigDecimal(read.toString()).compareTo(new BigDecimal(held.toString())) == 0) ? "exact"
					: "changed";
		}
		if (read.equals(held)) {
			return "exact";
		}
		return converted(read, held);
	}

	private static String converted(Object read, Object held) {
		if (isTime(read) && isTime(held)) {
			return LocalTime.parse(read.toString()).equals(LocalTime.parse(held.toString())) ? "exact" : "changed";
		}
		Instant from = instant(read);
		Instant to = instant(held);
		if (from != null && to != null) {
			return from.equals(to) ? "UTC"
					: (from.isAfter(to) && from.minusSeconds(1).isBefore(to)) ? "cut" : "changed";
		}
		if (read instanceof Boolean bool && held instanceof Number number) {
			return (number.intValue() == (bool ? 1 : 0)) ? "number" : "changed";
		}
		if (read instanceof Number number && held instanceof Boolean bool) {
			return (number.intValue() == (bool ? 1 : 0)) ? "boolean" : "changed";
		}
		if (read instanceof String text && held instanceof String other) {
			return text.stripTrailing().equals(other.stripTrailing()) ? "padded"
					: text.replace(" ", "").equals(other.replace(" ", "")) ? "exact" : "changed";
		}
		String before = read.toString().replace(" ", "");
		return !before.equals(held.toString().replace(" ", "")) ? "changed"
				: (held instanceof String) ? "text" : "from text";
	}

	private static boolean isTime(Object value) {
		return value instanceof LocalTime
				|| (value instanceof String text && text.matches("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?"));
	}

	private static @Nullable Instant instant(Object value) {
		return (value instanceof Instant instant) ? instant : (value instanceof OffsetDateTime offset)
				? offset.toInstant() : (value instanceof LocalDateTime local) ? local.toInstant(ZoneOffset.UTC) : null;
	}

}
