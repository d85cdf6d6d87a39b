package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Databases in the process of the test: SQLite and DuckDB, and two that have no dialect
 * of their own.
 */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.DUCKDB, TestDatabase.DERBY, TestDatabase.HSQLDB })
class EmbeddedDatabasesIT extends JdbcAdapterFixture {

	private void createTable(String name) {
		execute("CREATE TABLE %s (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), amount DECIMAL(10, 2), changed %s)"
			.formatted(quote(name), (this.database == TestDatabase.SQLITE) ? "DATETIME" : "TIMESTAMP"));
	}

	private void insert(String table, int from, int to, String changed) {
		for (int id = from; id < to; id++) {
			this.jdbc.update("INSERT INTO %s (id, name, amount, changed) VALUES (?, ?, 1.5, '%s')"
				.formatted(quote(table), changed), id, "name " + id);
		}
	}

	private List<Map<String, Object>> rows(String table) {
		return rows(table, "id");
	}

	private List<Map<String, Object>> rows(String table, String key) {
		return this.jdbc.queryForList("SELECT * FROM %s ORDER BY %s".formatted(quote(table), key));
	}

	private static List<Object> ids(List<RecordInFlight> records) {
		return records.stream().map((record) -> record.properties().values().iterator().next()).toList();
	}

	private RecordInFlight row(long id, String name) {
		return record("id", id, "name", name, "amount", new BigDecimal("2.25"), "changed",
				LocalDateTime.parse("2026-03-29T02:30:00.123456"));
	}

	@Test
	void tableIsReadInRangesAndWrittenWithTheSameValues() throws Exception {
		createTable("Source_x");
		createTable("Source1x");
		createTable("target");
		insert("Source_x", 0, 25, "2026-01-01 10:00:00.25");
		Pull pull = pull("source_X").batchSizeLimit(10);
		List<RecordInFlight> records = pull.run();
		assertThat(pull.strategy).isInstanceOf(FetchStrategy.Scopes.class);
		assertThat(pull.sizes).containsExactly(10, 10, 5);
		assertThat(ids(records))
			.containsExactlyElementsOf(new ArrayList<>(java.util.stream.LongStream.range(0, 25).boxed().toList()));
		push("target", records.toArray(RecordInFlight[]::new));
		// written twice, as after a crash
		push("target", records.toArray(RecordInFlight[]::new));
		assertThat(records).allMatch((record) -> record.errors().isEmpty());
		List<RecordInFlight> again = pull("target").run();
		assertThat(again).hasSize(25);
		for (int i = 0; i < 25; i++) {
			assertThat(again.get(i).properties()).isEqualTo(records.get(i).properties());
		}
	}

	@Test
	void badRecordsAreRefusedAloneAndTheOthersWritten() throws Exception {
		execute("CREATE TABLE target (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL, small SMALLINT, "
				+ "CHECK (small < 10))");
		List<RecordInFlight> records = new ArrayList<>();
		for (long id = 0; id < 40; id++) {
			records.add(record("id", id, "name", (id == 7) ? null : "n" + id, "small", (id == 21) ? 70000L : 1L));
		}
		push("target", records.toArray(RecordInFlight[]::new));
		assertThat(records.stream().filter((record) -> !record.errors().isEmpty()).map((record) -> record.get("id")))
			.as("refused before they are sent")
			.containsExactly(7L, 21L);

		RecordInFlight checked = record("id", 50L, "name", "x", "small", 11L);
		RecordInFlight good = record("id", 51L, "name", "x", "small", 1L);
		if (this.database == TestDatabase.DUCKDB) {
			// without savepoints the batch fails, and the engine divides it
			assertThat(catchThrowable(() -> push("target", checked, good))).hasMessageContaining("CHECK");
			push("target", good);
			assertThat(catchThrowable(() -> push("target", checked))).hasMessageContaining("refuses it");
		}
		else {
			push("target", checked, good);
			assertThat(checked.errors()).singleElement().asString().contains("refuses it");
			assertThat(good.errors()).isEmpty();
		}
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM target", Integer.class)).isEqualTo(39);
	}

	@Test
	void lastVersionOfARecordThatComesTwiceIsKept() throws Exception {
		createTable("target");
		push("target", row(1, "first"), row(2, "other"), row(1, "second"));
		push("target", row(1, "third"), row(1, "fourth"));
		assertThat(rows("target")).extracting((row) -> row.values().toArray()[1]).containsExactly("fourth", "other");
	}

	@Test
	void rowsAreUpdatedAndDeletedByTheirKey() throws Exception {
		createTable("target");
		push("target", row(1, "one"), row(2, "two"), row(3, "three"));
		RecordInFlight update = new RecordInFlight(Records.properties("id", 1L, "name", "changed"), Operation.UPDATE);
		RecordInFlight unknown = new RecordInFlight(Records.properties("id", 9L, "name", "nobody"), Operation.UPDATE);
		RecordInFlight delete = new RecordInFlight(Records.properties("id", 2L), Operation.DELETE);
		push("target", update, unknown, delete);
		// only a part of the columns
		push("target", record("id", 3L, "amount", new BigDecimal("7")));
		assertThat(rows("target")).extracting((row) -> row.values().toArray()[1]).containsExactly("changed", "three");
	}

	@Test
	void testingRunLeavesTheTableAsItIs() throws Exception {
		createTable("target");
		push("target", row(1, "one"));
		JdbcTarget target = target("target");
		target.pushRecords(context("target").toBuilder().testingMode(true).build(),
				List.of(row(1, "changed"), row(2, "two")));
		assertThat(rows("target")).extracting((row) -> row.values().toArray()[1]).containsExactly("one");
	}

	@Test
	void changesAreFoundByTime() throws Exception {
		createTable("source");
		insert("source", 0, 5, "2026-01-01 10:00:00");
		Pull pull = pull("source", new SourceSettings().delta("changed").overlap(Duration.ZERO));
		assertThat(pull.run()).hasSize(5);
		assertThat(pull.run()).isEmpty();
		LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
		this.jdbc.update("UPDATE %s SET changed = '%s' WHERE id = 3".formatted(quote("source"),
				DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").format(now)));
		// a run reads up to the millisecond in which it begins
		while (!LocalDateTime.now(ZoneOffset.UTC).isAfter(now.plus(1, ChronoUnit.MILLIS))) {
			Thread.onSpinWait();
		}
		assertThat(ids(pull.run())).containsExactly(3L);
		assertThat(pull.run()).isEmpty();
	}

	@Test
	void changeWithinTheMillisecondOfTheCursorIsFound() throws Exception {
		createTable("source");
		insert("source", 0, 1, "2026-01-01 09:59:59.999");
		insert("source", 1, 2, "2026-01-01 10:00:00.000123");
		insert("source", 2, 3, "2026-01-01 10:00:00.000900");
		Pull pull = pull("source", new SourceSettings().delta("changed").overlap(Duration.ZERO));
		pull.run();
		pull.cursor = pull.cursor.replaceFirst("\\d{4}-.*", "2026-01-01T10:00:00.000123Z");
		assertThat(ids(pull.run())).containsExactly(1L, 2L);
	}

	@Test
	void keysOfSqliteAreComparedByTheirCollation() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.SQLITE);
		execute("CREATE TABLE target (k TEXT COLLATE NOCASE NOT NULL PRIMARY KEY, n INT)",
				"CREATE TABLE nulls (k TEXT PRIMARY KEY)", "INSERT INTO nulls VALUES ('a'), (NULL), ('b')");
		push("target", record("k", "Anna", "n", 1L));
		push("target", record("k", "ANNA", "n", 2L));
		assertThat(rows("target", "k")).extracting((row) -> row.get("k")).containsExactly("ANNA");
		push("target", new RecordInFlight(Records.properties("k", "anna"), Operation.DELETE));
		assertThat(rows("target", "k")).hasSize(1);
		assertThat(target("target").canonicalKeys(context("target"), List.of(record("k", "Anna"), record("k", "ÄNNA"))))
			.hasToString("[[anna], [Änna]]");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("nulls").run())
			.withMessageContaining("Column 'k' of the key is NULL in a row of table 'nulls'");
	}

	@Test
	void changesAreFoundByANumber() throws Exception {
		execute("CREATE TABLE source (id INTEGER NOT NULL PRIMARY KEY, version BIGINT)");
		this.jdbc.update("INSERT INTO source VALUES (1, 10)");
		this.jdbc.update("INSERT INTO source VALUES (2, 11)");
		Pull pull = pull("source", new SourceSettings().delta("version").overlapNumbers(0));
		assertThat(pull.run()).hasSize(2);
		this.jdbc.update("INSERT INTO source VALUES (3, 12)");
		assertThat(ids(pull.run())).contains(3L).doesNotContain(1L);
	}

	@Test
	void keysOfSeveralColumnsAreOrderedAsTheDatabaseComparesThem() throws Exception {
		execute("CREATE TABLE source (a VARCHAR(10) NOT NULL, b DECIMAL(5, 1) NOT NULL, c INTEGER, PRIMARY KEY (a, b))");
		int row = 0;
		for (String a : List.of("B", "a", "é", "Z", "")) {
			for (String b : List.of("-1.5", "0", "10", "9.5")) {
				this.jdbc.update("INSERT INTO source VALUES (?, ?, ?)", a, new BigDecimal(b), row++);
			}
		}
		Pull pull = pull("source").batchSizeLimit(3);
		assertThat(pull.run()).extracting((record) -> record.properties().values().toArray()[2])
			.doesNotHaveDuplicates()
			.hasSize(20);
	}

	@Test
	void lockOfAnotherWriterIsTransient() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.SQLITE || this.database == TestDatabase.DUCKDB);
		createTable("target");
		push("target", row(1, "one"));
		try (Connection other = this.database.dataSource(this.schema).getConnection();
				Statement statement = other.createStatement()) {
			if (this.database == TestDatabase.SQLITE) {
				execute("PRAGMA busy_timeout = 10");
				statement.execute("BEGIN IMMEDIATE");
			}
			else {
				other.setAutoCommit(false);
				statement.executeUpdate("UPDATE target SET name = 'other' WHERE id = 1");
			}
			assertThatExceptionOfType(SQLTransientException.class).isThrownBy(() -> push("target", row(1, "two")));
			statement.execute("ROLLBACK");
		}
		push("target", row(1, "two"));
		assertThat(rows("target")).extracting((row) -> row.values().toArray()[1]).containsExactly("two");
	}

	@Test
	void generatedAndMissingColumnsAndKeysAreDescribed() throws Exception {
		execute("CREATE TABLE target (id INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL, "
				+ "twice INTEGER GENERATED ALWAYS AS (n * 2), u INTEGER UNIQUE)");
		push("target", record("id", 1L, "n", 4L, "twice", 99L));
		assertThat(this.jdbc.queryForObject("SELECT twice FROM target", Integer.class)).isEqualTo(8);
		JdbcTarget target = target("target");
		assertThat(target.keyProperties(LinkContext.builder().linkTargetName("target").build()))
			.satisfiesExactly((name) -> assertThat(name).isEqualToIgnoringCase("id"));
		assertThat(catchThrowable(() -> target.validate(context("target"), List.of("id"))))
			.hasMessageContaining("There is no value for")
			.hasMessageContainingAll("NOT NULL");
	}

}
