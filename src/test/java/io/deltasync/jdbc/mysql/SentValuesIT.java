package io.deltasync.jdbc.mysql;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.api.UnreadValue;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Values that are written as the source sent them, beside the same values converted. */
@EachDatabase({ TestDatabase.MYSQL, TestDatabase.MARIADB })
class SentValuesIT extends JdbcAdapterFixture {

	private static final String LETTERS = "CONCAT_WS(',', '''', '\"', '\\\\', '\\0', '\\t', '\\n', '\\r', '\\\\N', '\\Z', '%', 'NULL')";

	/** From a type to another one, the values. */
	private static final String[][] PAIRS = { { "TINYINT", "TINYINT UNSIGNED", "-128", "0", "127" },
			{ "TINYINT(1)", "BOOLEAN", "0", "1", "-128" }, { "TINYINT(1)", "INT", "0", "1", "127" },
			{ "INT", "SMALLINT", "-2147483648", "-32768", "32767", "32768" },
			{ "BIGINT", "BIGINT", "-9223372036854775808", "9223372036854775807", "0" },
			{ "BIGINT UNSIGNED", "BIGINT UNSIGNED", "18446744073709551615", "0" },
			{ "INT UNSIGNED", "INT UNSIGNED", "4294967295", "7" }, { "INT UNSIGNED", "INT", "4294967295", "7" },
			{ "INT UNSIGNED", "BIGINT", "4294967295", "7" }, { "INT(9) ZEROFILL", "INT UNSIGNED", "7", "0" },
			{ "INT(9) ZEROFILL", "VARCHAR(20)", "7", "0" }, { "INT", "INT(9) ZEROFILL", "7", "0", "-1" },
			{ "YEAR", "YEAR", "1901", "2155" }, { "INT", "YEAR", "2026", "26", "0" },
			{ "INT", "DECIMAL(4,1)", "999", "1000", "-7" }, { "INT", "VARCHAR(3)", "999", "1000" },
			{ "DECIMAL(65,30)", "DECIMAL(65,30)", "-0.0",
					"99999999999999999999999999999999999.999999999999999999999999999999",
					"-99999999999999999999999999999999999.000000000000000000000000000001", "0.5" },
			{ "DECIMAL(10,4)", "DECIMAL(10,2)", "1.5", "1.2345", "-0.0001" },
			{ "DECIMAL(10,2)", "DECIMAL(10,4)", "12345678.90", "123456.78", "-1" },
			{ "DECIMAL(10,2)", "DECIMAL(12,4)", "12345678.90", "-0.01" },
			{ "DECIMAL(10,2)", "DECIMAL(10,2) UNSIGNED", "12345678.90", "-0.01" },
			{ "DECIMAL(5,0)", "INT", "99999", "-0" }, { "DECIMAL(5,2)", "DOUBLE", "0.1" },
			{ "DECIMAL(5,2)", "VARCHAR(10)", "1.50", "-0.10" },
			{ "VARCHAR(200)", "VARCHAR(200)", "''", "' '", "'a '", "'a'", LETTERS, "'\uD83D\uDE00 \u00fc \u20ac'" },
			{ "VARCHAR(200)", "TEXT", "''", "'a '", LETTERS, "'007'", "'-'" },
			{ "VARCHAR(200)", "VARCHAR(3)", "'abc'", "'abcd'", "'ab  '", "'\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00'" },
			{ "TEXT", "TINYTEXT", "REPEAT('a', 255)", "REPEAT('a', 256)", "CONCAT(REPEAT('a', 255), ' ')",
					"REPEAT('\u00fc', 255)" },
			{ "LONGTEXT", "LONGTEXT", "REPEAT('a''', 70000)", "REPEAT('b', 150000)", "''" },
			{ "VARCHAR(200)", "CHAR(20)", "'a'", "'a '", LETTERS },
			{ "CHAR(200)", "VARCHAR(200)", "'a'", "''", LETTERS }, { "VARCHAR(200)", "ENUM('a')", "'a'", "'A'", "'b'" },
			{ "VARCHAR(200)", "SET('a','b')", "'b,a'", "''" }, { "VARCHAR(200)", "INT", "'7'", "'007'", "''" },
			{ "VARCHAR(200)", "DATE", "'2026-11-21'", "'0000-00-00'" },
			{ "VARCHAR(200)", "JSON", "'{\"a\": 1}'", "'{'" }, { "VARCHAR(200)", "VARBINARY(200)", "'a'" },
			{ "VARCHAR(200) CHARACTER SET latin1", "VARCHAR(200) CHARACTER SET ascii", "'a'", "'\u00fc'", LETTERS },
			{ "DATE", "DATE", "'1000-01-01'", "'9999-12-31'", "'2024-02-29'", "'0001-01-01'" },
			{ "DATE", "DATE", "'0000-00-00'", "'2026-02-31'", "'2026-00-10'" }, { "DATE", "DATETIME", "'2026-11-21'" },
			{ "DATETIME(6)", "DATETIME(6)", "'1000-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'",
					"'2026-11-21 08:00:00.100000'", "'0001-01-01'" },
			{ "DATETIME(6)", "DATETIME", "'2026-11-21 08:00:00.999999'", "'2026-11-21 08:00:00'" },
			{ "DATETIME(3)", "DATETIME(6)", "'2026-11-21 08:00:00.001'" },
			{ "DATETIME", "DATE", "'2026-11-21'", "'2026-11-21 00:00:01'" },
			{ "DATETIME", "DATETIME", "'0000-00-00'", "'2026-11-31 08:00:00'" },
			{ "DATETIME(6)", "TIMESTAMP(6)", "'2026-11-21 08:00:00.000001'", "'1969-01-01'" },
			{ "TIMESTAMP(6)", "DATETIME(6)", "'2026-11-21 08:00:00.000001'" },
			{ "TIMESTAMP(6)", "TIMESTAMP(6)", "'2026-11-21 08:00:00.000001'" }, { "DOUBLE", "DOUBLE", "0.1", "-0.0" },
			{ "FLOAT", "FLOAT", "0.1" }, { "TIME(6)", "TIME(6)", "'-838:59:59.000001'" },
			{ "BIT(10)", "BIT(10)", "513" }, { "JSON", "JSON", "'{\"a\": \"\\\\\\\\ \"}'" } };

	private List<RecordInFlight> records(boolean read) throws Exception {
		List<RecordInFlight> records = pull("s").run();
		if (read) {
			records.forEach((record) -> record.properties().forEach((name, value) -> {
			}));
		}
		return records;
	}

	private List<String> stored(String table, List<RecordInFlight> records, boolean bulk) throws Exception {
		JdbcTarget target = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, bulk));
		execute("DELETE FROM " + table);
		target.pushRecords(context(table), records);
		target.pushRecords(context(table), records.stream().filter((record) -> !record.isFailed()).toList());
		return this.jdbc.queryForList(
				"SELECT CONCAT_WS('|', id, v, HEX(v), LENGTH(v), w) FROM %s ORDER BY id".formatted(table),
				String.class);
	}

	@Test
	void valuesAreStoredOrRefusedAsIfTheyWereConverted() throws Exception {
		for (String[] pair : PAIRS) {
			String description = String.join(" to ", pair[0], pair[1]);
			execute("DROP TABLE IF EXISTS s, t",
					"CREATE TABLE s (id INT PRIMARY KEY, v %s, w VARCHAR(5))".formatted(pair[0]),
					"CREATE TABLE t (id INT PRIMARY KEY, v %s, w VARCHAR(5))".formatted(pair[1]),
					"INSERT INTO s VALUES (0, NULL, NULL)");
			for (int i = 2; i < pair.length; i++) {
				// zero dates for those that do not exist
				execute("INSERT IGNORE INTO s VALUES (%d, %s, 'w%1$d')".formatted(i, pair[i]));
			}
			for (boolean bulk : List.of(false, true)) {
				List<RecordInFlight> sent = records(false);
				List<RecordInFlight> converted = records(true);

				List<String> rows = stored("t", sent, bulk);

				assertThat(rows).as(description).isEqualTo(stored("t", converted, bulk));
				assertThat(sent).as(description)
					.extracting(RecordInFlight::errors)
					.isEqualTo(converted.stream().map(RecordInFlight::errors).toList());
				assertThat(sent).as(description)
					.extracting(RecordInFlight::properties)
					.usingRecursiveComparison()
					.isEqualTo(converted.stream().map(RecordInFlight::properties).toList());
			}
		}
	}

	@Test
	void valuesAreConvertedAsTheDriverDoes() throws Exception {
		DriverManagerDataSource prepared = new DriverManagerDataSource(this.database.url(this.schema)
				+ (this.database.url(this.schema).contains("?") ? "&" : "?") + "useServerPrepStmts=true");
		Databases binary = new Databases().with("db", prepared);
		for (String[] pair : PAIRS) {
			execute("DROP TABLE IF EXISTS s", "CREATE TABLE s (id INT PRIMARY KEY, v %s)".formatted(pair[0]));
			for (int i = 2; i < pair.length; i++) {
				execute("INSERT IGNORE INTO s VALUES (%d, %s)".formatted(i, pair[i]));
			}

			List<RecordInFlight> records = pull("s").run();
			List<RecordInFlight> fromBinary = new Pull(binary, "s", new SourceSettings().options()).run();

			assertThat(fromBinary).noneMatch((record) -> isUnread(record, 1));
			assertThat(values(records, "v")).as(pair[0]).usingRecursiveComparison().isEqualTo(values(fromBinary, "v"));
		}
	}

	private static boolean isUnread(RecordInFlight record, int position) {
		RowLayout layout = RowLayout.of(record.properties());
		return layout != null && layout.values(record.properties())[position] instanceof UnreadValue;
	}

	@Test
	void valuesStayUnreadUntilSomebodyReadsThem() throws Exception {
		execute("CREATE TABLE s (id INT PRIMARY KEY, n INT, d DECIMAL(5,2), name VARCHAR(5), day DATE, at DATETIME(3), stamp TIMESTAMP NULL)",
				"CREATE TABLE t LIKE s",
				"INSERT INTO s VALUES (1, 7, 1.50, 'a', '2026-11-21', '2026-11-21 08:00:00.5', '2026-11-21 08:00:00')",
				"INSERT INTO s VALUES (2, 8, 2.50, '\u00fc', '2026-11-22', '2026-11-22 08:00:00', NULL)");
		List<RecordInFlight> records = pull("s").run();
		boolean carried = this.database == TestDatabase.MYSQL;

		push("t", records.toArray(RecordInFlight[]::new));

		RecordInFlight record = records.get(0);
		assertThat(List.of(1, 2, 3, 4, 5)).allMatch((position) -> isUnread(record, position) == carried);
		assertThat(List.of(0, 6)).as("the key, and a type that is converted")
			.noneMatch((position) -> isUnread(record, position));
		assertThat(isUnread(records.get(1), 3)).as("not ASCII").isFalse();
		assertThat(record.get("n")).isEqualTo(7L);
		assertThat(isUnread(record, 1)).isFalse();
		assertThat(isUnread(record, 2)).isEqualTo(carried);
		assertThat(Arrays.asList(record.get("d"), record.getOriginal("name"), record.get("day"), record.get("at")))
			.isEqualTo(Arrays.asList(new BigDecimal("1.50"), "a", LocalDate.of(2026, 11, 21),
					LocalDateTime.parse("2026-11-21T08:00:00.5")));
		assertThat(record.set("n", 9).properties()).containsEntry("n", 9).containsEntry("d", new BigDecimal("1.50"));
		assertThat(this.jdbc.queryForList("SELECT CONCAT_WS('|', id, n, d, name, day, at) FROM t ORDER BY id",
				String.class))
			.containsExactly("1|7|1.50|a|2026-11-21|2026-11-21 08:00:00.500",
					"2|8|2.50|\u00fc|2026-11-22|2026-11-22 08:00:00.000");
	}

	@Test
	void valuesOfOtherColumnsMayBeTheKeyAtTheTarget() throws Exception {
		execute("CREATE TABLE s (id INT PRIMARY KEY, at DATETIME(6), name VARCHAR(10) NOT NULL)",
				"CREATE TABLE t (id INT, at DATETIME(6), name VARCHAR(10) PRIMARY KEY)",
				"INSERT INTO s VALUES (1, '2026-11-21', 'a'), (2, '2026-11-21', 'b')");

		push("t", pull("s").run().toArray(RecordInFlight[]::new));

		assertThat(this.jdbc.queryForList("SELECT CONCAT(id, name) FROM t ORDER BY id", String.class))
			.containsExactly("1a", "2b");
	}

	@Test
	void collisionNamesTheConvertedValue() throws Exception {
		execute("CREATE TABLE s (id INT PRIMARY KEY, v VARCHAR(10))",
				"CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10) UNIQUE)", "INSERT INTO t VALUES (7, 'taken')",
				"INSERT INTO s VALUES (1, 'taken'), (2, 'free'), (3, 'too')");
		List<RecordInFlight> records = pull("s").run();

		push("t", records.toArray(RecordInFlight[]::new));

		assertThat(records.get(0).errors()).singleElement().asString().contains("id = 7 has v = taken already");
		assertThat(records.subList(1, 3)).noneMatch(RecordInFlight::isFailed);
	}

}
