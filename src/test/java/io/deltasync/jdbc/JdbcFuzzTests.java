package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Fuzz;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever tables, columns and values are called and hold: they arrive as they are, or
 * are refused by name, and nothing else happens.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EachDatabase(TestDatabase.H2)
class JdbcFuzzTests extends JdbcAdapterFixture {

	/** H2 takes no longer ones. */
	private static final int LONGEST_NAME = 250;

	private static final String[] TYPES = { "TINYINT", "INT", "BIGINT", "DECIMAL(10,2)", "NUMERIC(38)", "DECFLOAT",
			"REAL", "DOUBLE PRECISION", "BOOLEAN", "CHAR(5)", "VARCHAR(20)", "VARCHAR", "VARCHAR_IGNORECASE(10)",
			"CLOB", "ENUM('a', 'b')", "JSON", "BINARY(4)", "VARBINARY(10)", "BLOB", "DATE", "TIME(3)", "TIMESTAMP(6)",
			"TIMESTAMP(3) WITH TIME ZONE", "UUID" };

	@BeforeEach
	void createCanary() {
		execute("CREATE TABLE canary (id INT PRIMARY KEY)", "INSERT INTO canary VALUES (1)");
	}

	@AfterEach
	void assertCanaryUnchanged() {
		assertThat(this.jdbc.queryForList("SELECT * FROM canary")).hasSize(1);
	}

	@Test
	void tablesAndColumnsOfAnyNameAreReadAndWritten() {
		Fuzz.cases(150, (fuzz) -> {
			String source = name(fuzz, List.of("canary"));
			String target = name(fuzz, List.of("canary", source));
			String key = name(fuzz, List.of());
			String value = name(fuzz, List.of(key));
			for (String table : List.of(source, target)) {
				execute("CREATE TABLE %s (%s INT PRIMARY KEY, %s VARCHAR)".formatted(quote(table), quote(key),
						quote(value)));
			}
			execute("INSERT INTO %s VALUES (1, 'a'), (2, 'b')".formatted(quote(source)));

			List<RecordInFlight> records = pull(source).run();
			push(target, records.toArray(RecordInFlight[]::new));

			assertThat(records).hasSize(2).noneMatch(RecordInFlight::isFailed);
			assertThat(this.jdbc.queryForList("SELECT * FROM " + quote(target)))
				.containsExactlyInAnyOrderElementsOf(this.jdbc.queryForList("SELECT * FROM " + quote(source)));
			execute("DROP TABLE " + quote(source), "DROP TABLE " + quote(target));
		});
	}

	@Test
	void missingTableOrColumnIsNamed() {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR)");
		Fuzz.cases(300, (fuzz) -> {
			String name = fuzz.text() + "#";
			for (FailingCall call : List.<FailingCall>of(() -> target(name), () -> pull(name).run(),
					() -> target("t", name), () -> push("t", record("id", 1, name, "x")))) {
				try {
					call.run();
					throw new AssertionError("'%s' is there".formatted(name));
				}
				catch (AbortRunException ex) {
					assertThat(ex).hasMessageContaining("'" + name + "'");
				}
			}
		});
	}

	@Test
	void exponentsOutOfRangeFailOnlyTheirRecord() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v DECFLOAT)");
		RecordInFlight small = record("id", 1, "v", "1E-100001");
		RecordInFlight large = record("id", 2, "v", "1E+100001");

		push("t", small, record("id", 3, "v", "1E+99999"), large);

		assertThat(List.of(small, large))
			.allSatisfy((record) -> assertThat(record.errors()).singleElement().asString().contains("exponent"));
		assertThat(this.jdbc.queryForList("SELECT id FROM t", Integer.class)).containsExactly(3);
	}

	@Test
	void valuesAreStoredUnchangedOrRefusedWithTheirColumn() {
		for (int i = 0; i < TYPES.length; i++) {
			execute("CREATE TABLE t%d (id INT PRIMARY KEY, v %s)".formatted(i, TYPES[i]));
		}
		Fuzz.cases(1500, (fuzz) -> {
			int type = fuzz.below(TYPES.length);
			String table = "t" + type;
			Object value = value(fuzz);
			String what = "%s of class %s into %s".formatted(shown(value), value.getClass(), TYPES[type]);
			RecordInFlight good = record("id", 0, "v", null);
			RecordInFlight tried = record("id", 1, "v", value);
			try {
				push(table, good, tried);
			}
			catch (Exception ex) {
				throw new AssertionError(what + ": " + ex, ex);
			}
			assertThat(good.isFailed()).as(what).isFalse();
			assertThat(this.jdbc.queryForList("SELECT id FROM " + table, Integer.class)).as(what)
				.hasSize(tried.isFailed() ? 1 : 2);
			if (tried.isFailed()) {
				assertThat(String.join("", tried.errors()).toLowerCase(Locale.ROOT)).as(what)
					.containsPattern("column 'v'|table 't" + type + "'")
					.doesNotContainPattern("nullpointer|classcast|indexoutof|because \"");
			}
			else if (value instanceof String && TYPES[type].startsWith("VARCHAR")) {
				assertThat(this.jdbc.queryForObject("SELECT v FROM %s WHERE id = 1".formatted(table), String.class))
					.as(what)
					.isEqualTo(value);
			}
			assertThat(compared(table, good, tried)).as(what)
				.matches((kinds) -> kinds.get(0) == Kind.SAME)
				.matches((kinds) -> (kinds.get(1) == Kind.SAME) != tried.isFailed());
			execute("DELETE FROM " + table);
		});
	}

	private List<Kind> compared(String table, RecordInFlight... records) {
		try {
			return compare(table, List.of(records)).stream().map(Comparison::kind).toList();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private static String shown(Object value) {
		return (value instanceof Map || value instanceof BigDecimal) ? value.getClass().getSimpleName()
				: String.valueOf(value);
	}

	private static String name(Fuzz fuzz, List<String> taken) {
		while (true) {
			String name = fuzz.text();
			boolean free = taken.stream().noneMatch(name::equalsIgnoreCase);
			boolean possible = !name.isBlank() && name.length() < LONGEST_NAME && name.indexOf('\u0000') < 0
					&& name.equals(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
			if (free && possible) {
				return name;
			}
		}
	}

	private static Object value(Fuzz fuzz) {
		long number = fuzz.number();
		return switch (fuzz.below(24)) {
			case 0 -> number;
			case 1 -> (int) number;
			case 2 -> (short) number;
			case 3 -> Double.longBitsToDouble(number);
			case 4 -> Float.intBitsToFloat((int) number);
			case 5 -> new BigDecimal(BigInteger.valueOf(number), (int) fuzz.number());
			case 6 -> new BigDecimal(BigInteger.valueOf(fuzz.below(1000)), fuzz.below(5));
			case 7 -> BigInteger.valueOf(number).pow(1 + fuzz.below(20));
			case 8 -> fuzz.below(2) == 0;
			case 9 -> new byte[fuzz.below(12)];
			case 10 -> Instant.MIN.plusSeconds(number >>> 9);
			case 11 -> fuzz.oneOf(Instant.MIN, Instant.MAX, Instant.EPOCH);
			case 12 -> fuzz.oneOf(LocalDate.MIN, LocalDate.MAX, LocalDate.EPOCH, LocalDate.ofEpochDay(number >> 40));
			case 13 -> fuzz.oneOf(LocalDateTime.MIN, LocalDateTime.MAX, LocalDateTime.of(2026, 3, 29, 2, 30));
			case 14 ->
				fuzz.oneOf(OffsetDateTime.MIN, OffsetDateTime.MAX, OffsetDateTime.parse("2026-11-21T08:00+01:00"));
			case 15 -> Instant.ofEpochSecond(number >> 40).atZone(ZoneId.of("America/New_York"));
			case 16 -> fuzz.oneOf(LocalTime.MIN, LocalTime.MAX, LocalTime.NOON);
			case 17 -> fuzz.oneOf(new Date(number), new java.sql.Date(number), new java.sql.Time(number),
					new java.sql.Timestamp(number));
			case 18 -> new UUID(number, number);
			case 19 ->
				fuzz.oneOf(new Object(), Year.of(2026), 'x', Locale.ROOT, Optional.empty(), new StringBuilder("x"));
			case 20 ->
				fuzz.oneOf(List.of(fuzz.text()), Map.of(fuzz.text(), number), new ArrayList<>(List.of(Map.of())));
			case 21 -> circular();
			default -> fuzz.text();
		};
	}

	private static Object circular() {
		Map<String, Object> map = new HashMap<>();
		map.put("itself", List.of(map));
		return map;
	}

	private interface FailingCall {

		void run() throws Exception;

	}

}
