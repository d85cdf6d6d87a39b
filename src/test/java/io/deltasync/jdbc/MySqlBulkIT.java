package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetIT;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** All that holds for a target holds for one that loads in bulk, too. */
class MySqlBulkIT {

	@Nested
	@EachDatabase({ TestDatabase.MYSQL, TestDatabase.MARIADB })
	class Target extends JdbcTargetIT {

		@Override
		public boolean bulk() {
			return true;
		}

	}

	@Nested
	@EachDatabase({ TestDatabase.MYSQL, TestDatabase.MARIADB })
	class Types extends JdbcTypesIT {

		@Override
		public boolean bulk() {
			return true;
		}

	}

	@Nested
	@EachDatabase({ TestDatabase.MYSQL, TestDatabase.MARIADB })
	class Bulk extends JdbcAdapterFixture {

		@Override
		public boolean bulk() {
			return true;
		}

		@Test
		void recordsAreLoadedInsteadOfInserted() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, amount DECIMAL(12,2), at DATETIME(3), note CHAR(5))");
			long loads = status("Com_load");
			long inserts = status("Com_insert");

			push("t", record("id", 1, "amount", new BigDecimal("1.5000"), "at", "2026-11-21T08:00:00.123456", "note",
					"a"), record("id", 2, "amount", 7, "at", null, "note", ""));

			assertThat(this.jdbc.queryForList("SELECT CONCAT_WS('|', id, amount, at, note) FROM t", String.class))
				.containsExactly("1|1.50|2026-11-21 08:00:00.123|a", "2|7.00|");
			assertThat(status("Com_load") - loads).as("one to check that it may, and one for the rows").isEqualTo(2);
			assertThat(status("Com_insert") - inserts).isZero();
		}

		@Test
		void emptyTableIsLoadedWithoutATemporaryTable() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(5), w INT AS (id + 1) STORED UNIQUE)");
			JdbcTarget target = target("t");
			JdbcTarget later = target("t");
			long merges = status("Com_insert_select");

			target.pushRecords(context("t"), List.of(record("id", 1, "v", "a"), record("id", 2, "v", null)));
			target.pushRecords(context("t"), List.of(record("id", 3, "v", "c")));

			assertThat(status("Com_insert_select") - merges).isZero();

			target.pushRecords(context("t"), List.of(record("id", 4, "v", "d"), record("id", 3, "v", "new")));
			assertThat(status("Com_insert_select") - merges).as("the load met a row").isZero();

			target.pushRecords(context("t"), List.of(record("id", 5, "v", "e"), record("id", 1, "v", "new")));
			later.pushRecords(context("t"), List.of(record("id", 2, "v", "new")));

			assertThat(status("Com_insert_select") - merges).isEqualTo(2);
			assertThat(this.jdbc.queryForList("SELECT CONCAT_WS('|', id, v, w) FROM t ORDER BY id", String.class))
				.containsExactly("1|new|2", "2|new|3", "3|new|4", "4|d|5", "5|e|6");
		}

		@Test
		void loadIntoAnEmptyTableIsUndoneWhereItIsNotExact() throws Exception {
			execute("CREATE TABLE parent (id INT PRIMARY KEY)", "INSERT INTO parent VALUES (1)",
					"CREATE TABLE t (id INT PRIMARY KEY, p INT, v INT UNIQUE, n CHAR(3) CHARACTER SET latin1, FOREIGN KEY (p) REFERENCES parent (id), CHECK (v <> 5))",
					"CREATE TABLE log (id INT)",
					"CREATE TRIGGER each_row AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.id)");
			RecordInFlight orphan = record("id", 2, "p", 2, "v", 2, "n", null);
			RecordInFlight forbidden = record("id", 3, "p", 1, "v", 5, "n", null);
			RecordInFlight collides = record("id", 4, "p", 1, "v", 1, "n", null);

			RecordInFlight altered = record("id", 6, "p", 1, "v", 6, "n", "\u4e2d");

			push("t", record("id", 1, "p", 1, "v", 1, "n", "a"), orphan, forbidden, collides, altered,
					record("id", 5, "p", null, "v", 7, "n", "b"));

			assertThat(orphan.errors()).singleElement(InstanceOfAssertFactories.STRING).contains("foreign key");
			assertThat(forbidden.isFailed()).isTrue();
			assertThat(collides.isFailed()).isTrue();
			assertThat(altered.isFailed()).isTrue();
			assertThat(this.jdbc.queryForList("SELECT CONCAT_WS('|', id, v) FROM t ORDER BY id", String.class))
				.containsExactly("1|1", "5|7");
			assertThat(this.jdbc.queryForList("SELECT id FROM log ORDER BY id", Integer.class)).containsExactly(1, 5);
		}

		@Test
		void recordsBeyondTheBufferAreStillOneLoad() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT)");
			RecordInFlight[] records = IntStream.range(0, 300)
				.mapToObj((id) -> record("id", id, "v", id + "x".repeat(100_000)))
				.toArray(RecordInFlight[]::new);
			long loads = status("Com_load");

			push("t", records);

			assertThat(this.jdbc.queryForObject(
					"SELECT COUNT(*) FROM t WHERE v = CONCAT(id, REPEAT('x', 100000)) AND id < 300", Integer.class))
				.isEqualTo(300);
			assertThat(status("Com_load") - loads).as("one to check that it may, and one for the rows").isEqualTo(2);
		}

		@Test
		void onlyRowsThatTheServerWouldAlterAreRefused() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, kind ENUM('a', 'b') NOT NULL, doc JSON)");
			List<RecordInFlight> records = new ArrayList<>();
			IntStream.range(0, 100).forEach((id) -> records.add(record("id", id, "kind", "a", "doc", "{}")));
			records.set(40, record("id", 40, "kind", "c", "doc", "{}"));
			records.set(70, record("id", 70, "kind", "b", "doc", "{"));

			push("t", records.toArray(RecordInFlight[]::new));

			assertThat(records).filteredOn(RecordInFlight::isFailed)
				.extracting((record) -> record.properties().get("id"))
				.containsExactly(40, 70);
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(98);
		}

		@Test
		void rowsThatTheServerWouldAlterAreRefusedEvenIfItKeepsNoWarnings() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, kind ENUM('a', 'b'))");
			this.connections = new Databases().with("db", new DriverManagerDataSource(
					this.database.url(this.schema) + "&sessionVariables=max_error_count=0"));
			RecordInFlight bad = record("id", 2, "kind", "c");

			push("t", record("id", 1, "kind", "a"), bad);

			assertThat(bad.isFailed()).isTrue();
			assertThat(this.jdbc.queryForList("SELECT kind FROM t", String.class)).containsExactly("a");
		}

		@Test
		void loadingWorksEvenIfTheServerRequiresPrimaryKeys() throws Exception {
			Assumptions.assumeTrue(this.database == TestDatabase.MYSQL, "MariaDB has no such variable");
			execute("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(5))");
			this.connections = new Databases().with("db", new DriverManagerDataSource(
					this.database.url(this.schema) + "&sessionVariables=sql_require_primary_key=ON"));

			push("t", record("id", 7, "v", "a"), record("id", 0, "v", "b"), record("id", 7, "v", "c"));

			assertThat(this.jdbc.queryForList("SELECT CONCAT_WS('|', id, v) FROM t ORDER BY id", String.class))
				.containsExactly("0|b", "7|c");
		}

		@Test
		void leftoverTemporaryTableIsReplaced() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(5))", "INSERT INTO t VALUES (7, 'old')");
			try (var connection = pool().getConnection(); var other = pool().getConnection()) {
				for (var each : List.of(connection, other)) {
					each.createStatement().execute("CREATE TEMPORARY TABLE `deltasync stage` (x INT PRIMARY KEY)");
				}
			}

			push("t", record("id", 7, "v", "a"));

			assertThat(this.jdbc.queryForList("SELECT v FROM t", String.class)).containsExactly("a");
		}

		@Test
		void loadingForbiddenByTheDriverIsReportedBeforeFetching() {
			execute("CREATE TABLE t (id INT PRIMARY KEY)");
			String url = this.database.url(this.schema).replaceAll("&allowLoadLocalInfileInPath=[^&]*", "")
					+ "&allowLocalInfile=false";
			this.connections = new Databases().with("db",
					new DriverManagerDataSource(url, this.database.username(), ""));

			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t"))
				.withMessageContaining("Connection 'db' cannot load in bulk")
				.withMessageContaining("local_infile=ON")
				.withMessageContaining("leave out the option bulk");
		}

		@Test
		void loadingForbiddenByTheServerIsReportedBeforeFetching() {
			Assumptions.assumeTrue(this.database == TestDatabase.MARIADB, "the other server may have other users");
			execute("CREATE TABLE t (id INT PRIMARY KEY)", "SET GLOBAL local_infile = OFF");
			try {
				assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t"))
					.withMessageContaining("Connection 'db' cannot load in bulk")
					.withMessageContaining("local_infile=ON");
			}
			finally {
				execute("SET GLOBAL local_infile = ON");
			}
		}

		@Test
		void valuesOfAllTypesAreLoadedExactly() throws Exception {
			boolean mariaDb = this.database == TestDatabase.MARIADB;
			for (String table : List.of("t", "inserted")) {
				execute(("CREATE TABLE %s (id BIGINT UNSIGNED PRIMARY KEY, bits BIT(10), y YEAR, some SET('a', 'b'), f FLOAT, "
						+ "d DOUBLE, n DECIMAL(20,5), stamp TIMESTAMP(6) NULL, at DATETIME(6), span TIME(6), day DATE, "
						+ "bin VARBINARY(20), fixed BINARY(3), text TEXT, doc JSON, u %s, a %s)")
					.formatted(table, mariaDb ? "UUID" : "CHAR(36)", mariaDb ? "INET6" : "VARCHAR(39)"));
			}
			List<RecordInFlight> records = new ArrayList<>();
			for (String id : List.of("1", "18446744073709551615")) {
				records.add(record("id", id, "bits", 513, "y", 2026, "some", "a,b", "f", 0.1f, "d", Double.MIN_VALUE,
						"n", "-123456789012345.54321", "stamp", "2026-10-25T01:30:00.123456Z", "at",
						"9999-12-31T23:59:59.999999", "span", "01:02:03.000001", "day", "1000-01-01", "bin",
						new byte[] { 0, 9, 10, 13, 92, 39, -1 }, "fixed", new byte[] { 92, 78, 0 }, "text",
						"\\N\t\n\r\0\\'\"\u20ac\ud83d\ude00 ", "doc", "{\"a\": \"\\\\ \\n\"}", "u",
						"12345678-1234-1234-1234-123456789abc", "a", "fe80::1"));
			}
			records.add(record("id", 3, "bits", null, "y", null, "some", "", "f", null, "d", null, "n", null, "stamp",
					null, "at", null, "span", null, "day", null, "bin", new byte[0], "fixed", null, "text", "", "doc",
					null, "u", null, "a", null));
			long loads = status("Com_load");
			long inserts = status("Com_insert");

			push("t", records.toArray(RecordInFlight[]::new));
			push("t", records.toArray(RecordInFlight[]::new));

			assertThat(records).allSatisfy((record) -> assertThat(record.errors()).isEmpty());
			assertThat(status("Com_load") - loads).as("straight, and through the temporary table").isEqualTo(2 + 2);
			assertThat(status("Com_insert") - inserts).isZero();
			JdbcTarget inserting = new JdbcTarget(this.connections,
					new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
			inserting.configure(new JdbcTargetOptions("db", null, null, null, false));
			inserting.pushRecords(context("inserted"), records);
			String values = "SELECT CONCAT_WS('|', id, bits + 0, y, some, f, d, n, stamp, at, span, day, HEX(bin), HEX(fixed), "
					+ "HEX(text), doc, u, a) FROM %s ORDER BY id";
			assertThat(this.jdbc.queryForList(values.formatted("t"), String.class)).hasSize(3)
				.containsExactlyElementsOf(this.jdbc.queryForList(values.formatted("inserted"), String.class));
		}

		@Test
		void serverCannotRequestFiles() {
			Assumptions.assumeTrue(this.database == TestDatabase.MYSQL, "MariaDB's driver compares with the statement");
			execute("CREATE TABLE t (v TEXT)");

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
				try (var connection = pool().getConnection(); Statement statement = connection.createStatement()) {
					statement.execute("LOAD DATA LOCAL INFILE 'pom.xml' INTO TABLE t");
				}
			}).withMessageContaining("pom.xml");
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isZero();
		}

		private long status(String name) {
			return this.jdbc.queryForObject("SHOW GLOBAL STATUS LIKE '" + name + "'",
					(row, number) -> row.getLong("Value"));
		}

	}

	@Nested
	@EachDatabase(TestDatabase.H2)
	class OfH2 extends JdbcAdapterFixture {

		@Override
		public boolean bulk() {
			return true;
		}

		@Test
		void bulkLoadingIsRefusedForOtherDatabases() {
			execute("CREATE TABLE t (id INT PRIMARY KEY)");

			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("T"))
				.withMessageContaining("cannot load in bulk (H2)");
		}

	}

}
