package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.value.Column;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plans, ranges and values of the source, whatever changed. */
@EachDatabase
class JdbcSourceIT extends JdbcAdapterFixture {

	private void numbers(int count) {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
		this.jdbc.batchUpdate("INSERT INTO t VALUES (?, ?)",
				IntStream.range(0, count).mapToObj((i) -> new Object[] { i, "n" + i }).toList());
	}

	@Test
	void emptyTableIsNoRecords() throws Exception {
		numbers(0);
		Pull pull = pull("t");

		assertThat(pull.run()).isEmpty();
		assertThat(pull.strategy.checkStrategyType()).isEqualTo("NO_RECORDS");
	}

	@Test
	void exactlyOneBatchIsImmediate() throws Exception {
		numbers(10);
		Pull pull = pull("t").batchSizeLimit(10);

		assertThat(pull.run()).hasSize(10);
		assertThat(pull.strategy.checkStrategyType()).isEqualTo("IMMEDIATE");
		assertThat(pull.strategy.checkExpectedTotalRecords()).isEqualTo(10);
	}

	@Test
	void oneMoreThanABatchIsTwoScopes() throws Exception {
		numbers(11);
		Pull pull = pull("t").batchSizeLimit(10);

		assertThat(pull.run()).hasSize(11);
		assertThat(pull.strategy.checkStrategyType()).isEqualTo("SCOPES");
		assertThat(pull.strategy.checkExpectedTotalRecords()).isEqualTo(11);
		assertThat(pull.sizes).containsExactly(10, 1);
	}

	@Test
	void recordsAreIdentifiedByTheirKey() throws Exception {
		numbers(1);

		RecordInFlight record = pull("t").run().get(0);

		assertThat(record.key()).isEqualTo("0");
		assertThat(record.properties().keySet()).map(String::toLowerCase).containsExactly("id", "name");
	}

	@Test
	void rowsInsertedAfterPlanningBelongToTheirRange() throws Exception {
		numbers(30);
		execute("DELETE FROM t WHERE id IN (5, 15)");
		Pull pull = pull("t").batchSizeLimit(10);

		List<RecordInFlight> records = pull.run((context) -> context,
				() -> execute("INSERT INTO t VALUES (-1, 'x'), (5, 'x'), (15, 'x'), (99, 'x')"));

		assertThat(values(records, "id")).doesNotHaveDuplicates().contains(-1L, 5L, 15L, 99L).hasSize(32);
	}

	@Test
	void rangesCoverEveryRowOnceForEveryTypeOfKey() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (String type : keyTypes()) {
			execute("DROP TABLE IF EXISTS k",
					"CREATE TABLE k (a %s NOT NULL, b INT NOT NULL, PRIMARY KEY (a, b))".formatted(type));
			List<Object> keys = keys(type, random);
			for (Object key : keys) {
				for (int b = 0; b < 1 + random.nextInt(4); b++) {
					this.jdbc.update(isPostgreSql() ? "INSERT INTO k VALUES (?::%s, ?)".formatted(type)
							: "INSERT INTO k VALUES (?, ?)", key, b - 1);
				}
			}
			int count = this.jdbc.queryForObject("SELECT COUNT(*) FROM k", Integer.class);
			Pull pull = pull("k").batchSizeLimit(1 + random.nextInt(7));

			List<RecordInFlight> records = pull.run();

			assertThat(records).as("%s, seed %d", type, seed).hasSize(count);
			HashSet<String> seen = new HashSet<>();
			for (RecordInFlight record : records) {
				Object a = values(List.of(record), "a").get(0);
				seen.add(((a instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : a) + "/"
						+ values(List.of(record), "b").get(0));
			}
			assertThat(seen).as("%s, seed %d", type, seed).hasSize(count);
		}
	}

	private List<String> keyTypes() {
		List<String> types = new ArrayList<>(List.of("INT", "BIGINT", "DECIMAL(30, 10)", "VARCHAR(40)", "DATE", "TIME",
				"DOUBLE PRECISION", "CHAR(10)", "REAL"));
		if (isPostgreSql()) {
			execute("CREATE TYPE kind AS ENUM ('z', 'y', 'x', 'b', 'a')", "CREATE EXTENSION citext");
			types.addAll(
					List.of("BYTEA", "UUID", "TIMESTAMP(6)", "TIMESTAMPTZ", "BOOLEAN", "kind", "CITEXT", "NUMERIC"));
			return types;
		}
		types.add("VARBINARY(16)");
		types.addAll((this.database == TestDatabase.H2)
				? List.of("UUID", "TIMESTAMP(9)", "TIMESTAMP(9) WITH TIME ZONE", "BOOLEAN")
				: List.of("BIGINT UNSIGNED", "DATETIME(6)", "TIMESTAMP(6)", "ENUM('z', 'y', 'x', 'b', 'a')",
						"SET('z', 'b', 'a')", "BIT(20)", "YEAR", "VARCHAR(40) CHARACTER SET latin1", "FLOAT",
						"VARCHAR(40) COLLATE utf8mb4_bin"));
		return types;
	}

	private List<Object> keys(String type, Random random) {
		HashSet<Object> keys = new HashSet<>();
		for (int i = 0; i < 40; i++) {
			keys.add(key(type, random));
		}
		return new ArrayList<>(keys);
	}

	private Object key(String type, Random random) {
		int day = 1 + random.nextInt(28);
		String fraction = "%06d".formatted(random.nextInt(1_000_000));
		return switch (type) {
			case "INT" -> random.nextInt();
			case "BIGINT" -> random.nextLong();
			case "BIGINT UNSIGNED" -> new BigDecimal(Long.toUnsignedString(random.nextLong()));
			case "DECIMAL(30, 10)", "NUMERIC" -> new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(10));
			case "DOUBLE PRECISION" -> random.nextGaussian() * 1e10;
			case "REAL", "FLOAT" -> random.nextFloat() * 100;
			case "VARBINARY(16)", "BYTEA" -> ByteBuffer.allocate(8).putLong(random.nextLong()).array();
			case "DATE" -> "2024-01-%02d".formatted(day);
			case "TIME" -> "%02d:00:00".formatted(random.nextInt(24));
			case "TIMESTAMP(9)" -> "2024-03-31 02:00:%02d.123%s".formatted(day, fraction);
			case "DATETIME(6)" -> "2024-03-31 02:00:%02d.%s".formatted(day, fraction);
			case "TIMESTAMP(6)" -> "2024-03-30 01:00:%02d.%s".formatted(day, fraction);
			case "TIMESTAMP(9) WITH TIME ZONE", "TIMESTAMPTZ" ->
				"2024-03-31 02:00:%02d.%s+0%d:00".formatted(day, fraction, day % 9);
			case "BOOLEAN" -> random.nextBoolean();
			case "UUID" -> new UUID(random.nextLong(), random.nextLong());
			case "ENUM('z', 'y', 'x', 'b', 'a')", "kind" -> List.of("z", "y", "x", "b", "a").get(random.nextInt(5));
			case "SET('z', 'b', 'a')" -> List.of("z", "b", "a", "z,b", "b,a", "").get(random.nextInt(6));
			case "BIT(20)" -> random.nextInt(1 << 20);
			case "YEAR" -> 1901 + random.nextInt(200);
			case "VARCHAR(40) CHARACTER SET latin1" -> "ä'\\\"%_" + random.nextInt(1000);
			default ->
				"é😀'\\\"%_-ß".substring(0, new int[] { 0, 1, 3, 4, 5, 6 }[random.nextInt(6)]) + random.nextInt(1000);
		};
	}

	@Test
	void viewWithoutAConfiguredKeyIsRefused() {
		numbers(1);
		execute("CREATE VIEW v AS SELECT * FROM t");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("v").run())
			.withMessageContaining("There is no primary key in view")
			.withMessageContaining("option key")
			.withMessageMatching("(?is).*id, name.*");
	}

	@Test
	void viewIsReadByItsConfiguredKey() throws Exception {
		numbers(25);
		execute("CREATE VIEW v AS SELECT * FROM t WHERE id < 20");

		assertThat(pull("v", new SourceSettings().key("id")).batchSizeLimit(7).run()).hasSize(20);
	}

	@Test
	void messageAboutADuplicateKeyInAViewNamesIt() {
		numbers(30);
		execute("CREATE VIEW v AS SELECT id, name FROM t UNION ALL SELECT id, name FROM t WHERE id = 17");

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("v", new SourceSettings().key("id")).run())
			.withMessageMatching("(?is).*several rows of view.*id = 17.*");
	}

	@Test
	void viewOfAMissingTableIsRefusedWithTheDatabasesMessage() {
		Assumptions.assumeTrue(isMySql(), "others drop no table that a view needs");
		execute("CREATE TABLE base (id INT PRIMARY KEY)", "CREATE VIEW v AS SELECT id FROM base", "DROP TABLE base");

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("v", new SourceSettings().key("id")).run())
			.withMessageStartingWith("View 'v' of connection 'db' cannot be read: ")
			.withMessageContaining("references invalid table(s)");
	}

	@Test
	void nullInAKeyIsRefused() {
		execute("CREATE TABLE t (a INT, b INT NOT NULL)", "CREATE UNIQUE INDEX u ON t (a)",
				"INSERT INTO t VALUES (1, 1), (NULL, 2)");

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().key("a")).run())
			.withMessageMatching("(?is).*column 'a' of the key is NULL.*");
	}

	@Test
	void keyThatIsNotUniqueIsRefused() {
		numbers(3);

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().key("name")).run())
			.withMessageMatching("(?is).*not unique.*create one.*");
	}

	@Test
	void keyMayHaveMoreColumnsThanItsUniqueIndex() throws Exception {
		numbers(3);

		assertThat(pull("t", new SourceSettings().key("name", "id")).batchSizeLimit(1).run()).hasSize(3);
	}

	@Test
	void tableWithoutAPrimaryKeyIsRefused() {
		execute("CREATE TABLE t (a INT)");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("t").run())
			.withMessageMatching("(?is).*no primary key in table 't' of connection 'db'.*give it one.*");
	}

	@Test
	void messageAboutAnUnknownTableListsTheTables() {
		numbers(0);

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("tt").run())
			.withMessageMatching("(?is).*no table 'tt'.*connection 'db'; there are: t");
	}

	@Test
	void messageAboutAnUnknownColumnListsTheColumns() {
		numbers(0);

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().delta("changed")).run())
			.withMessageMatching("(?is).*no column 'changed' \\(delta-column\\).*id, name");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().key("no")).run())
			.withMessageMatching("(?is).*no column 'no' \\(key\\).*");
	}

	@Test
	void identifiersMayContainAnyCharacter() throws Exception {
		String table = "order `by` \"ä😊\" 1.5".replace("😊", isMySql() ? "é" : "😊");
		String key = "select `\"' --";
		execute("CREATE TABLE %s (%s INT PRIMARY KEY, %s INT)".formatted(quote(table), quote(key), quote("from")),
				"INSERT INTO %s VALUES (1, 2), (2, 3), (3, 4)".formatted(quote(table)));
		Pull pull = pull(table, new SourceSettings().delta("from")).batchSizeLimit(2);

		assertThat(values(pull.run(), key)).containsExactly(1L, 2L, 3L);
		assertThat(values(pull.run(), "from")).containsExactlyInAnyOrder(2L, 3L, 4L);
		push(table, record(key, 9, "from", 1));
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM " + quote(table), Integer.class)).isEqualTo(4);
	}

	@Test
	void tableNameMayContainItsSchema() throws Exception {
		numbers(2);
		String schema = isMySql() ? this.schema : isPostgreSql() ? "public" : "PUBLIC";

		assertThat(pull(schema + ".t").run()).hasSize(2);
	}

	@Test
	void withoutADeltaColumnEverythingIsReadWithAWarning() throws Exception {
		numbers(3);
		Pull pull = pull("t");

		assertThat(pull.run()).hasSize(3);
		assertThat(pull.run()).hasSize(3);
		assertThat(pull.cursor).isNull();
		assertThat(pull.warnings).singleElement().asString().contains("No delta-column is configured");
	}

	@Test
	void connectionIsReturnedIfRowsAreNotReadToTheEnd() throws Exception {
		numbers(100);
		for (int i = 0; i < 5; i++) {
			JdbcSource source = pull("t").source();
			LinkContext context = context("t");
			new RunContext().call(() -> source.planFetch(context));
			Iterable<RecordInFlight> rows = source.fetchRecords(context, null);
			rows.iterator().next();
			((AutoCloseable) rows).close();
			((AutoCloseable) rows).close();
		}
		this.jdbc.queryForList("SELECT * FROM t");
	}

	@Test
	void tableIsNotDescribedAgainForEachScope() throws Exception {
		numbers(20);
		JdbcTables tables = new JdbcTables(this.connections, BuiltInDialects.with(List.of()));
		JdbcSource source = new JdbcSource(this.connections, tables);
		source.configure(new SourceSettings().options());
		new RunContext().call(() -> source.planFetch(context("t")));

		assertThat(tables.get(context("t"), "db", "t")).isSameAs(tables.get(context("t"), "db", "t"));
	}

	@Test
	void tableIsDescribedAgainForTheNextRunEvenWithoutPlanning() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY)");
		JdbcTables tables = new JdbcTables(this.connections, BuiltInDialects.with(List.of()));
		tables.get(context("t"), "db", "t");
		execute("ALTER TABLE t ADD loyalty INT");
		LinkContext next = context("t").toBuilder().runTimestamp(Instant.parse("2026-01-01T00:00:00Z")).build();
		assertThat(tables.get(next, "db", "t").columns()).extracting(Column::name)
			.usingElementComparator(String.CASE_INSENSITIVE_ORDER)
			.containsExactly("id", "loyalty");
	}

	@Test
	void memoryDoesNotGrowWithTheNumberOfRows() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 in memory holds its rows on the heap anyway");
		execute("CREATE TABLE t (id INT PRIMARY KEY, v %s)".formatted(isPostgreSql() ? "TEXT" : "LONGTEXT"));
		int count = 2000;
		for (int id = 0; id < count; id++) {
			execute("INSERT INTO t VALUES (%d, REPEAT('x', 100000))".formatted(id));
		}
		JdbcSource source = pull("t").source();
		LinkContext context = context("t").toBuilder().batchSizeLimit(count).build();
		new RunContext().call(() -> source.planFetch(context));
		long before = usedHeap();
		long used = 0;
		int read = 0;
		for (RecordInFlight record : source.fetchRecords(context, null)) {
			read += record.properties().isEmpty() ? 0 : 1;
			if (read == count / 2) {
				used = usedHeap() - before;
			}
		}

		assertThat(read).isEqualTo(count);
		assertThat(used).isLessThan(50_000_000);
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Test
	void unreachableSourceIsReported() {
		this.connections.with("db", new DriverManagerDataSource("jdbc:mariadb://127.0.0.1:1/x?connectTimeout=2000"));

		assertThatThrownBy(() -> pull("t").run()).isInstanceOf(SQLException.class);
	}

}
