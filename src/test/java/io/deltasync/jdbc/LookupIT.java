package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.FoundRecord;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.WindowPosition;
import io.deltasync.api.WindowPosition.Place;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How both adapters find a single record by its key. */
@EachDatabase
class LookupIT extends JdbcAdapterFixture {

	private List<RecordInFlight> find(SourceSettings settings, Map<String, String> texts) throws Exception {
		JdbcSource source = pull("t", settings).source();
		Object scope = source.lookupScope(context("t"), source.parseKey(context("t"), byColumn(source, texts)));
		Object restored = source.deserializeScope(source.serializeScope(scope));
		List<RecordInFlight> found = new ArrayList<>();
		Iterable<RecordInFlight> records = source.fetchRecords(context("t"), restored);
		records.forEach(found::add);
		((AutoCloseable) records).close();
		return found;
	}

	private Map<String, String> byColumn(JdbcSource source, Map<String, String> texts) throws Exception {
		Map<String, String> named = new java.util.LinkedHashMap<>();
		for (String column : source.keyProperties(context("t"))) {
			texts.forEach((name, text) -> {
				if (name.equalsIgnoreCase(column)) {
					named.put(column, text);
				}
			});
		}
		return named;
	}

	private List<RecordInFlight> find(String text) throws Exception {
		return find(new SourceSettings(), Map.of("id", text));
	}

	@Test
	void aRecordIsFoundByItsKeyAsARunFetchesIt() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
				"INSERT INTO t VALUES (6, 'a'), (7, 'b'), (8, 'c')");

		assertThat(find("7")).singleElement().satisfies((record) -> {
			assertThat(record.properties().values()).containsExactly(7L, "b");
			assertThat(record.key()).isEqualTo("7");
		});
		assertThat(find("9")).isEmpty();
	}

	@Test
	void eachPartOfACompoundKeyCounts() throws Exception {
		execute("CREATE TABLE t (id INT, line INT, v INT, PRIMARY KEY (id, line))",
				"INSERT INTO t VALUES (1, 1, 11), (1, 2, 12), (2, 1, 21), (2, 2, 22)");

		assertThat(values(find(new SourceSettings(), Map.of("id", "1", "line", "2")), "v")).containsExactly(12L);
		assertThat(find(new SourceSettings(), Map.of("id", "1", "line", "3"))).isEmpty();
	}

	@Test
	void keysOfEveryKindAreTypedAsTheirColumnsAre() throws Exception {
		String binary = isMySql() ? "BINARY(4)" : isPostgreSql() ? "BYTEA" : "VARBINARY(4)";
		String kindOf = isPostgreSql() ? "kind" : "ENUM('new', 'used')";
		if (isPostgreSql()) {
			execute("CREATE TYPE kind AS ENUM ('new', 'used')");
		}
		Map<String, String> kinds = Map.of("VARCHAR(20)", "it's, \"quoted\"", "DECIMAL(10, 2)", "12.50", "DATE",
				"2026-11-21", "BIGINT", "9007199254740993", binary, "00ff10a0", "BOOLEAN", "true", kindOf, "used");
		for (Map.Entry<String, String> kind : kinds.entrySet()) {
			String value = kind.getKey().equals(binary) ? (isPostgreSql() ? "'\\x" : "x'") + kind.getValue() + "'"
					: "'" + kind.getValue().replace("'", "''") + "'";
			execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (id %s PRIMARY KEY)".formatted(kind.getKey()),
					"INSERT INTO t VALUES (%s)".formatted(kind.getKey().equals("BOOLEAN") ? "TRUE" : value));

			String typed = (kind.getKey().equals("BOOLEAN") && isMySql()) ? "1" : kind.getValue();
			assertThat(find(typed)).as(kind.getKey()).hasSize(1);
		}
	}

	@Test
	void aTextThatIsNoValueOfTheKeyIsRefusedByName() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY)");

		assertThatIllegalArgumentException().isThrownBy(() -> find("seven"))
			.withMessageMatching("(?i)'seven' is not a value of the key column 'id' .*; give a whole number .*");
		assertThatIllegalArgumentException().isThrownBy(() -> find("7.5"));
		assertThatIllegalArgumentException().isThrownBy(() -> find(new SourceSettings(), Map.of()))
			.withMessageMatching("(?i)The key of table 't' .* needs a value of 'id'");
	}

	private WindowPosition position(SourceSettings settings, Instant last, int id) throws Exception {
		JdbcSource source = pull("t", settings).source();
		LinkContext.Builder context = LinkContext.builder().linkSourceName("t");
		if (last != null) {
			context.lastSuccessfulSync(last).lastSuccessfulCursor("time:%s:%s".formatted(column(source), last));
		}
		String key = source.keyProperties(context("t")).get(0);
		return new RunContext().call(() -> source.windowPosition(context.build(), Map.of(key, (long) id)));
	}

	private String column(JdbcSource source) throws Exception {
		return source.propertyNames(context("t"))
			.stream()
			.filter((name) -> name.equalsIgnoreCase("d"))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void thePositionIsThatOfTheNextRunWithItsOverlap() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d %s NULL)".formatted(localTime(isMySql() ? 0 : 6)));
		Instant now;
		try (var connection = pool().getConnection()) {
			now = this.dialect.clock().now(connection);
		}
		Instant last = now.minusSeconds(3600);
		insert(1, last.minusSeconds(700));
		insert(2, last.minusSeconds(100));
		insert(3, now.minusSeconds(10));
		insert(4, now.plusSeconds(3600));
		this.jdbc.update("INSERT INTO t VALUES (5, NULL)");
		SourceSettings settings = new SourceSettings().delta("d").overlap(Duration.ofMinutes(10));

		assertThat(position(settings, last, 1).place()).isEqualTo(Place.BEFORE);
		assertThat(position(settings, last, 2).place()).isEqualTo(Place.WITHIN);
		assertThat(position(settings, last, 3).place()).isEqualTo(Place.WITHIN);
		assertThat(position(settings, last, 4).place()).isEqualTo(Place.AFTER);
		assertThat(position(settings, last, 5).place()).isEqualTo(Place.NO_VALUE);
		assertThat(position(settings, last, 6)).isNull();
		assertThat(position(settings, null, 1).place()).isEqualTo(Place.EVERYTHING);
		assertThat(position(new SourceSettings(), last, 1).place()).isEqualTo(Place.EVERYTHING);
		WindowPosition before = position(settings, last, 1);
		assertThat(before.property()).isEqualToIgnoringCase("d");
		assertThat(before.value()).isLessThan(before.from());
		assertThat(before.from()).isLessThan(before.to());
	}

	private void insert(int id, Instant at) {
		this.jdbc.update("INSERT INTO t VALUES (?, ?)", id, LocalDateTime.ofInstant(at, ZoneOffset.UTC).withNano(0));
	}

	private FoundRecord lookUp(RecordInFlight record) throws Exception {
		return target("t").lookUp(context("t"), record);
	}

	@Test
	void theTargetTellsWhichValuesADeliveryWouldChange() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(10, 2), qty INT)",
				"INSERT INTO t VALUES (7, 'b', 1.50, NULL)");

		assertThat(lookUp(record("id", 7L, "name", "b", "price", new BigDecimal("1.5"), "qty", null)).differences())
			.isEmpty();
		FoundRecord changed = lookUp(record("id", "7", "name", "c", "price", "1.50", "qty", 0));
		assertThat(changed.differences()).map(String::toLowerCase).containsExactly("name", "qty");
		assertThat(changed.properties().values()).containsExactly(7L, "b", new BigDecimal("1.50"), null);
		assertThat(lookUp(record("id", 7)).differences()).isEmpty();
		assertThat(lookUp(record("id", 8))).isNull();
	}

	@Test
	void whatADeliveryRoundsOrConvertsIsNoDifference() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, at %s, weight REAL, doc JSON)".formatted(localTime(0)));
		RecordInFlight record = record("id", 7L, "at", Instant.parse("2026-11-21T08:00:00.9Z"), "weight", 0.1, "doc",
				"{\"b\": 1, \"a\": [1.50, null]}");
		if (this.database == TestDatabase.H2) {
			execute("ALTER TABLE t DROP COLUMN doc");
			record = record("id", 7L, "at", Instant.parse("2026-11-21T08:00:00.9Z"), "weight", 0.1);
		}
		push("t", record);

		assertThat(lookUp(record).differences()).isEmpty();
		assertThat(lookUp(record("id", 7L, "at", Instant.parse("2026-11-21T08:00:01Z"), "weight", 0.2)).differences())
			.hasSize(2);
	}

	@Test
	void theTargetFindsTheRowThatAnUpsertWouldWrite() throws Exception {
		execute("CREATE TABLE t (code VARCHAR(20) PRIMARY KEY, v INT)", "INSERT INTO t VALUES ('Abc', 1)");

		assertThat(lookUp(record("code", "Abc", "v", 1)).differences()).isEmpty();
		FoundRecord other = lookUp(record("code", "ABC", "v", 2));
		if (!isMySql()) {
			assertThat(other).isNull();
		}
		else {
			assertThat(other.properties().get("code")).isEqualTo("Abc");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> lookUp(record("v", 2)))
			.withMessageMatching("(?i).*no value for column 'code' of the key of .*");
	}

}
