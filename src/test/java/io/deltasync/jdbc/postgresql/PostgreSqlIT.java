package io.deltasync.jdbc.postgresql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is different in PostgreSQL, on its oldest and its newest version. */
@EachDatabase({ TestDatabase.POSTGRESQL_OLDEST, TestDatabase.POSTGRESQL })
class PostgreSqlIT extends JdbcAdapterFixture {

	private List<String> texts(String sql) {
		return this.jdbc.queryForList(sql, String.class);
	}

	private static String error(RecordInFlight record) {
		assertThat(record.errors()).hasSize(1);
		return record.errors().get(0);
	}

	private Pull asRole(String table, SourceSettings settings) {
		return new Pull(new Databases().with("db", roleDataSource()), table, settings.options());
	}

	private DriverManagerDataSource roleDataSource() {
		return new DriverManagerDataSource(this.database.url(this.schema), this.schema, "");
	}

	private void withRole(ThrowingRunnable test) throws Exception {
		execute("CREATE ROLE %s LOGIN".formatted(this.schema));
		try {
			test.run();
		}
		finally {
			execute("DROP OWNED BY " + this.schema, "DROP ROLE " + this.schema);
		}
	}

	@ParameterizedTest
	@CsvSource({ "DATE, infinity, it is infinity", "TIMESTAMP, -infinity, it is -infinity",
			"TIMESTAMPTZ, infinity, it is infinity", "NUMERIC, NaN, NaN", "TIME, 24:00:00, not a time of day" })
	void valuesWithoutAClassFailOnlyTheirRecord(String type, String value, String reason) throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v %s)".formatted(type),
				"INSERT INTO t VALUES (1, NULL), (2, '%s'), (3, NULL)".formatted(value));

		List<RecordInFlight> records = pull("t").run();

		assertThat(records).extracting(RecordInFlight::isFailed).containsExactly(false, true, false);
		assertThat(error(records.get(1))).startsWith("Column 'v' (").contains("cannot be read", reason);
	}

	@Test
	void fractionsAreCutAndNeverRoundedIntoTheNextSecond() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, a TIMESTAMPTZ(0), b TIMESTAMP, c TIME(3), n NUMERIC(10, 2))");
		RecordInFlight rounded = record("id", 2, "a", null, "b", null, "c", null, "n", new BigDecimal("1.005"));

		push("t",
				record("id", 1, "a", Instant.parse("2026-12-31T23:59:59.999999999Z"), "b",
						LocalDateTime.parse("2026-12-31T23:59:59.999999999"), "c", LocalTime.parse("23:59:59.9996"),
						"n", new BigDecimal("1.00")),
				rounded);

		assertThat(texts("SELECT (a AT TIME ZONE 'UTC') || ' ' || b || ' ' || c FROM t"))
			.containsExactly("2026-12-31 23:59:59 2026-12-31 23:59:59.999999 23:59:59.999");
		assertThat(error(rounded)).contains("more than 2 digits after the point");
	}

	@ParameterizedTest
	@CsvSource({ "TEXT, NUL", "VARCHAR(20), NUL", "JSONB, NUL", "JSON, NUL", "TEXT[], NUL" })
	void charactersThatCannotBeStoredFailOnlyTheirRecord(String type, String named) throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v %s)".formatted(type));
		boolean list = type.endsWith("[]");
		RecordInFlight nul = record("id", 1, "v", list ? List.of("a\0") : "\"a\0\"");
		RecordInFlight half = record("id", 2, "v", list ? List.of("\uD83D") : "\"\uD83D\"");

		push("t", nul, record("id", 3, "v", null), half);

		assertThat(error(nul)).contains("Column 'v'", named);
		assertThat(error(half)).contains("Column 'v'", "half a surrogate pair");
		assertThat(texts("SELECT id FROM t")).containsExactly("3");
	}

	@Test
	void textsAreConvertedByTheServerToTypesThatItChecks() throws Exception {
		execute("CREATE DOMAIN positive AS INT CHECK (VALUE > 0)", "CREATE TYPE mood AS ENUM ('sad', 'ok')",
				"CREATE TABLE t (id INT PRIMARY KEY, a INET, b INTERVAL, c BIT(3), d positive, e mood, f INT[], g JSONB)");
		RecordInFlight[] bad = { record("id", 1, "a", "1.2.3"), record("id", 2, "b", "long"), record("id", 3, "c", "1"),
				record("id", 4, "d", -1), record("id", 5, "e", "OK"), record("id", 6, "f", List.of("x")),
				record("id", 7, "g", "{"), record("id", 8, "g", "{\"a\": 1, \"a\": 2}"),
				record("id", 9, "g", "\"\\u0000\"") };

		push("t", bad);
		push("t", record("id", 10, "a", "1.2.3.4", "b", "1 day", "c", "101", "d", 1, "e", "ok", "f", List.of(1, 2), "g",
				Map.of("a", 1)));

		assertThat(bad).allMatch(RecordInFlight::isFailed);
		assertThat(texts("SELECT t::text FROM t"))
			.containsExactly("(10,1.2.3.4,\"1 day\",101,1,ok,\"{1,2}\",\"{\"\"a\"\": 1}\")");
	}

	@Test
	void oneBadRecordAmongManyLeavesTheTransactionUsable() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v <> 7), parent INT REFERENCES t)");
		List<RecordInFlight> records = new ArrayList<>();
		IntStream.range(0, 500).forEach((id) -> records.add(record("id", id, "v", (id % 100 == 50) ? 7 : 1)));
		records.add(new RecordInFlight(Map.of("id", 3, "v", 7), Operation.UPDATE));
		records.add(new RecordInFlight(Map.of("id", 4), Operation.DELETE));
		RecordInFlight orphan = record("id", 600, "parent", 4);
		records.add(orphan);

		push("t", records.toArray(RecordInFlight[]::new));

		assertThat(records).filteredOn(RecordInFlight::isFailed).hasSize(7);
		assertThat(orphan.isTriedLast()).isTrue();
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t WHERE v = 1", Integer.class)).isEqualTo(494);
	}

	@Test
	void ofSeveralRecordsWithAKeyTheLastWins() throws Exception {
		execute("CREATE EXTENSION citext", "CREATE TABLE t (k CITEXT PRIMARY KEY, v INT)");
		RecordInFlight[] records = { record("k", "Anna", "v", 1), record("k", "b", "v", 2), record("k", "ANNA", "v", 3),
				record("k", "b", "v", 4) };

		push("t", records);

		assertThat(records).noneMatch(RecordInFlight::isFailed);
		assertThat(texts("SELECT k || v FROM t ORDER BY k")).containsExactly("ANNA3", "b4");
		push("t", new RecordInFlight(Map.of("k", "Anna"), Operation.DELETE));
		assertThat(texts("SELECT k FROM t ORDER BY k")).containsExactly("ANNA", "b");
		push("t", new RecordInFlight(Map.of("k", "ANNA"), Operation.DELETE));
		assertThat(texts("SELECT k FROM t")).containsExactly("b");
	}

	@Test
	void keysOfACollationThatFoldsCaseAreOneRow() throws Exception {
		execute("CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"CREATE TABLE t (k TEXT COLLATE folding PRIMARY KEY, v INT)");
		RecordInFlight[] records = { record("k", "Anna", "v", 1), record("k", "ANNA", "v", 3) };

		push("t", records);

		assertThat(records).noneMatch(RecordInFlight::isFailed);
		assertThat(texts("SELECT k || v FROM t")).containsExactly("ANNA3");
	}

	@Test
	void rowsThatHaveTheirValuesAlreadyAreNotRewritten() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v TEXT, n NUMERIC, j JSON, a INT[])");
		RecordInFlight record = record("id", 1, "v", "a", "n", new BigDecimal("1.50"), "j", "{}", "a", List.of(1));
		push("t", record);
		String before = texts("SELECT ctid::text || xmin::text FROM t").get(0);

		push("t", record);
		assertThat(texts("SELECT ctid::text || xmin::text FROM t")).containsExactly(before);
		push("t", record("id", 1, "v", "A", "n", new BigDecimal("1.50"), "j", "{ }", "a", null));
		assertThat(texts("SELECT t::text FROM t")).containsExactly("(1,A,1.50,\"{ }\",)");
	}

	@ParameterizedTest
	@CsvSource({ "CREATE UNIQUE INDEX u ON t (code) WHERE active, partial: WHERE active",
			"ALTER TABLE t ADD CONSTRAINT u UNIQUE (code) DEFERRABLE, DEFERRABLE" })
	void indexThatCannotIdentifyRowsIsRefusedByItsReason(String ddl, String reason) {
		execute("CREATE TABLE t (id INT PRIMARY KEY, code INT NOT NULL, active BOOLEAN)", ddl);

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t", "code"))
			.withMessageContainingAll("The unique index 'u' on the key [code] of table 't'", reason);
	}

	@Test
	void identitiesKeepTheNumbersOfRecordsWhereTheyAreTheKey() throws Exception {
		execute("CREATE TABLE a (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v INT)",
				"CREATE TABLE b (id INT GENERATED ALWAYS AS IDENTITY, code INT PRIMARY KEY, twice INT GENERATED ALWAYS AS (code * 2) STORED)");

		push("a", record("id", 70, "v", 1));
		push("a", record("id", 70, "v", 2));
		push("b", record("id", 70, "code", 5, "twice", 99));

		assertThat(texts("SELECT a::text FROM a")).containsExactly("(70,2)");
		assertThat(texts("SELECT b::text FROM b")).containsExactly("(1,5,10)");
	}

	@Test
	void namesAreTakenInTheirCaseAndFromTheSearchPath() throws Exception {
		execute("CREATE SCHEMA \"Sales\"", "CREATE TABLE \"Sales\".\"Order\" (\"Id\" INT PRIMARY KEY, \"a_b\" INT)",
				"CREATE TABLE \"Order\" (id INT PRIMARY KEY)", "CREATE TABLE axb (id INT PRIMARY KEY)",
				"CREATE TABLE \"order\" (id INT PRIMARY KEY)", "INSERT INTO \"Sales\".\"Order\" VALUES (1, 2)");

		assertThat(pull("Sales.Order").run()).singleElement()
			.satisfies((record) -> assertThat(record.properties()).containsOnlyKeys("Id", "a_b"));
		assertThat(pull("Order").run()).isEmpty();
		push("Sales.Order", record("id", 1, "A_B", 3));
		assertThat(texts("SELECT a_b FROM \"Sales\".\"Order\"")).containsExactly("3");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("ORDER").run())
			.withMessageContaining("There is no table 'ORDER' in schema 'public'");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("a_b").run());
	}

	@ParameterizedTest
	@ValueSource(strings = { "MATERIALIZED VIEW v AS SELECT id FROM t", "VIEW v AS SELECT id FROM t" })
	void viewsAreReadByTheirConfiguredKey(String view) throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)", "CREATE " + view);

		assertThat(pull("v", new SourceSettings().key("id")).run()).hasSize(2);
	}

	@Test
	void partitionedTablesAreReadAndWritten() throws Exception {
		execute("CREATE TABLE t (id INT, day DATE, v INT, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
				"CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
		RecordInFlight outside = record("id", 1, "day", "2027-01-01", "v", 1);

		push("t", record("id", 1, "day", "2026-01-05", "v", 1), outside, record("id", 1, "day", "2026-01-05", "v", 2));

		assertThat(error(outside)).contains("no partition of relation");
		assertThat(values(pull("t").run(), "v")).containsExactly(2L);
	}

	@Test
	void rowSecurityIsSaidAndItsRefusalsFailOnlyTheirRecord() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2)",
				"ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON t USING (v < 2)");
		withRole(() -> {
			execute("GRANT SELECT, INSERT, UPDATE ON t TO " + this.schema);
			Pull pull = asRole("t", new SourceSettings());
			assertThat(pull.run()).hasSize(1);
			assertThat(pull.warnings).anySatisfy(
					(warning) -> assertThat(warning).contains("may not see all rows of table 't'", "row security"));
			Databases connections = new Databases().with("db", roleDataSource());
			JdbcTarget target = new JdbcTarget(connections,
					new JdbcTables(connections, BuiltInDialects.with(List.of())));
			target.configure(new JdbcTargetOptions("db", null, null, null, false));
			RecordInFlight refused = record("id", 4, "v", 4);
			target.pushRecords(context("t"), List.of(record("id", 3, "v", 1), refused));
			assertThat(error(refused)).contains("row-level security policy");
			assertThat(texts("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
		});
		assertThat(pull("t").run()).hasSize(3);
	}

	@Test
	void lateCommitIsFoundByARoleThatDoesNotSeeWhenItBegan() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d TIMESTAMPTZ)");
		withRole(() -> {
			execute("GRANT SELECT ON t TO " + this.schema);
			Pull pull = asRole("t", new SourceSettings().delta("d"));
			pull.run();
			String before = pull.cursor;
			try (Connection late = this.database.dataSource(this.schema).getConnection();
					Statement statement = late.createStatement()) {
				late.setAutoCommit(false);
				statement.execute("INSERT INTO t VALUES (1, now() - INTERVAL '10 minutes')");
				pull.run();
				assertThat(pull.cursor).isEqualTo(before);
				assertThat(pull.warnings)
					.anySatisfy((warning) -> assertThat(warning).contains("is open at connection 'db' (since when"));
				late.commit();
			}
			try (Connection connection = roleDataSource().getConnection()) {
				assertThat(this.dialect.clock().openWrites(connection, Instant.now())).isNull();
			}
			execute("GRANT pg_read_all_stats TO " + this.schema);
			try (Connection late = this.database.dataSource(this.schema).getConnection();
					Statement statement = late.createStatement();
					Connection connection = roleDataSource().getConnection()) {
				late.setAutoCommit(false);
				statement.execute("INSERT INTO t VALUES (2, now())");
				OpenWrites open = this.dialect.clock().openWrites(connection, Instant.now().plusSeconds(5));
				assertThat(open.certain()).isTrue();
				assertThat(open.since()).isNotNull();
			}
		});
	}

	@Test
	void transactionOfAnotherDatabaseDoesNotHoldTheWindowBack() throws Exception {
		String elsewhere = this.database.createSchema();
		this.database.execute(elsewhere, List.of("CREATE TABLE t (id INT)"));
		try (Connection other = this.database.dataSource(elsewhere).getConnection();
				Connection connection = pool().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("INSERT INTO t VALUES (1)");

			assertThat(this.dialect.clock().openWrites(connection, Instant.now().plusSeconds(5))).isNull();
			other.rollback();
		}
		this.database.dropSchema(elsewhere);
	}

	@Test
	void transactionsThatWriteTheSameRowsInAnyOrderDoNotDeadlock() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)");
		List<CompletableFuture<Void>> writers = new ArrayList<>();
		for (int writer = 0; writer < 2; writer++) {
			int turn = writer;
			writers.add(CompletableFuture.runAsync(() -> {
				try {
					JdbcTarget target = target("t");
					for (int batch = 0; batch < 20; batch++) {
						int version = batch;
						target.pushRecords(context("t"), IntStream.range(0, 300)
							.mapToObj((id) -> record("id", (turn == 0) ? id : 299 - id, "v", turn * 100 + version))
							.toList());
					}
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}));
		}
		writers.forEach(CompletableFuture::join);

		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(300);
	}

	@Test
	void sessionsAreAsTheyWereAfterReadingAndWriting() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d TIMESTAMPTZ)");
		String settings = "SELECT current_setting('TimeZone') || current_setting('statement_timeout') || current_setting('transaction_read_only')";
		try (Connection one = pool().getConnection(); Connection other = pool().getConnection()) {
			for (Connection each : List.of(one, other)) {
				each.createStatement().execute("SET TimeZone = 'Asia/Tokyo'; SET statement_timeout = '1h'");
			}
		}

		push("t", record("id", 1, "d", "2026-11-21T08:00:00Z"));
		assertThat(values(pull("t").run(), "d")).containsExactly(Instant.parse("2026-11-21T08:00:00Z"));

		assertThat(texts(settings)).containsExactly("Asia/Tokyo1hoff");
		assertThat(texts("SELECT d::text FROM t")).containsExactly("2026-11-21 17:00:00+09");
	}

	@Test
	void tableAlteredBetweenRunsIsReadAsItIs() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 2)");
		for (int run = 0; run < 7; run++) {
			assertThat(pull("t").run()).hasSize(1);
		}
		execute("ALTER TABLE t ALTER v TYPE TEXT");

		assertThat(values(pull("t").run(), "v")).containsExactly("2");
	}

	@Test
	void roleThatMayNotReadIsToldSo() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY)");
		withRole(() -> assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> asRole("t", new SourceSettings()).run())
			.withMessageContaining("permission denied")
			.satisfies((ex) -> assertThat(ex.getMessage().toLowerCase(Locale.ROOT)).contains("table 't'")));
	}

	@Test
	void validationFindsWhatTheRoleMayNotDoAndWritesNothing() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)");
		withRole(() -> {
			Databases connections = new Databases().with("db", roleDataSource());
			JdbcTarget target = new JdbcTarget(connections,
					new JdbcTables(connections, BuiltInDialects.with(List.of())));
			target.configure(new JdbcTargetOptions("db", null, null, null, false));
			execute("GRANT SELECT, INSERT ON t TO " + this.schema);
			assertThatExceptionOfType(AbortRunException.class)
				.isThrownBy(() -> target.validate(context("t"), List.of("id", "v")))
				.withMessageContainingAll("permission denied for table t", "grant the account of the connection");
			execute("GRANT UPDATE ON t TO " + this.schema);
			target.validate(context("t"), List.of("id", "v"));
			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target.validateDeletes(context("t")))
				.withMessageContaining("permission denied for table t");
			execute("GRANT DELETE ON t TO " + this.schema);
			target.validateDeletes(context("t"));
		});
		assertThat(texts("SELECT t::text FROM t")).containsExactly("(1,1)");
	}

	@FunctionalInterface
	private interface ThrowingRunnable {

		void run() throws Exception;

	}

}
