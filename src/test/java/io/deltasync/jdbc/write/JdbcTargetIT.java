package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueDigest;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Records;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.run.retry.TransientFailures;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How records are written. */
@EachDatabase
public class JdbcTargetIT extends JdbcAdapterFixture {

	private List<String> rows(String table) {
		return this.jdbc.query("SELECT * FROM %s ORDER BY 1".formatted(table), (row, number) -> {
			StringBuilder text = new StringBuilder();
			for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
				text.append((i > 1) ? "|" : "").append(row.getString(i));
			}
			return text.toString();
		});
	}

	/** Pushes a record that is to fail, beside one that is not. */
	private String refusal(Object value) throws Exception {
		RecordInFlight bad = record("id", 1, "v", value);
		RecordInFlight good = record("id", 2, "v", null);
		push("t", bad, good);
		assertThat(good.isFailed()).isFalse();
		assertThat(rows("t")).containsExactly("2|null");
		execute("DELETE FROM t");
		return String.join("", bad.errors());
	}

	private void table(String type) {
		execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (id INT PRIMARY KEY, v %s)".formatted(type));
	}

	@Test
	void recordsAreInsertedOrUpdatedByKey() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), qty INT DEFAULT 7)",
				"INSERT INTO t VALUES (1, 'old', 3)");

		push("t", record("id", 1, "name", "new"), record("id", 2, "name", "two"));
		push("t", record("id", 1, "name", "new"), record("id", 2, "name", "two"));

		assertThat(rows("t")).containsExactly("1|new|3", "2|two|7");
	}

	@Test
	void rowHoldingACollidingUniqueValueIsLocked() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT UNIQUE)", "INSERT INTO t VALUES (1, 10), (2, 20)");
		WriteTarget target = WriteTarget.of(
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())).get(context("t"), "db", "t"),
				new JdbcTargetOptions("db", null, null, null, false));
		RecordInFlight record = record("id", 1, "v", 20);
		WriteStatement shape = new WriteStatement(target, Operation.UPSERT, List.of("id", "v"));
		try (Connection ours = pool().getConnection(); Connection other = pool().getConnection()) {
			ours.setAutoCommit(false);
			Held held = new UniqueValues(target, ours).holders(new BatchRow(record, shape, new Object[] { 1, 20 }));
			assertThat(held.holders()).singleElement().satisfies((holder) -> assertThat(holder.key()).contains("2"));
			other.createStatement()
				.execute(isMySql() ? "SET SESSION innodb_lock_wait_timeout = 1"
						: isPostgreSql() ? "SET lock_timeout = 100" : "SET LOCK_TIMEOUT 100");

			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> other.createStatement().execute("UPDATE t SET v = 30 WHERE id = 2"))
				.withMessageContaining("imeout");
			ours.rollback();
		}
	}

	@Test
	void numberWithoutJsonFormIsRefusedAtAnyDepth() throws Exception {
		table("JSON");
		for (Object value : List.of(Double.NaN, Float.POSITIVE_INFINITY, Map.of("a", Double.NaN),
				Map.of("a", List.of(1, Map.of("b", Double.NEGATIVE_INFINITY))), List.of(Float.NaN))) {
			// MariaDB's JSON is a text with a constraint
			assertThat(refusal(value)).as(value.toString())
				.contains((this.database == TestDatabase.MARIADB) ? "v" : "JSON has no");
		}
		assertThat(refusal(List.of(new double[] { Double.NaN }))).isNotEmpty();
	}

	@Test
	void leaseIsCheckedAfterAllStatementsAndBeforeTheCommit() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 0), (2, 0)");
		JdbcTarget target = target("t");
		List<List<String>> seen = new ArrayList<>();
		RunContext context = new RunContext(() -> seen.add(rows("t")), null);
		context.call(() -> {
			target.pushRecords(context("t"),
					List.of(record("id", 1, "v", 7), delete("id", 2), record("id", 3, "v", 7)));
			return null;
		});
		assertThat(seen).containsExactly(List.of("1|0", "2|0"));
		assertThat(rows("t")).containsExactly("1|7", "3|7");
	}

	@Test
	void nothingIsWrittenOrDeletedAfterTheLeaseWasLost() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 0), (2, 0)");
		JdbcTarget target = target("t");
		RunContext lost = new RunContext(() -> {
			throw new IllegalStateException("lost");
		}, null);
		List<RecordInFlight> records = List.of(record("id", 1, "v", 7), delete("id", 2), record("id", 3, "v", 7));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lost.call(() -> {
			target.pushRecords(context("t"), records);
			return null;
		})).withMessage("lost");
		assertThat(rows("t")).containsExactly("1|0", "2|0");
		target.pushRecords(context("t"), records);
		assertThat(rows("t")).containsExactly("1|7", "3|7");
	}

	@Test
	void serverEndsASuspendedTransactionBeforeTheLeaseExpires() throws Exception {
		Assumptions.assumeFalse(this.database == TestDatabase.H2, "H2 has no such limit");
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 0), (2, 0)");
		String limit = isMySql() ? "SELECT @@SESSION.wait_timeout"
				: "SELECT current_setting('idle_in_transaction_session_timeout')";
		String before = this.jdbc.queryForObject(limit, String.class);
		JdbcTarget target = target("t");
		RunContext asleep = new RunContext(
				// waits for the rows that the transaction has locked
				() -> execute("UPDATE t SET v = 5"), Duration.ofSeconds(1));
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asleep.call(() -> {
			target.pushRecords(context("t"), List.of(record("id", 1, "v", 7), delete("id", 2)));
			return null;
		})).satisfies((ex) -> assertThat(TransientFailures.isTransient(ex)).isTrue());
		assertThat(rows("t")).containsExactly("1|5", "2|5");

		RunContext awake = new RunContext(() -> {
		}, Duration.ofSeconds(1));
		awake.call(() -> {
			target.pushRecords(context("t"), List.of(record("id", 1, "v", 7), delete("id", 2)));
			return null;
		});
		assertThat(rows("t")).containsExactly("1|7");
		assertThat(this.jdbc.queryForObject(limit, String.class)).as("what is idle in the pool is nobody's transaction")
			.isEqualTo(before);
	}

	private static RecordInFlight delete(String name, Object value) {
		return new RecordInFlight(Map.of(name, value), Operation.DELETE);
	}

	@Test
	void lastRecordWithTheSameKeyWins() throws Exception {
		table("INT");

		push("t", record("id", 1, "v", 1), record("id", 1, "v", 2), record("id", 1, "v", 3));

		assertThat(rows("t")).containsExactly("1|3");
	}

	@Test
	void recordMayConsistOfItsKey() throws Exception {
		execute("CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b))");

		push("t", record("a", 1, "b", 2), record("a", 1, "b", 2), record("a", 2, "b", 2));

		assertThat(rows("t")).containsExactly("1|2", "2|2");
	}

	@Test
	void recordsOfABatchMayDifferInPropertiesAndOperation() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT)", "INSERT INTO t VALUES (4, 4, 4)");

		push("t", record("id", 1, "a", 1), record("b", 1, "id", 1), record("id", 2, "a", 2, "b", 2),
				new RecordInFlight(Map.of("ID", 4), Operation.DELETE), record("id", 5),
				new RecordInFlight(Map.of("id", 2), Operation.DELETE), record("id", 2, "b", 9));

		assertThat(rows("t")).containsExactly("1|1|1", "2|null|9", "5|null|null");
	}

	@Test
	void rowsOfSeveralQueriesAreWrittenByTheirNames() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), qty INT)");
		RowLayout one = new RowLayout(List.of("id", "name", "qty"));
		RowLayout other = new RowLayout(List.of("qty", "id", "name"));

		push("t", new RecordInFlight(one.row(new Object[] { 1, "a", 10 })),
				new RecordInFlight(one.row(new Object[] { 2, "b", null })),
				new RecordInFlight(other.row(new Object[] { 30, 3, "c" })),
				new RecordInFlight(other.row(new Object[] { 40, 4, "d" })), record("name", "e", "id", 5),
				new RecordInFlight(one.row(new Object[] { 6, "f", 60 })).set("qty", 61),
				new RecordInFlight(one.row(new Object[] { 7, "g", 70 })),
				new RecordInFlight(one.row(new Object[] { 2, null, null }), Operation.DELETE));

		assertThat(rows("t")).containsExactly("1|a|10", "3|c|30", "4|d|40", "5|e|null", "6|f|61", "7|g|70");
	}

	@Test
	void deletesUseOnlyTheKeyOfTheRecord() throws Exception {
		execute("CREATE TABLE t (a INT, b VARCHAR(5), PRIMARY KEY (a, b))", "INSERT INTO t VALUES (1, 'x'), (1, 'y')");
		RecordInFlight gone = new RecordInFlight(Records.properties("noise", 1, "b", "x", "a", 1), Operation.DELETE);

		push("t", gone, gone);

		assertThat(rows("t")).containsExactly("1|y");
	}

	@Test
	void trailingSpacesLostByAFixedLengthColumnAreRefused() throws Exception {
		table("CHAR(5)");
		assertThat(refusal("abc ")).contains("ends with a space");
		assertThat(refusal(" ")).contains("ends with a space");
		push("t", record("id", 1, "v", " abc"), record("id", 2, "v", ""));
		assertThat(rows("t")).extracting((row) -> row.replaceAll(" +$", "")).containsExactly("1| abc", "2|");

		execute("DROP TABLE t", "CREATE TABLE t (code CHAR(10) PRIMARY KEY, v INT)");
		RecordInFlight spaced = record("code", "AB ", "v", 2);
		push("t", record("code", "AB", "v", 1), spaced);
		assertThat(spaced.isFailed()).isTrue();
		assertThat(this.jdbc.queryForList("SELECT v FROM t", Integer.class)).containsExactly(1);

		RecordInFlight gone = new RecordInFlight(Map.of("code", "AB "), Operation.DELETE);
		push("t", gone);
		assertThat(gone.isFailed()).isTrue();
		assertThat(this.jdbc.queryForList("SELECT v FROM t", Integer.class)).containsExactly(1);
	}

	@Test
	void trailingSpacesBeyondTheLimitInBytesAreRefused() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others count characters");
		table("TINYTEXT");

		assertThat(refusal("é".repeat(127) + "a  ")).contains("would lose its trailing spaces");
		push("t", record("id", 1, "v", "é".repeat(126) + "a  "));
		assertThat(rows("t")).containsExactly("1|" + "é".repeat(126) + "a  ");
	}

	@Test
	void binaryValuesAreNotPaddedWithZeros() throws Exception {
		Assumptions.assumeFalse(isPostgreSql(), "it has no binaries of fixed length");
		table("BINARY(4)");
		assertThat(refusal(new byte[] { 'a', 'b' })).contains("the value has 2 bytes", "pad it with zeros");
		assertThat(refusal(new byte[0])).contains("the value has 0 bytes");
		assertThat(refusal(new byte[5])).contains("the value has 5 bytes");

		execute("DROP TABLE t", "CREATE TABLE t (k BINARY(3) PRIMARY KEY, v INT)");
		RecordInFlight[] records = { record("k", new byte[] { 'a', 'b', 0 }, "v", 1),
				record("k", new byte[] { 'a', 'b' }, "v", 2), record("k", new byte[] { 'c' }, "v", 3) };
		push("t", records);
		assertThat(records).extracting(RecordInFlight::isFailed).containsExactly(false, true, true);
		assertThat(this.jdbc.queryForList("SELECT v FROM t", Integer.class)).containsExactly(1);
	}

	@Test
	void textsInAnotherNotationThanTheNumericColumnAreRefused() throws Exception {
		for (String type : List.of("INT", "DECIMAL(10,2)", "DOUBLE PRECISION")) {
			table(type);
			for (String text : List.of(" 12 ", "12 ", "007", "1e3", "+5", "-0", ".5", "5.", "\u0663", "0x10", "1_000",
					"")) {
				assertThat(refusal(text)).as("%s: %s", type, text)
					.containsIgnoringCase("column 'v'")
					.containsPattern("(?i)'v' the type integer or decimal under mapping.types|is not a number");
			}
			push("t", record("id", 1, "v", "-12"), record("id", 2, "v", "0"));
			assertThat(this.jdbc.queryForList("SELECT v FROM t ORDER BY id", Integer.class)).containsExactly(-12, 0);
		}
		table("INT");
		assertThat(refusal("7.0")).contains("is not how the column writes that number");
		table("DECIMAL(10,1)");
		assertThat(refusal("1.10")).contains("more than 1 digits after the point");
	}

	@Test
	void differentTextsDoNotBecomeTheSameKey() throws Exception {
		for (String type : List.of("DECIMAL(8,2)", "DOUBLE PRECISION")) {
			execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (k %s PRIMARY KEY, v INT)".formatted(type));
			RecordInFlight[] records = { record("k", "1.5", "v", 1), record("k", "1.50", "v", 2),
					record("k", "1.500", "v", 3) };

			push("t", records);

			assertThat(records).filteredOn((record) -> !record.isFailed()).as(type).hasSizeLessThan(2);
		}
		execute("DROP TABLE t", "CREATE TABLE t (k DATE PRIMARY KEY, v INT)");
		RecordInFlight day = record("k", "2026-11-21", "v", 1);
		RecordInFlight midnight = record("k", "2026-11-21T00:00", "v", 2);
		push("t", day, midnight);
		assertThat(day.isFailed()).isFalse();
		assertThat(midnight.errors()).singleElement().asString().contains("records would become one row");
	}

	@Test
	void numbersThatAKeyColumnWouldRoundAreRefused() throws Exception {
		execute("CREATE TABLE t (k DOUBLE PRECISION PRIMARY KEY, v INT)");
		RecordInFlight rounded = record("k", new BigDecimal("0.10000000000000000001"), "v", 2);

		push("t", record("k", new BigDecimal("0.1"), "v", 1), rounded, record("k", 0.25, "v", 3));

		assertThat(rounded.errors()).singleElement().asString().contains("would become 0.1");
		assertThat(this.jdbc.queryForList("SELECT v FROM t ORDER BY k", Integer.class)).containsExactly(1, 3);
	}

	@Test
	void differentInstantsOfOneLocalTimeAreNotTheSameKey() throws Exception {
		execute("CREATE TABLE t (k %s PRIMARY KEY, v INT)".formatted(localTime(0)));
		JdbcTarget target = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, ZoneId.of("Europe/Berlin"), null, bulk()));
		RecordInFlight summer = record("k", Instant.parse("2026-10-25T00:30:00Z"), "v", 1);
		RecordInFlight winter = record("k", Instant.parse("2026-10-25T01:30:00Z"), "v", 2);

		target.pushRecords(context("t"), List.of(summer, winter));

		assertThat(summer.isFailed()).isFalse();
		assertThat(winter.errors()).singleElement().asString().contains("stands for two moments in Europe/Berlin");
	}

	@Test
	void wholeNumbersStayExactInAFloatingPointColumn() throws Exception {
		table("DOUBLE PRECISION");
		assertThat(refusal(9_007_199_254_740_993L)).contains("would become 9.007199254740992E15");
		assertThat(refusal("9007199254740993")).contains("would become 9.007199254740992E15");
		assertThat(refusal(new BigDecimal("1E-400"))).contains("out of range");
		table("REAL");
		if (!isMySql()) {
			assertThat(refusal(16_777_217)).contains("would become 1.6777216E7");
		}
		else {
			table("FLOAT(7,2)");
			assertThat(refusal(1.239)).contains("more than 2 digits after the point");
			push("t", record("id", 1, "v", 1.25));
			assertThat(rows("t")).containsExactly("1|1.25");
		}
	}

	@Test
	void infinityIsStoredIfTheColumnSupportsIt() throws Exception {
		table("DOUBLE PRECISION");
		if (isMySql()) {
			assertThat(refusal(Double.NaN)).contains("NaN is out of range");
			return;
		}
		push("t", record("id", 1, "v", Double.NaN), record("id", 2, "v", Float.NEGATIVE_INFINITY));

		assertThat(rows("t")).containsExactly("1|NaN", "2|-Infinity");
	}

	@Test
	void enumerationValuesMustMatchTheirListedSpelling() throws Exception {
		String type = "ENUM('new', 'it''s', 'B')";
		if (isPostgreSql()) {
			execute("CREATE TYPE kind AS " + type);
		}
		table(isPostgreSql() ? "kind" : type);
		for (String text : List.of("New", "new ", " new", "b", "", "its")) {
			assertThat(refusal(text)).contains("'%s' is none of its values".formatted(text));
		}
		push("t", record("id", 1, "v", "it's"), record("id", 2, "v", "B"));
		assertThat(rows("t")).containsExactly("1|it's", "2|B");
		Assumptions.assumeTrue(isMySql(), "others have no SET");

		table("SET('a', 'B', 'c')");
		for (String text : List.of("A", "a,a", "a, B", "a,", "a ")) {
			assertThat(refusal(text)).contains("is none of its values");
		}
		push("t", record("id", 1, "v", "c,a"), record("id", 2, "v", ""));
		assertThat(rows("t")).containsExactly("1|a,c", "2|");
		execute("DROP TABLE t", "CREATE TABLE t (k SET('a', 'B') PRIMARY KEY, v INT)");
		RecordInFlight turned = record("k", "B,a", "v", 2);
		push("t", record("k", "a,B", "v", 1), turned);
		assertThat(turned.isFailed()).isTrue();
	}

	@Test
	void otherSpellingsOfBooleansAreRefused() throws Exception {
		Assumptions.assumeFalse(isMySql(), "it has numbers");
		table("BOOLEAN");
		for (String text : List.of("1", "0", "yes", "TRUE", " true")) {
			assertThat(refusal(text)).contains("is neither true nor false", "type boolean under mapping.types");
		}
		push("t", record("id", 1, "v", "true"), record("id", 2, "v", 0), record("id", 3, "v", 1L));
		assertThat(this.jdbc.queryForList("SELECT v FROM t ORDER BY id", Boolean.class)).containsExactly(true, false,
				true);
	}

	@Test
	void otherSpellingsOfUuidsAndAddressesAreRefused() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.MYSQL, "MySQL has no such types");
		String uuid = "12345678-1234-1234-1234-123456789abc";
		table("UUID");
		for (String text : List.of(uuid.toUpperCase(Locale.ROOT), uuid.replace("-", ""), "1-1-1-1-1", uuid + " ")) {
			assertThat(refusal(text)).containsIgnoringCase("column 'v'").contains("'%s' is not".formatted(text));
		}
		push("t", record("id", 1, "v", uuid), record("id", 2, "v", UUID.fromString(uuid)));
		assertThat(rows("t")).containsExactly("1|" + uuid, "2|" + uuid);
		Assumptions.assumeTrue(this.database == TestDatabase.MARIADB, "H2 has no addresses");

		table("INET6");
		for (String text : List.of("FE80::1", "0:0:0:0:0:0:0:1", "fe80:0::1", "::ffff:102:304", "::ffff:1.2.3.04",
				"1.2.3.4", "::102:304", "::1:0", "::1.2.3.04", "::0.0.3.4", "::ffff:0:0")) {
			assertThat(refusal(text)).as(text).contains("is not how the column writes an address");
		}
		List<String> addresses = List.of("::", "::1", "fe80::1", "1::", "1:2:3:4:5:6:7:8", "1:0:0:2::3",
				"1::2:3:4:5:6:7", "::ffff:1.2.3.4", "::1.2.3.4", "::0.1.0.0", "::ffff", "::2:0:0", "::ffff:0.0.0.0");
		for (String address : addresses) {
			push("t", record("id", 1, "v", address));
			assertThat(rows("t")).containsExactly("1|" + address);
			execute("DELETE FROM t");
		}
		table("INET4");
		assertThat(refusal("01.2.3.4")).contains("is not how the column writes an address");
		push("t", record("id", 1, "v", "255.20.199.0"));
		assertThat(rows("t")).containsExactly("1|255.20.199.0");
	}

	@Test
	void valuesThatH2RoundsOrReplacesAreRefused() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.H2, "others have no such types");
		table("DECFLOAT(5)");
		assertThat(refusal(new BigDecimal("1.234567"))).contains("more than 5 digits");
		assertThat(refusal("1.50")).contains("is not how the column writes that number");
		push("t", record("id", 1, "v", new BigDecimal("1.50")), record("id", 2, "v", new BigDecimal("12345E+50")));
		assertThat(rows("t")).containsExactly("1|1.5", "2|1.2345E+54");

		table("TIME(0) WITH TIME ZONE");
		push("t", record("id", 1, "v", OffsetTime.parse("08:00:00.9+01:00")));
		assertThat(rows("t")).containsExactly("1|08:00:00+01");

		execute("DROP TABLE t", "CREATE TABLE t (id INT PRIMARY KEY, v INT DEFAULT 7 DEFAULT ON NULL)");
		RecordInFlight none = record("id", 1, "v", null);
		push("t", none, record("id", 2, "v", 2));
		assertThat(none.isFailed()).isTrue();
	}

	@Test
	void bitsAreWrittenAsNumbers() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others have no bits as numbers");
		table("BIT(12)");
		assertThat(refusal(new byte[] { 0x10, 0 })).contains("does not fit into 12 bits");
		assertThat(refusal(4096)).contains("does not fit into 12 bits");
		assertThat(refusal("011")).contains("is not how the column writes that number");
		push("t", record("id", 1, "v", new byte[] { 7 }), record("id", 2, "v", "4095"));
		assertThat(this.jdbc.queryForList("SELECT v + 0 FROM t ORDER BY id", Integer.class)).containsExactly(7, 4095);

		execute("DROP TABLE t", "CREATE TABLE t (k BIT(12) PRIMARY KEY, v INT)");
		RecordInFlight shorter = record("k", new byte[] { 7 }, "v", 2);
		push("t", record("k", new byte[] { 0, 7 }, "v", 1), shorter);
		assertThat(shorter.isFailed()).isTrue();
	}

	@Test
	void valuesThatAJsonColumnWouldAlterAreRefused() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MYSQL, "others keep JSON as it is written");
		table("JSON");
		assertThat(refusal("[{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}]"))
			.contains("two members 'a', of which the column would keep one");
		for (String number : List.of("18446744073709551616", "-9223372036854775809", "9007199254740993.0",
				"0.12345678901234567890123", "1e-400")) {
			assertThat(refusal("{\"n\": [%s]}".formatted(number)))
				.contains("the number %s would become".formatted(number));
		}
		assertThat(refusal(Map.of("n", new BigDecimal("123456789012345678901234567890")))).contains("would become");
		assertThat(refusal("{\"a\": 01}")).contains("Invalid JSON text");
		push("t", record("id", 1, "v", "{\"a\": [18446744073709551615, -9223372036854775808, 0.1]}"),
				record("id", 2, "v", "[{\"a\": 1.10}, {\"a\": 1e2}, {\"a\": 0.30000000000000004}, {\"a\": 1e300}]"));
		assertThat(rows("t")).containsExactly("1|{\"a\": [18446744073709551615, -9223372036854775808, 0.1]}",
				"2|[{\"a\": 1.1}, {\"a\": 100.0}, {\"a\": 0.30000000000000004}, {\"a\": 1e300}]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "code VARCHAR(20) PRIMARY KEY, n INT, v INT",
			"code VARCHAR(20) PRIMARY KEY, n INT, v INT UNIQUE",
			"n INT, code VARCHAR(20), v INT, PRIMARY KEY (n, code)" })
	void rowWithChangedSpellingIsNotDeletedByItsOldSpelling(String columns) throws Exception {
		execute("CREATE TABLE t (%s)".formatted(columns));
		push("t", record("code", "ÉA", "n", 1, "v", 1));
		push("t", record("code", "éa", "n", 1, "v", 2));
		push("t", new RecordInFlight(Map.of("code", "ÉA", "n", 1), Operation.DELETE));
		push("t", new RecordInFlight(Map.of("code", "ÉA", "n", 1, "v", 3), Operation.UPDATE));

		assertThat(this.jdbc.queryForList("SELECT code, v FROM t")).singleElement()
			.satisfies((row) -> assertThat(row.values()).containsExactly("éa", 2));

		push("t", new RecordInFlight(Map.of("code", "éa", "n", 1), Operation.DELETE));
		assertThat(rows("t")).isEmpty();
	}

	@Test
	void updatesByKeyInsertNothing() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b INT)",
				"INSERT INTO t VALUES (1, 1, 1), (2, 2, 2)");
		RecordInFlight nothing = new RecordInFlight(Map.of("id", 1), Operation.UPDATE);

		push("t", new RecordInFlight(Records.properties("b", 7, "id", 1), Operation.UPDATE),
				new RecordInFlight(Records.properties("b", null, "id", 2), Operation.UPDATE),
				new RecordInFlight(Records.properties("b", 9, "id", 3), Operation.UPDATE), nothing);

		assertThat(rows("t")).containsExactly("1|1|7", "2|2|null");
		assertThat(nothing.errors()).singleElement().asString().contains("nothing to change", "beside the key");
	}

	@Test
	void testingModeDoesNotChangeTheTarget() throws Exception {
		table("VARCHAR(3)");
		LinkContext testing = context("t").toBuilder().testingMode(true).build();
		RecordInFlight bad = record("id", 2, "v", "long");

		target("t").pushRecords(testing, List.of(record("id", 1, "v", "x"), bad));

		assertThat(rows("t")).isEmpty();
		assertThat(bad.isFailed()).isTrue();
	}

	@Test
	void recordRefusedByTheDatabaseFailsAlone() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v < 10))");
		RecordInFlight bad = record("id", 3, "v", 11);

		push("t", record("id", 1, "v", 1), record("id", 2), bad);

		assertThat(bad.errors()).singleElement()
			.asString()
			.matches("(?is).*table 't' of connection 'db' refuses it: .*");
		assertThat(rows("t")).containsExactly("1|1", "2|null");
	}

	@Test
	void fewRefusedRecordsAreIsolatedWithFewStatements() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v <> 7))");
		JdbcTarget target = target("t");
		for (Set<Integer> bad : List.of(Set.of(999), Set.of(0), Set.of(511, 512), Set.of(3, 250, 750, 998))) {
			List<RecordInFlight> records = IntStream.range(0, 1000)
				.mapToObj((id) -> record("id", id, "v", bad.contains(id) ? 7 : 1))
				.toList();
			execute("DELETE FROM t");
			long before = inserts();

			target.pushRecords(context("t"), records);

			// 2 * k * log2(n) + 1
			assertThat(inserts() - before).isBetween(isMySql() ? 2L : 0, 2L * bad.size() * 10 + 1);
			assertThat(IntStream.range(0, 1000).filter((id) -> records.get(id).isFailed()).boxed())
				.containsExactlyInAnyOrderElementsOf(bad);
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(1000 - bad.size());
		}
	}

	@Test
	void refusedUpdatesNeedOneStatementEach() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v < 10))",
				"INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)");
		List<RecordInFlight> records = IntStream.rangeClosed(1, 5)
			.mapToObj((id) -> new RecordInFlight(Records.properties("v", (id % 2 == 0) ? 20 : id + 4, "id", id),
					Operation.UPDATE))
			.toList();

		push("t", records.toArray(RecordInFlight[]::new));

		assertThat(records).extracting(RecordInFlight::isFailed).containsExactly(false, true, false, true, false);
		assertThat(rows("t")).containsExactly("1|5", "2|2", "3|7", "4|4", "5|9");
	}

	@Test
	@Timeout(60)
	void numbersWithTooManyDigitsForTheMemoryAreRefused() throws Exception {
		for (String type : List.of("INT", "DECIMAL(10,2)")) {
			table(type);
			for (String number : List.of("1E+999999999", "1E-999999999", "-1E+2147483647", "1E-2147483647")) {
				assertThat(refusal(new BigDecimal(number))).containsIgnoringCase("column 'v'").contains(number);
				assertThat(refusal(number)).containsIgnoringCase("column 'v'").contains(number);
			}
		}
	}

	@Test
	void numbersWithManyDigitsAreStoredAsTextWithAnExponent() throws Exception {
		table("VARCHAR(20)");

		push("t", record("id", 1, "v", new BigDecimal("1E+2147483647")), record("id", 2, "v", new BigDecimal("1E+3")));

		assertThat(rows("t")).containsExactly("1|1E+2147483647", "2|1000");
	}

	@Test
	void timesOutOfRangeInTheZoneOfTheTargetFailAlone() throws Exception {
		table("TIMESTAMP(6)");

		assertThat(refusal(OffsetDateTime.MAX)).isNotBlank();
		assertThat(refusal(Instant.MIN)).isNotBlank();
	}

	@Test
	void unknownColumnAbortsAndTheColumnsAreListed() {
		table("INT");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> push("t", record("id", 1, "email", "x")))
			.withMessageMatching("(?is).*no column 'email' in table 't' of connection 'db'.*id, v\\..*by mapping");
	}

	@Test
	void recordWithoutAKeyFailsAlone() throws Exception {
		table("INT");
		RecordInFlight bad = record("v", 1);
		RecordInFlight nothing = record();

		push("t", bad, record("id", 2, "v", 2), nothing, new RecordInFlight(Map.of("v", 2), Operation.DELETE),
				record("id", 3, "v", 3));

		assertThat(bad.errors()).singleElement().asString().containsIgnoringCase("no property for column 'id'");
		assertThat(nothing.isFailed()).isTrue();
		assertThat(rows("t")).containsExactly("2|2", "3|3");
	}

	@Test
	void batchWithoutAnyKeyAborts() {
		table("INT");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> push("t", record("v", 1)))
			.withMessageMatching("(?is).*no property for column 'id' of the key of table 't'.*only: v.*");
	}

	@Test
	void unknownTableAborts() {
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("nothing"))
			.withMessageContaining("it has no tables at all");
	}

	@Test
	void keyMustHaveAUniqueIndex() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b INT, c INT NOT NULL)",
				"CREATE UNIQUE INDEX u ON t (b)", "CREATE UNIQUE INDEX w ON t (c)");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t", "a"))
			.withMessageMatching("(?is).*neither its primary key nor that of a unique index.*create a unique index.*");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t", "id", "a"))
			.withMessageContaining("neither");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t", "b"))
			.withMessageContaining("may be NULL");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t", "x"))
			.withMessageContaining("no column 'x'");
		assertThat(target("t", "c").getBatchSizeLimit(context("t"))).isEqualTo(1000);
	}

	@Test
	void collisionInAnotherUniqueIndexFailsTheRecordInsteadOfUpdatingAnotherRow() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, code INT NOT NULL, name VARCHAR(10))",
				"CREATE UNIQUE INDEX u ON t (code)", "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')");

		RecordInFlight third = record("id", 3, "code", 20, "name", "three");
		RecordInFlight first = record("id", 1, "code", 20, "name", "uno");
		push("t", third, first);
		assertThat(third.isFailed()).isTrue();
		assertThat(first.isFailed()).isTrue();
		assertThat(rows("t")).containsExactly("1|10|one", "2|20|two");
		push("t", record("id", 1, "code", 11, "name", "uno"), record("id", 3, "code", 30, "name", "three"));
		assertThat(rows("t")).containsExactly("1|11|uno", "2|20|two", "3|30|three");
	}

	@Test
	void collisionInAnotherUniqueIndexNamesTheRowWithTheValue() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, email VARCHAR(20))", "CREATE UNIQUE INDEX mail ON t (email)",
				"INSERT INTO t VALUES (1, 'a'), (2, 'b')");
		RecordInFlight inserted = record("id", 9, "email", "a");
		RecordInFlight updated = record("id", 2, "email", "a");

		push("t", inserted, record("id", 3, "email", "c"), updated);

		assertThat(List.of(inserted, updated)).allSatisfy((record) -> assertThat(record.errors()).singleElement()
			.asString()
			.containsIgnoringCase("table 't' of connection 'db' refuses it: the row with id = 1 has email = a already")
			.containsIgnoringCase("index 'mail'")
			.doesNotContain("cannot be null", "INSERT INTO", "MERGE INTO"));
		assertThat(rows("t")).containsExactly("1|a", "2|b", "3|c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "VARCHAR(20)", "VARCHAR(20) NOT NULL", "INT", "INT NOT NULL" })
	void rowsCanSwapAUniqueValue(String type) throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v %s, w INT)".formatted(type), "CREATE UNIQUE INDEX u ON t (v)",
				"INSERT INTO t VALUES (1, '11', 0), (2, '12', 0), (3, '13', 0), (4, '14', 0), (5, '15', 0), (6, '16', 0)");
		RecordInFlight[] records = { record("id", 1, "v", "12", "w", 1), record("id", 2, "v", "11", "w", 2),
				record("id", 3, "v", "14", "w", 3), record("id", 4, "v", "15", "w", 4),
				record("id", 5, "v", "17", "w", 5) };

		push("t", records);

		assertThat(records).allSatisfy((record) -> assertThat(record.errors()).isEmpty());
		assertThat(rows("t")).containsExactly("1|12|1", "2|11|2", "3|14|3", "4|15|4", "5|17|5", "6|16|0");
	}

	@Test
	void rowsWaitingForAUniqueValueThatIsNotReleasedAreRefused() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT, w INT CHECK (w < 10))", "CREATE UNIQUE INDEX u ON t (v)",
				"INSERT INTO t VALUES (1, 11, 0), (2, 12, 0), (3, 13, 0), (4, 14, 0), (5, 15, 0), (9, 99, 0)");
		RecordInFlight first = record("id", 1, "v", 12);
		RecordInFlight second = record("id", 2, "v", 99);
		RecordInFlight third = record("id", 3, "v", 14, "w", 1);
		RecordInFlight bad = record("id", 4, "v", 13, "w", 11);
		RecordInFlight other = record("id", 5, "v", 55);

		push("t", first, second, third, bad, other);

		assertThat(List.of(first, second, third, bad)).allMatch(RecordInFlight::isFailed);
		assertThat(first.errors()).singleElement().asString().containsIgnoringCase("the row with id = 2 has v = 12");
		assertThat(other.isFailed()).isFalse();
		assertThat(rows("t")).containsExactly("1|11|0", "2|12|0", "3|13|0", "4|14|0", "5|55|0", "9|99|0");
	}

	@Test
	void collidingRowIsNotWrittenOverItsLaterVersion() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT, w INT)", "CREATE UNIQUE INDEX u ON t (v)",
				"INSERT INTO t VALUES (1, 11, 0), (2, 12, 0)");
		push("t", record("id", 1, "v", 12, "w", 1), record("id", 2, "v", 22, "w", 0), record("id", 1, "v", 13, "w", 2));

		assertThat(rows("t")).containsExactly("1|13|2", "2|22|0");
	}

	@Test
	void referencesFollowSwappedRows() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20) NULL, CONSTRAINT u UNIQUE (v))",
				"CREATE TABLE child (id INT PRIMARY KEY, v VARCHAR(20), CONSTRAINT ref FOREIGN KEY (v) REFERENCES t (v) ON UPDATE CASCADE)",
				"INSERT INTO t VALUES (1, 'a'), (2, 'b')", "INSERT INTO child VALUES (1, 'a'), (2, 'b')");

		push("t", record("id", 1, "v", "b"), record("id", 2, "v", "a"));

		assertThat(rows("t")).containsExactly("1|b", "2|a");
		assertThat(rows("child")).containsExactly("1|b", "2|a");
	}

	@Test
	void generatedKeyIsRefusedAtTheStart() {
		execute("CREATE TABLE t (doc INT, id INT GENERATED ALWAYS AS (doc + 1)%s)"
			.formatted((this.database == TestDatabase.H2) ? " NOT NULL PRIMARY KEY"
					: (this.database == TestDatabase.MARIADB) ? " PERSISTENT UNIQUE" : " STORED NOT NULL PRIMARY KEY"));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> (this.database == TestDatabase.MARIADB ? target("t", "id") : target("t")).toString())
			.withMessageMatching(
					"(?i).*column 'id' of the key of table 't' of connection 'db' gets its values from the database alone.*");
	}

	@Test
	void identityColumnIsRefusedAsAKeyAndOtherwiseLeftToTheDatabase() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.H2, "others have no such identity");
		execute("CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code INT NOT NULL UNIQUE)");

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t"))
			.withMessageContaining("gets its values from the database alone");
		target("t", "code").pushRecords(context("t"), List.of(record("id", 70, "code", 5)));
		assertThat(rows("t")).containsExactly("1|5");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SELECT                 | INSERT, UPDATE command denied | DELETE command denied
			SELECT, INSERT         | UPDATE command denied         | DELETE command denied
			SELECT, INSERT, UPDATE | none                          | DELETE command denied
			ALL                    | none                          | none
			""")
	void validationFindsWhatTheAccountMayNotDoAndWritesNothing(String granted, String write, String delete)
			throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MYSQL,
				"H2 cannot be asked, and the MariaDB of the tests knows no grants");
		table("INT");
		execute("CREATE USER " + this.schema + "@'%' IDENTIFIED BY ''",
				"GRANT " + granted + " ON t TO " + this.schema + "@'%'");
		try {
			this.connections = new Databases().with("db", new DriverManagerDataSource(
					this.database.url(this.schema).replace("user=root", "user=" + this.schema), this.schema, ""));
			JdbcTarget target = new JdbcTarget(this.connections,
					new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
			target.configure(new JdbcTargetOptions("db", null, null, null, false));

			assertDenied(write, () -> target.validate(context("t"), List.of("id", "v")));
			assertDenied(delete, () -> target.validateDeletes(context("t")));
		}
		finally {
			execute("DROP USER " + this.schema + "@'%'");
		}
		assertThat(rows("t")).isEmpty();
	}

	private static void assertDenied(String denied, ThrowingCallable validation) {
		if (denied.equals("none")) {
			assertThatCode(validation).doesNotThrowAnyException();
			return;
		}
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(validation)
			.withMessageContainingAll("Writing to table 't' of connection 'db' fails", denied,
					"grant the account of the connection");
	}

	@Test
	void validationChangesNothing() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, %s INT)".formatted(quote("it's")), "INSERT INTO t VALUES (1, 1)");
		JdbcTarget target = target("t");

		target.validate(context("t"), List.of("id", "it's"));
		target.validateDeletes(context("t"));

		assertThat(rows("t")).containsExactly("1|1");
	}

	@Test
	void indexesOfAnEmptyTableAreWarnedOfBeforeItsFirstLoad() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT, w INT UNIQUE)", "CREATE INDEX slow ON t (v)");

		assertThat(warnings(context("t"))).singleElement(InstanceOfAssertFactories.STRING)
			.containsIgnoringCase("is empty and has indexes beside its key: slow. A large first load");
		assertThat(warnings(context("t").toBuilder().lastSuccessfulSync(Instant.EPOCH).build())).isEmpty();
		execute("INSERT INTO t VALUES (1, 1, 1)");
		assertThat(warnings(context("t"))).isEmpty();
		execute("DELETE FROM t", isMySql() ? "DROP INDEX slow ON t" : "DROP INDEX slow");
		assertThat(warnings(context("t"))).isEmpty();
	}

	private List<String> warnings(LinkContext context) throws Exception {
		RunContext call = new RunContext();
		call.call(() -> {
			target("t").validate(context, List.of("id", "v", "w"));
			return true;
		});
		return call.warnings();
	}

	@Test
	void missingWritePrivilegeAbortsTheRunAndNamesTheTable() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.MARIADB, "the server of the tests knows no grants");
		table("INT");
		String url = this.database.url(this.schema);
		if (this.database == TestDatabase.H2) {
			url = url.replace(";DB_CLOSE_DELAY=-1", "");
			execute("CREATE USER reader PASSWORD ''", "GRANT SELECT ON t TO reader");
		}
		else if (isPostgreSql()) {
			execute("CREATE ROLE " + this.schema + " LOGIN", "GRANT SELECT ON t TO " + this.schema);
		}
		else {
			execute("CREATE USER " + this.schema + "@'%' IDENTIFIED BY ''",
					"GRANT SELECT ON t TO " + this.schema + "@'%'");
			url = url.replace("user=root", "user=" + this.schema);
		}
		try {
			this.connections = new Databases().with("db",
					new DriverManagerDataSource(url, (this.database == TestDatabase.H2) ? "reader" : this.schema, ""));
			JdbcTarget target = new JdbcTarget(this.connections,
					new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
			target.configure(new JdbcTargetOptions("db", null, null, null, false));
			RecordInFlight record = record("id", 1, "v", 1);

			assertThatExceptionOfType(AbortRunException.class)
				.isThrownBy(() -> target.pushRecords(context("t"), List.of(record, record("id", 2, "v", 2))))
				.withMessageMatching(
						"(?is)Writing to table 't' of connection 'db' fails, whatever the record: .*; grant the account of the connection .*")
				.withMessageNotContaining("MERGE INTO");
			assertThat(record.isFailed()).isFalse();
		}
		finally {
			if (isPostgreSql()) {
				execute("DROP OWNED BY " + this.schema, "DROP ROLE " + this.schema);
			}
			else if (isMySql()) {
				execute("DROP USER " + this.schema + "@'%'");
			}
		}
	}

	@Test
	void readOnlyServerAbortsTheRun() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 has no such sessions");
		table("INT");
		String url = this.database.url(this.schema) + switch (this.database) {
			case MYSQL -> "&sessionVariables=transaction_read_only=1";
			case MARIADB -> "&sessionVariables=tx_read_only=1";
			default -> "&options=-c%20default_transaction_read_only=on";
		};
		this.connections = new Databases().with("db", new DriverManagerDataSource(url, this.database.username(), ""));
		JdbcTarget target = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target.pushRecords(context("t"), List.of(record("id", 1, "v", 1))))
			.withMessageMatching(
					"(?is)Writing to table 't' of connection 'db' fails, whatever the record: .*read.only.*table writable.*");
	}

	@Test
	void unwritableTableAbortsTheRun() throws Exception {
		table("INT");
		JdbcTarget target = target("t");
		execute("ALTER TABLE t RENAME TO elsewhere");

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target.pushRecords(context("t"), List.of(record("id", 1, "v", 1))))
			.withMessageMatching("(?is)Writing to table 't' of connection 'db' fails, whatever the record: .*");
	}

	@Test
	void errorOfATriggerFailsOnlyItsRecord() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2's triggers are classes");
		table("INT");
		if (isPostgreSql()) {
			execute("CREATE FUNCTION no_sevens() RETURNS trigger AS 'BEGIN IF NEW.v = 7 THEN RAISE ''no bad ones''; END IF; RETURN NEW; END' LANGUAGE plpgsql",
					"CREATE TRIGGER no_sevens BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION no_sevens()");
			assertThat(refusal(7)).startsWith("table 't' of connection 'db' refuses it: ERROR: no bad ones");
			return;
		}
		execute("CREATE TRIGGER no_sevens BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.v = 7 THEN SIGNAL SQLSTATE '45000' "
				+ "SET MESSAGE_TEXT = 'no bad ones'; END IF; END");

		assertThat(refusal(7)).isEqualTo("table 't' of connection 'db' refuses it: no bad ones");
	}

	@Test
	void tableWithoutTransactionsCausesAWarningAndCannotBeTested() throws Exception {
		Assumptions.assumeTrue(isMySql(), "all tables of others have transactions");
		for (String engine : List.of("MyISAM", "MEMORY",
				(this.database == TestDatabase.MARIADB) ? "Aria" : "BLACKHOLE")) {
			execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(3)) ENGINE=" + engine);
			JdbcTarget target = target("t");
			LinkContext testing = context("t").toBuilder().testingMode(true).build();

			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target.getBatchSizeLimit(testing))
				.withMessageContaining("A testing run would change table 't' of connection 'db': its engine " + engine);
			assertThatExceptionOfType(AbortRunException.class)
				.isThrownBy(() -> target.pushRecords(testing, List.of(record("id", 1, "v", "x"))));
			assertThat(rows("t")).isEmpty();
			RunContext run = new RunContext();
			run.call(() -> target.getBatchSizeLimit(context("t")));
			assertThat(run.warnings()).singleElement().asString().contains("The engine " + engine + " of table 't'");
		}
	}

	@Test
	void valuesAreNotAlteredInTablesWithoutTransactions() throws Exception {
		Assumptions.assumeTrue(isMySql(), "all tables of others have transactions");
		execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(3) CHARACTER SET latin1, w INT UNIQUE) ENGINE=MyISAM",
				"INSERT INTO t VALUES (9, 'x', 9)");
		RecordInFlight bad = record("id", 2, "v", "\u4e2d", "w", 2);
		RecordInFlight collides = record("id", 3, "v", "c", "w", 9);
		RecordInFlight good = record("id", 4, "v", "d", "w", 4);

		push("t", record("id", 1, "v", "a", "w", 1), bad, collides, good);

		assertThat(bad.isFailed()).isTrue();
		assertThat(collides.isFailed()).isTrue();
		assertThat(rows("t")).containsExactly("1|a|1", "4|d|4", "9|x|9");
	}

	@Test
	void emptyTextsAreNotNullInAnyModeOfTheServer() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MARIADB, "others have no such mode");
		table("VARCHAR(3)");
		this.connections = new Databases().with("db", new DriverManagerDataSource(
				this.database.url(this.schema) + "&sessionVariables=sql_mode='EMPTY_STRING_IS_NULL'", "root", ""));

		push("t", record("id", 1, "v", ""));

		assertThat(rows("t")).containsExactly("1|");
	}

	@Test
	void textsAreStoredUnchangedWhateverTheSessionsTreatmentOfBackslashes() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MYSQL || this.database == TestDatabase.MARIADB,
				"others have no such mode");
		List<String> texts = List.of("\\N", "NULL", "", "a\tb\\tc", "line\nline\r\n", "\0\b\u001a", "'\"`", "\\'); --",
				"?{fn now()}", "\uD83D\uDE00 ü\\", "\\");
		execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20)) CHARACTER SET utf8mb4");
		RecordInFlight[] records = IntStream.range(0, texts.size())
			.mapToObj((id) -> record("id", id, "v", texts.get(id)))
			.toArray(RecordInFlight[]::new);
		for (String mode : List.of("STRICT_ALL_TABLES", "STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES,ANSI_QUOTES", "")) {
			this.connections = new Databases().with("db", new DriverManagerDataSource(
					this.database.url(this.schema) + "&sessionVariables=sql_mode='" + mode + "'", "root", ""));
			execute("DELETE FROM t");

			push("t", records);

			assertThat(this.jdbc.queryForList("SELECT v FROM t ORDER BY id", String.class)).as(mode).isEqualTo(texts);
		}
	}

	@Test
	void longTextWithAQuoteFitsIntoAStatementOfItsOwn() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others have no such limit");
		execute("CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT)");
		this.connections = new Databases().with("db",
				new DriverManagerDataSource(this.database.url(this.schema) + "&maxAllowedPacket=1500000", "root", ""));
		RecordInFlight record = record("id", 1, "v", "it's" + "x".repeat(900_000));

		push("t", record);

		assertThat(record.errors()).isEmpty();
		assertThat(this.jdbc.queryForObject("SELECT CHAR_LENGTH(v) FROM t", Integer.class)).isEqualTo(900_004);
	}

	@Test
	void cacheOfStatementsIsLimited() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, %s)".formatted(
				IntStream.range(0, 9).mapToObj((i) -> "c%d INT".formatted(i)).collect(Collectors.joining(", "))));
		List<RecordInFlight> records = new ArrayList<>();
		for (int id = 0; id < 512; id++) {
			Map<String, Object> properties = Records.properties("id", id);
			for (int i = 0; i < 9; i++) {
				if ((id >> i & 1) == 1) {
					properties.put("c" + i, i);
				}
			}
			records.add(new RecordInFlight(properties));
		}
		JdbcTarget target = target("t");

		target.pushRecords(context("t"), records);

		assertThat(records).noneMatch(RecordInFlight::isFailed);
		assertThat(target).extracting("shapes").asInstanceOf(InstanceOfAssertFactories.MAP).hasSizeLessThan(300);
		assertThat(this.jdbc.queryForObject("SELECT SUM(c8) FROM t", Integer.class)).isEqualTo(256 * 8);
	}

	@Test
	void upsertsMayUseAnotherUniqueKeyThanThePrimaryKey() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(5) NOT NULL, v INT)",
				"CREATE UNIQUE INDEX u ON t (code)", "INSERT INTO t VALUES (1, 'a', 1)");
		JdbcTarget target = target("t", "code");

		target.pushRecords(context("t"), List.of(record("id", 1, "code", "a", "v", 5), record("id", 2, "code", "b")));

		assertThat(rows("t")).containsExactly("1|a|5", "2|b|null");
	}

	@Test
	void tooLongTextFailsOnlyItsRecord() throws Exception {
		table("VARCHAR(3)");

		assertThat(refusal("😀😀😀😀")).matches("(?is)column 'v' \\(.*\\): the text has 4 characters.*");
		push("t", record("id", 1, "v", "ßä€"));
		assertThat(rows("t")).containsExactly("1|ßä€");
	}

	@Test
	void recordAboveThePacketSizeFailsAlone() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others take statements of any length");
		Assumptions.assumeFalse(bulk(), "a file that is loaded may be longer than any statement");
		int most = this.jdbc.queryForObject("SELECT @@max_allowed_packet", Integer.class);
		table("LONGTEXT");
		assertThat(refusal("'".repeat(most / 2))).contains("max_allowed_packet", String.valueOf(most));
		table("LONGBLOB");
		assertThat(refusal(new byte[most])).contains("max_allowed_packet");
		Assumptions.assumeTrue(this.database == TestDatabase.MARIADB, "MySQL takes more than a test should");
		RecordInFlight longest = record("id", 1, "v", new byte[(most - 20_000) / 2]);
		push("t", longest, record("id", 2, "v", null));
		assertThat(longest.errors()).isEmpty();
		assertThat(this.jdbc.queryForList("SELECT LENGTH(v) FROM t ORDER BY id", Integer.class))
			.containsExactly((most - 20_000) / 2, null);
	}

	@Test
	void malformedTextFailsOnlyItsRecord() throws Exception {
		table("VARCHAR(30)");

		assertThat(refusal("a\uD83D")).contains("half a surrogate pair");
		assertThat(refusal("\uDE00b")).contains("half a surrogate pair");
	}

	@Test
	void wholeNumbersOutOfRangeAreRefused() throws Exception {
		table("SMALLINT");

		assertThat(refusal(32768)).contains("out of the range -32768 to 32767");
		assertThat(refusal("abc")).contains("'abc' is not a number");
		assertThat(refusal(1.5)).contains("not a whole number");
		assertThat(refusal(new BigDecimal("1E+999999999"))).contains("out of the range");
		push("t", record("id", 1, "v", "-32768"), record("id", 2, "v", 7.0), record("id", 3, "v", true),
				record("id", 4, "v", new BigInteger("32767")));
		assertThat(rows("t")).containsExactly("1|-32768", "2|7", "3|1", "4|32767");
	}

	@Test
	void decimalsAreNeverRounded() throws Exception {
		table("DECIMAL(10, 2)");

		assertThat(refusal(new BigDecimal("1.005"))).contains("more than 2 digits after the point");
		assertThat(refusal(new BigDecimal("123456789"))).contains("more than 8 digits before the point");
		assertThat(refusal(1.001d)).contains("more than 2 digits after the point");
		push("t", record("id", 1, "v", new BigDecimal("12345678.90000")), record("id", 2, "v", "-0.01"),
				record("id", 3, "v", new BigDecimal("1E+7")), record("id", 4, "v", 0.1f));
		assertThat(rows("t")).containsExactly("1|12345678.90", "2|-0.01", "3|10000000.00", "4|0.10");
	}

	@Test
	void fractionalSecondsAreTruncatedToThePrecisionOfTheColumn() throws Exception {
		table(localTime(3));

		push("t", record("id", 1, "v", LocalDateTime.parse("2026-12-31T23:59:59.999999999")),
				record("id", 2, "v", "2026-12-31 23:59:59.9996"),
				record("id", 3, "v", Instant.parse("2026-12-31T23:59:59.999500Z")));

		assertThat(rows("t")).allMatch((row) -> row.matches(".*23:59:59[.]9990*"));
	}

	@Test
	void fractionalSecondsAreNotTruncatedInTheKey() throws Exception {
		for (String type : List.of(localTime(0), isMySql() ? "TIMESTAMP" : "TIMESTAMP(0) WITH TIME ZONE")) {
			execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (at %s PRIMARY KEY, v INT)".formatted(type));
			RecordInFlight first = record("at", "2026-11-21T08:00:00.250", "v", 1);
			RecordInFlight second = record("at", LocalDateTime.parse("2026-11-21T08:00:00.75"), "v", 2);
			RecordInFlight gone = new RecordInFlight(Map.of("at", Instant.parse("2026-11-21T08:00:01.5Z")),
					Operation.DELETE);

			push("t", first, record("at", "2026-11-21T08:00:01.000", "v", 3), second, gone);

			assertThat(List.of(first, second, gone)).as(type)
				.allSatisfy((record) -> assertThat(record.errors()).singleElement()
					.asString()
					.containsIgnoringCase("column 'at' (")
					.contains("is part of the key and holds no fractions of seconds", "become one row"));
			assertThat(this.jdbc.queryForList("SELECT v FROM t", Integer.class)).containsExactly(3);
		}
	}

	@Test
	void fractionsOfTimesOfDayAreNotTruncatedInTheKey() throws Exception {
		execute("CREATE TABLE t (at TIME(1) PRIMARY KEY, v INT)");
		RecordInFlight bad = record("at", "08:00:00.25", "v", 1);

		push("t", bad, record("at", "08:00:00.200", "v", 2));

		assertThat(bad.errors()).singleElement()
			.asString()
			.contains("is part of the key and holds fractions of seconds of 1 digits");
		assertThat(this.jdbc.queryForList("SELECT v FROM t", Integer.class)).containsExactly(2);
	}

	@Test
	void timesThatDoNotExistAreRefused() throws Exception {
		table(isMySql() ? "TIMESTAMP NULL" : "TIMESTAMP WITH TIME ZONE");
		JdbcTarget target = new JdbcTarget(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, ZoneId.of("Europe/Berlin"), null, bulk()));
		RecordInFlight gap = record("id", 1, "v", LocalDateTime.parse("2026-03-29T02:30"));
		RecordInFlight fine = record("id", 2, "v", LocalDateTime.parse("2026-03-29T03:30"));

		target.pushRecords(context("t"), List.of(gap, fine));

		assertThat(gap.errors()).singleElement().asString().contains("clocks were set forward");
		Object read = values(pull("t").run(), "v").get(0);
		assertThat((read instanceof OffsetDateTime offset) ? offset.toInstant() : read)
			.isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
	}

	@Test
	void numbersAreRefusedAsEnumerationValuesUnlessListed() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others take texts for values alone");
		for (String type : List.of("ENUM('new', 'paid', '3', 'it''s,''2'',')",
				"SET('new', 'paid', '3', 'it''s''2''')")) {
			table(type);
			for (Object number : List.of("1", 1, 2L, "2", " 1", "+1", "1 ", "0", "01", new BigDecimal("2"))) {
				assertThat(refusal(number)).as(type).contains("is none of its values");
			}

			push("t", record("id", 1, "v", "paid"), record("id", 2, "v", "3"), record("id", 3, "v", 3));

			assertThat(rows("t")).as(type).containsExactly("1|paid", "2|3", "3|3");
		}
	}

	@Test
	void twoDigitYearsAreRefused() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others have no type for years");
		table("YEAR");
		for (Object year : List.of(1, 26, "26", 70L, "99", 1900, 2156, -1, 65535, true, "1E+9")) {
			assertThat(refusal(year)).contains("is out of the range 1901 to 2155");
		}

		push("t", record("id", 1, "v", 0), record("id", 2, "v", "0"), record("id", 3, "v", "0000"),
				record("id", 4, "v", 1901), record("id", 5, "v", "2155"), record("id", 6, "v", 2000L));

		assertThat(this.jdbc.queryForList("SELECT v + 0 FROM t ORDER BY id", Integer.class)).containsExactly(0, 0, 0,
				1901, 2155, 2000);
	}

	@Test
	void nullInANotNullColumnFailsOnlyItsRecord() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL)");
		RecordInFlight bad = record("id", 1, "v", null);

		push("t", bad, record("id", 2, "v", 2));

		assertThat(bad.errors()).singleElement().asString().contains("is NOT NULL");
		assertThat(rows("t")).containsExactly("2|2");
	}

	@Test
	void valuesOfAnUnsupportedClassAbortTheFirstBatch() throws Exception {
		table("INT");

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> push("t", record("id", 1, "v", new byte[1])))
			.withMessageMatching("(?is)column 'v' \\(int.*\\) does not accept byte\\[\\]; convert the value.*");
		assertThat(refusal(List.of(1))).contains("does not accept List");
	}

	@Test
	void recordsWithoutARequiredValueAreRefused() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL, w INT)");
		RecordInFlight bad = record("id", 1, "w", 1);

		push("t", bad, record("id", 2, "v", 2));

		assertThat(bad.errors()).singleElement().asString().contains("no value for").contains("NOT NULL");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> push("t", record("id", 1, "w", 1)));
	}

	@Test
	void computedColumnsAreLeftToTheDatabase() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, twice INT GENERATED ALWAYS AS (id * 2))");

		push("t", record("id", 4, "twice", 99));

		assertThat(rows("t")).containsExactly("4|8");
	}

	@Test
	void autoIncrementColumnKeepsTheNumberOfTheRecord() throws Exception {
		execute("CREATE TABLE t (id INT %s PRIMARY KEY, v INT)"
			.formatted(isMySql() ? "AUTO_INCREMENT" : "GENERATED BY DEFAULT AS IDENTITY"));

		push("t", record("id", 0, "v", 1), record("id", 7, "v", 7));
		push("t", record("id", 0, "v", 2));

		assertThat(rows("t")).containsExactly("0|2", "7|7");
	}

	@Test
	void thousandRecordsNeedFewStatements() throws Exception {
		table("VARCHAR(10)");
		List<RecordInFlight> records = new ArrayList<>();
		for (int id = 0; id < 1000; id++) {
			records.add(record("id", id, "v", "v" + id));
		}
		JdbcTarget target = target("t");
		long before = inserts();

		target.pushRecords(context("t"), records);

		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(1000);
		if (isMySql()) {
			assertThat(inserts() - before).isBetween(bulk() ? 0L : 1L, 20L);
		}
	}

	private long inserts() {
		return isMySql()
				? this.jdbc.queryForObject("SHOW GLOBAL STATUS LIKE 'Com_insert'", (row, number) -> row.getLong(2)) : 0;
	}

	@Test
	void sessionsAreRestoredBeforeTheirReturn() throws Exception {
		Assumptions.assumeTrue(isMySql(), "others need none, or undo them with the transaction");
		execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(3), at TIMESTAMP NULL)");
		try (var connection = pool().getConnection(); var other = pool().getConnection()) {
			for (var each : List.of(connection, other)) {
				each.createStatement().execute("SET SESSION sql_mode = 'PIPES_AS_CONCAT', time_zone = '+05:00'");
			}
		}
		RecordInFlight late = record("id", 1, "v", "abc", "at", Instant.parse("2026-11-21T08:00:00Z"));

		push("t", late);
		RecordInFlight tooLate = record("id", 2, "at", Instant.parse("2500-01-01T00:00:00Z"));
		push("t", tooLate);
		assertThat(tooLate.isFailed()).isTrue();

		assertThat(this.jdbc.queryForObject("SELECT CONCAT(@@SESSION.sql_mode, @@SESSION.time_zone)", String.class))
			.isEqualTo("PIPES_AS_CONCAT+05:00");
		assertThat(this.jdbc.queryForObject("SELECT CAST(at AS CHAR) FROM t", String.class))
			.isEqualTo("2026-11-21 13:00:00");
		assertThat(this.jdbc.queryForObject("SELECT @@autocommit", Integer.class)).isEqualTo(1);
	}

	@Test
	void canonicalKeysAreEqualExactlyForTheSameRow() throws Exception {
		keysOf("INT", 7, 7L, "0007", " 7 ", new BigDecimal("7.0"), 8, "-7", "x", 1e20);
		keysOf("DECIMAL(8, 2)", 1, "1.0", new BigDecimal("1.00"), 1.5, new BigDecimal("1.005"));
		keysOf("DOUBLE PRECISION", 0.1, "0.1", new BigDecimal("0.10"), 0.0, -0.0, 1, 1e300);
		keysOf("BOOLEAN", true, 1, "true", false, 0, 2);
		keysOf("VARCHAR(20)", "abc", "ABC", "\u00e4bc", "abc ", "abc\u00a0", "\u00df", "ss", "x\ud83d\ude00",
				"x\ud83d\ude01", "", " ", 7, "7", "much longer than twenty characters", "\ud83d");
		keysOf("CHAR(20)", "a", "a ", "A", " a", "");
		keysOf(isPostgreSql() ? "BYTEA" : "VARBINARY(4)", new byte[] { 1 }, new byte[] { 1, 0 }, new byte[] { 2 },
				new byte[5]);
		if (!isPostgreSql()) {
			keysOf("BINARY(4)", new byte[] { 1 }, new byte[] { 1, 0 }, new byte[] { 1, 0, 0, 0 }, new byte[] { 0, 1 });
		}
		keysOf("TIMESTAMP(3)", "2026-01-01T10:00", "2026-01-01 10:00:00.000", LocalDateTime.of(2026, 1, 1, 10, 0),
				"2026-01-01T10:00:00.001", "2026-01-01T10:00:00.0001");
		keysOf("DATE", LocalDate.of(2026, 1, 1), "2026-01-01", "2026-01-01T00:00", "2026-01-01T00:01", "2026-01-02");
		for (String type : otherKeyTypes()) {
			keysOf(type, "a", "A", "a ", "\u00e4", "\u00e1", "a\u0301", "\u00df", "ss", "b", "a\t");
		}
		keysOf("TIME", "08:00:00", "08:00", LocalTime.of(8, 0), "08:00:01");
	}

	/** Types of texts that the database compares in yet other ways. */
	private List<String> otherKeyTypes() {
		return switch (this.database) {
			case H2 -> List.of("VARCHAR_IGNORECASE(20)");
			case MYSQL -> List.of("VARCHAR(20) COLLATE utf8mb4_bin", "VARCHAR(20) COLLATE utf8mb4_unicode_ci",
					"CHAR(20) COLLATE utf8mb4_0900_as_cs", "VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german2_ci",
					"VARCHAR(20) COLLATE utf8mb4_general_ci");
			case MARIADB -> List.of("VARCHAR(20) COLLATE utf8mb4_bin", "VARCHAR(20) COLLATE utf8mb4_uca1400_as_cs",
					"CHAR(20) COLLATE utf8mb4_unicode_nopad_ci",
					"VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german2_ci");
			default -> {
				execute("CREATE EXTENSION citext");
				yield List.of("CITEXT", "VARCHAR(20) COLLATE \"C\"", "TEXT");
			}
		};
	}

	private void keysOf(String type, Object... values) throws Exception {
		execute("DROP TABLE IF EXISTS k", "CREATE TABLE k (v %s NOT NULL PRIMARY KEY)".formatted(type));
		JdbcTarget target = target("k");
		List<String> keys = new ArrayList<>();
		for (List<?> key : target.canonicalKeys(context("k"),
				Stream.of(values).map((value) -> record("V", value)).toList())) {
			keys.add((key != null) ? ValueDigest.ofKeys().of(key) : null);
		}
		List<RecordInFlight> records = Stream.of(values).map((value) -> record("v", value)).toList();
		target.pushRecords(context("k"), records);
		assertThat(records.stream().map(RecordInFlight::isFailed)).as(type + ": keys that are refused")
			.containsExactlyElementsOf(keys.stream().map(Objects::isNull).toList());
		assertThat(rows("k")).as("%s: rows of %s", type, keys)
			.hasSize((int) keys.stream().filter(Objects::nonNull).distinct().count());
	}

	@Test
	void canonicalKeyNeedsAllItsColumns() throws Exception {
		execute("CREATE TABLE t (a INT, b VARCHAR(5), c INT, PRIMARY KEY (a, b))");
		JdbcTarget target = target("t");
		assertThat(target.keyProperties(context("t"))).map(String::toLowerCase).containsExactly("a", "b");
		assertThat(target.canonicalKeys(context("t"),
				List.of(record("a", 1, "b", "x", "c", 1), record("a", 1), record("a", 1, "b", null), record("c", 1))))
			.satisfies((keys) -> assertThat(keys.get(0)).isNotNull(),
					(keys) -> assertThat(keys.subList(1, 4)).containsOnlyNulls());
	}

}
