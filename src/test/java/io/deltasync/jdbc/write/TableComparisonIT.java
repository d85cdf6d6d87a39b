package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Records;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a table holds, compared with records that would be written to it. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL, TestDatabase.SQLITE,
		TestDatabase.DUCKDB, TestDatabase.DERBY, TestDatabase.HSQLDB })
class TableComparisonIT extends JdbcAdapterFixture {

	private boolean isH2() {
		return this.database == TestDatabase.H2;
	}

	private List<Kind> kinds(String table, RecordInFlight... records) throws Exception {
		return compare(table, List.of(records)).stream().map(Comparison::kind).toList();
	}

	@Test
	void recordsAreTheSameMissingOrDifferentInNamedProperties() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10), w INT)",
				"INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, NULL, 3), (9, 'c', 9)");

		List<Comparison> found = compare("t",
				List.of(record("id", 1, "v", "a", "w", 1), record("id", 2, "v", "x", "w", 7),
						record("id", 3, "v", "", "w", 3), record("id", 4, "v", "a", "w", 1)));

		assertThat(found).extracting(Comparison::kind)
			.containsExactly(Kind.SAME, Kind.DIFFERENT, Kind.DIFFERENT, Kind.MISSING);
		assertThat(found.get(1).held()).containsOnlyKeys("v", "w").containsEntry("v", "b").containsEntry("w", 2L);
		assertThat(found.get(2).held()).containsOnlyKeys("v").containsEntry("v", null);
	}

	@Test
	void valuesThatTheTableWouldRefuseAreNamed() throws Exception {
		execute("CREATE TABLE t (id SMALLINT PRIMARY KEY, v VARCHAR(3) NOT NULL)", "INSERT INTO t VALUES (1, 'abc')");

		List<Comparison> found = compare("t",
				List.of(record("id", 1, "v", "too long"), record("id", new BigDecimal("1e30"), "v", "a"),
						record("id", 1, "v", null), record("id", null, "v", "a")));

		assertThat(found).extracting(Comparison::kind).containsOnly(Kind.REFUSED);
		assertThat(found).extracting(Comparison::reason).allMatch((reason) -> reason.contains("olumn"));
	}

	@Test
	void aKeyInOtherLettersIsADifferenceWhereTheTableTakesBothForOne() throws Exception {
		String type = switch (this.database) {
			case H2, HSQLDB -> "VARCHAR_IGNORECASE(10)";
			case SQLITE, DUCKDB -> "VARCHAR(10) COLLATE NOCASE";
			case POSTGRESQL -> "VARCHAR(10) COLLATE nocase";
			default -> "VARCHAR(10)";
		};
		assumeThat(this.database).as("has collations").isNotEqualTo(TestDatabase.DERBY);
		if (isPostgreSql()) {
			execute("CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
		}
		execute("CREATE TABLE t (id %s PRIMARY KEY, v INT)".formatted(type),
				"INSERT INTO t VALUES ('ANNA', 1), ('bob', 2)");

		List<Comparison> found = compare("t",
				List.of(record("id", "Anna", "v", 1), record("id", "bob", "v", 2), record("id", "eve", "v", 3)));

		assertThat(found).extracting(Comparison::kind).containsExactly(Kind.DIFFERENT, Kind.SAME, Kind.MISSING);
		assertThat(found.get(0).held()).containsOnlyKeys("id").containsEntry("id", "ANNA");
	}

	@Test
	void theLastOfSeveralRecordsWithOneKeyDecides() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 2)");

		assertThat(kinds("t", record("id", 1, "v", 1), record("id", 1, "v", 2))).containsExactly(Kind.SAME, Kind.SAME);
		assertThat(kinds("t", record("id", 1, "v", 2), record("id", 1, "v", 1))).containsOnly(Kind.DIFFERENT);
	}

	@Test
	void compositeAndPaddedKeysFindTheirRows() throws Exception {
		execute("CREATE TABLE t (a CHAR(5), b BIGINT, v INT, PRIMARY KEY (a, b))",
				"INSERT INTO t VALUES ('x', 1, 1), ('x', 2, 2), ('y', 1, 3)");

		// MySQL would lose the spaces, so its target refuses them
		assertThat(kinds("t", record("a", isH2() ? "x    " : "x", "b", 1, "v", 1), record("a", "x", "b", 2, "v", 2),
				record("a", "y", "b", 2, "v", 3)))
			.containsExactly(Kind.SAME, Kind.SAME, Kind.MISSING);
	}

	@Test
	void roundedAndTruncatedValuesAreTheSameAsWhatIsStored() throws Exception {
		assumeThat(this.database).as("has times of milliseconds")
			.isNotIn(TestDatabase.SQLITE, TestDatabase.DUCKDB, TestDatabase.DERBY);
		execute("CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(10, 2), f %s, t %s, b %s)"
			.formatted(isMySql() ? "FLOAT" : "REAL", localTime(3), isPostgreSql() ? "BYTEA" : "VARBINARY(4)"));
		RecordInFlight record = record("id", 1, "d", "1.50", "f", 0.1d, "t", "2026-03-29T02:30:00.123987", "b",
				new byte[] { 0, 1 });
		push("t", record);

		assertThat(record.isFailed()).as("%s", record.errors()).isFalse();
		assertThat(kinds("t", record)).containsExactly(Kind.SAME);
		execute("UPDATE t SET t = '2026-03-29 02:30:00.124'");
		assertThat(compare("t", List.of(record)).get(0).held()).containsOnlyKeys("t");
	}

	@Test
	void zeroesWithASignAndNumbersThatAreNoneAreComparedAsTheyAreStored() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v DOUBLE PRECISION)");
		push("t", record("id", 1, "v", -0.0d), record("id", 2, "v", 0.0d));
		if (isH2()) {
			push("t", record("id", 3, "v", Double.NaN));
			assertThat(kinds("t", record("id", 3, "v", Double.NaN))).containsExactly(Kind.SAME);
			assertThat(kinds("t", record("id", 3, "v", 1.0))).containsExactly(Kind.DIFFERENT);
		}

		assertThat(kinds("t", record("id", 1, "v", -0.0d), record("id", 2, "v", 0.0d))).containsOnly(Kind.SAME);
	}

	@Test
	void membersOfJsonAreComparedWhateverTheirOrderAndForm() throws Exception {
		assumeThat(this.database).as("has JSON").isNotIn(TestDatabase.DERBY, TestDatabase.HSQLDB);
		execute("CREATE TABLE t (id INT PRIMARY KEY, v JSON)");
		RecordInFlight record = record("id", 1, "v", "{\"b\": 1.0, \"a\": [1, null, \"é\"]}");
		push("t", record);

		assertThat(record.isFailed()).as("%s", record.errors()).isFalse();
		assertThat(kinds("t", record)).containsExactly(Kind.SAME);
		assertThat(kinds("t", record("id", 1, "v", "{\"b\": 1.0, \"a\": [1, null, \"e\"]}")))
			.containsExactly(Kind.DIFFERENT);
	}

	@Test
	void rowsOfMoreKeysThanAStatementTakesAreFound() throws Exception {
		execute("CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, v INT, PRIMARY KEY (a, b))");
		List<RecordInFlight> records = new ArrayList<>();
		for (int i = 0; i < 1201; i++) {
			records.add(record("a", i * 10, "b", -i, "v", i));
		}
		target("t").pushRecords(context("t"), records.subList(0, 1200));

		List<Comparison> found = compare("t", records);
		assertThat(found.subList(0, 1200)).containsOnly(Comparison.SAME);
		assertThat(found.get(1200)).isEqualTo(Comparison.MISSING);
	}

	@Test
	void aDeletionIsDoneWhereThereIsNoRow() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)");

		assertThat(kinds("t", new RecordInFlight(Records.properties("id", 1), Operation.DELETE),
				new RecordInFlight(Records.properties("id", 2), Operation.DELETE)))
			.containsExactly(Kind.DIFFERENT, Kind.MISSING);
	}

	@Test
	void rowsAreCountedAndTheirKeysReadWhereTheyHaveTheConstants() throws Exception {
		execute("CREATE TABLE t (tenant INT, id VARCHAR(10), PRIMARY KEY (tenant, id))",
				"INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, 'a')");
		JdbcTarget target = target("t");
		String tenant = target.keyProperties(context("t")).get(0);

		assertThat(target.count(context("t"), Map.of())).isEqualTo(3);
		assertThat(target.count(context("t"), Map.of(tenant, 1))).isEqualTo(2);
		List<List<Object>> keys = new ArrayList<>();
		Iterable<List<Object>> rows = target.keys(context("t"), Map.of(tenant, 1));
		rows.forEach(keys::add);
		((AutoCloseable) rows).close();
		assertThat(keys).containsExactlyInAnyOrder(List.of(1L, "a"), List.of(1L, "b"));
	}

	@Test
	void aKeyThatDoesNotFindItsRowsIsRefused() {
		assumeThat(this.database).as("has short floats").isNotIn(TestDatabase.SQLITE, TestDatabase.HSQLDB);
		execute("CREATE TABLE t (id %s PRIMARY KEY, v INT)".formatted(isMySql() ? "FLOAT" : "REAL"));

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> kinds("t", record("id", 0.1, "v", 1)))
			.withMessageContaining("use a key of exact numbers");
	}

}
