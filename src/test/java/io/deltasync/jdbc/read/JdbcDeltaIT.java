package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.IdRange;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.delta.ClockUnit;
import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a delta run reads. */
@EachDatabase
class JdbcDeltaIT extends JdbcAdapterFixture {

	private void table(String deltaType) {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d %s)".formatted(deltaType), "CREATE INDEX d ON t (d)");
	}

	/** The source's clock in UTC, cut to whole seconds. */
	private Instant now() throws Exception {
		try (Connection connection = pool().getConnection()) {
			return this.dialect.clock().now(connection).truncatedTo(ChronoUnit.SECONDS);
		}
	}

	private void insert(int id, Instant at) {
		insert(id, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
	}

	private void insert(int id, Object d) {
		this.jdbc.update("INSERT INTO t VALUES (?, ?)", id, d);
	}

	private Pull pull(SourceSettings settings) {
		return pull("t", settings.delta("d"));
	}

	private List<Object> ids(Pull pull) throws Exception {
		return values(pull.run(), "id");
	}

	private static String cursor(String column, Instant at) {
		return "time:" + column + ":" + at;
	}

	private String d() {
		return (this.database == TestDatabase.H2) ? "D" : "d";
	}

	@Test
	void firstRunReadsEverythingAndSecondReadsChanges() throws Exception {
		table(localTime(6));
		Instant now = now();
		insert(1, now.minusSeconds(7200));
		insert(2, now.plusSeconds(7200));
		insert(3, (Object) null);
		Pull pull = pull(new SourceSettings());

		assertThat(ids(pull)).containsExactlyInAnyOrder(1L, 2L, 3L);
		assertThat(pull.cursor).startsWith(cursor(d(), now).substring(0, 20));
		assertThat(pull.warnings).isEmpty();
		pull.cursor = cursor(d(), now.minusSeconds(10));
		insert(4, now.minusSeconds(10));
		insert(5, now.minusSeconds(3600));

		assertThat(ids(pull)).containsExactly(4L);
		assertThat(pull.warnings).satisfiesExactlyInAnyOrder(
				(warning) -> assertThat(warning).contains("1 rows of", "full runs only"),
				(warning) -> assertThat(warning).contains("1 row of", "ahead of the source's clock"));
		assertThat(ids(pull.full(true))).hasSize(5);
		assertThat(pull.warnings).isEmpty();
	}

	@Test
	void deltaFindsRowsThatShareTheLastTimestamp() throws Exception {
		table(localTime(6));
		Instant tie = now().minusSeconds(100).plusNanos(123_456_000);
		insert(1, tie.minusNanos(1000));
		insert(2, tie);
		insert(3, tie);
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO));
		pull.cursor = cursor(d(), tie);

		assertThat(ids(pull)).containsExactly(2L, 3L);
	}

	@Test
	void upperBoundIsTheSourcesClockAndExclusive() throws Exception {
		table(localTime(6));
		Instant now = now();
		insert(1, now.plusSeconds(3600));
		Pull pull = pull(new SourceSettings());
		pull.cursor = cursor(d(), now);

		assertThat(ids(pull)).isEmpty();
		assertThat(pull.strategy.checkStrategyType()).isEqualTo("NO_RECORDS");
		assertThat(Instant.parse(pull.cursor.substring(7))).isBetween(now, now.plusSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 6 })
	void rowsOfAnyPrecisionAreFoundWithoutAnOverlap(int digits) throws Exception {
		table(localTime(digits));
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO)).batchSizeLimit(3);
		TreeSet<Object> seen = new TreeSet<>(ids(pull));
		for (int round = 0; round < 12; round++) {
			for (int i = 0; i < 5; i++) {
				this.jdbc.execute("INSERT INTO t VALUES (%d, %s)".formatted(round * 5 + i, utcNow(digits)));
			}
			seen.addAll(ids(pull));
			String fraction = pull.cursor.replaceFirst(".*:\\d\\d(\\.(\\d+))?Z", "$2");
			assertThat(fraction.length()).isLessThanOrEqualTo(digits);
		}
		this.jdbc.execute("INSERT INTO t VALUES (1000, %s)".formatted(utcNow(digits)));
		Pull later = pull(new SourceSettings().overlap(Duration.ZERO));
		later.cursor = pull.cursor;
		Instant planned = Instant.parse(pull.cursor.substring(7));
		while (!now().isAfter(planned.plusSeconds(1))) {
			Thread.onSpinWait();
		}
		seen.addAll(ids(later));

		assertThat(seen).hasSize(61);
	}

	private String utcNow(int digits) {
		if (isPostgreSql()) {
			return "date_trunc('%s', clock_timestamp() AT TIME ZONE 'UTC')"
				.formatted((digits == 0) ? "second" : (digits == 3) ? "milliseconds" : "microseconds");
		}
		return (this.database == TestDatabase.H2)
				? "CAST(CURRENT_TIMESTAMP(9) AT TIME ZONE 'UTC' AS TIMESTAMP(%d))".formatted(digits)
				: "UTC_TIMESTAMP(%d)".formatted(digits);
	}

	@Test
	void lateCommitWithinTheOverlapIsFound() throws Exception {
		table(localTime(6));
		Pull pull = pull(new SourceSettings());
		try (Connection late = open("INSERT INTO t VALUES (1, %s)".formatted(utcNow(6)))) {
			pull.run();
			assertThat(pull.warnings).isEmpty();
			late.commit();
		}

		assertThat(ids(pull)).containsExactly(1L);
	}

	@Test
	void commitLaterThanTheOverlapIsFoundIfTheServerShowsOpenTransactions() throws Exception {
		table(localTime(6));
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO));
		pull.run();
		try (Connection late = open("INSERT INTO t VALUES (1, %s)".formatted(utcNow(6)))) {
			for (int run = 0; run < 3; run++) {
				assertThat(ids(pull)).isEmpty();
				assertThat(pull.warnings).singleElement().asString().contains("is open at connection 'db' since 20");
			}
			late.commit();
		}

		assertThat(ids(pull)).containsExactly(1L);
	}

	@Test
	void lateCommitIsFoundByNumbersThatAreTimestamps() throws Exception {
		table("BIGINT");
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO));
		Instant now = now();
		insert(1, stamp(ClockUnit.MILLISECONDS, now.minusSeconds(100)));
		String millis = isMySql() ? "UNIX_TIMESTAMP(NOW(6))"
				: isPostgreSql() ? "EXTRACT(EPOCH FROM clock_timestamp())" : "EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)";
		try (Connection late = open("INSERT INTO t VALUES (2, %s * 1000)".formatted(millis))) {
			insert(3, stamp(ClockUnit.MILLISECONDS, now().plusMillis(1500)));
			assertThat(ids(pull)).containsExactlyInAnyOrder(1L, 3L);
			late.commit();
		}

		assertThat(ids(pull)).contains(2L);
	}

	@Test
	void lateCommitOfManyNumbersIsFoundByACounter() throws Exception {
		execute("CREATE TABLE t (id INT %s PRIMARY KEY, v INT)".formatted(
				isMySql() ? "AUTO_INCREMENT" : "GENERATED BY DEFAULT AS IDENTITY"), "INSERT INTO t (v) VALUES (1)");
		Pull pull = pull("t", new SourceSettings().delta("id"));
		assertThat(ids(pull)).containsExactly(1L);
		String many = IntStream.range(0, 1800).mapToObj((i) -> "(2)").collect(Collectors.joining(", "));
		try (Connection late = open("INSERT INTO t (v) VALUES " + many)) {
			execute("INSERT INTO t (v) VALUES (3)");
			assertThat(ids(pull)).containsExactly(1L, 1802L);
			assertThat(pull.warnings).singleElement().asString().contains("is open at connection 'db' since 20");
			late.commit();
		}

		assertThat(ids(pull)).hasSize(1802);
		assertThat(pull.cursor).endsWith(":1802");
		assertThat(pull.warnings).isEmpty();
	}

	/** In seconds it would be the year 2008. */
	@Test
	void lateCommitIsFoundByACounterThatLooksLikeSeconds() throws Exception {
		table("BIGINT");
		insert(1, 1_200_000_000);
		Pull pull = pull(new SourceSettings().overlap(Duration.ofSeconds(10)));
		assertThat(ids(pull)).containsExactly(1L);
		insert(2, 1_200_000_500);
		insert(3, 1_200_000_600);
		assertThat(ids(pull)).as("the overlap is not shorter than that of a counter").hasSize(3);
		try (Connection late = open("INSERT INTO t VALUES (4, 1200000601)")) {
			insert(5, 1_200_005_000);
			assertThat(ids(pull)).contains(5L).doesNotContain(4L);
			assertThat(pull.warnings).singleElement().asString().contains("is open at connection 'db' since 20");
			late.commit();
		}

		assertThat(ids(pull)).contains(4L);
	}

	@Test
	void readOnlyTransactionDoesNotHoldTheWindowBack() throws Exception {
		table(localTime(6));
		insert(1, now());
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO));
		try (Connection reader = open("SELECT * FROM t")) {
			pull.run();
			assertThat(pull.warnings).isEmpty();
			reader.rollback();
		}
	}

	@Test
	void preparedTransactionHoldsTheWindowBack() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 has no XA statements");
		table(localTime(6));
		Pull pull = pull(new SourceSettings());
		pull.run();
		String before = pull.cursor;
		String xid = "'%s'".formatted(this.schema);
		try (Connection late = this.database.dataSource(this.schema).getConnection();
				Statement statement = late.createStatement()) {
			String insert = "INSERT INTO t VALUES (1, %s)".formatted(utcNow(6));
			for (String sql : isPostgreSql() ? List.of("BEGIN", insert, "PREPARE TRANSACTION " + xid)
					: List.of("XA START " + xid, insert, "XA END " + xid, "XA PREPARE " + xid)) {
				statement.execute(sql);
			}
		}
		awaitOpenWrites();
		try {
			pull.run();
			assertThat(pull.warnings).singleElement().asString().contains("A transaction that may have written");
			assertThat(pull.cursor).isEqualTo(before);
		}
		finally {
			execute((isPostgreSql() ? "COMMIT PREPARED " : "XA COMMIT ") + xid);
		}

		assertThat(ids(pull)).containsExactly(1L);
	}

	@Test
	void accountWithoutThePrivilegeToSeeTransactionsCanRead() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MYSQL, "the MariaDB of the tests has no accounts");
		table(localTime(6));
		String user = "'%s'@'%%'".formatted(this.schema);
		execute("CREATE USER " + user, "GRANT SELECT ON %s.* TO %s".formatted(this.schema, user));
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				this.database.url(this.schema).replace("user=root", "user=" + this.schema));
		try (Connection late = open("INSERT INTO t VALUES (1, %s)".formatted(utcNow(6)));
				Connection connection = dataSource.getConnection()) {
			assertThat(this.dialect.clock().openWrites(connection, now())).isNull();
			late.rollback();
		}
		finally {
			execute("DROP USER " + user);
		}
	}

	/** Begins a transaction, which the caller ends. */
	private Connection open(String sql) throws Exception {
		Connection connection = this.database.dataSource(this.schema).getConnection();
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		if (sql.startsWith("INSERT")) {
			awaitOpenWrites();
		}
		return connection;
	}

	/** MySQL and MariaDB tell for 100 ms what they told somebody last. */
	private void awaitOpenWrites() throws Exception {
		try (Connection connection = pool().getConnection()) {
			do {
				LockSupport.parkNanos(Duration.ofMillis(110).toNanos());
			}
			while (this.dialect.clock().openWrites(connection, now().plusSeconds(1)) == null);
		}
	}

	@Test
	void bulkUpdateWithOneTimestampIsSplitIntoScopes() throws Exception {
		table(localTime(3));
		Instant tie = now().minusSeconds(5);
		for (int id = 0; id < 40; id++) {
			insert(id, (id < 4) ? tie.minusMillis(id) : (id > 35) ? tie.plusMillis(id) : tie);
		}
		Pull pull = pull(new SourceSettings()).batchSizeLimit(6);
		pull.cursor = cursor(d(), tie);

		assertThat(ids(pull)).doesNotHaveDuplicates().hasSize(40);
		assertThat(pull.sizes).containsExactly(6, 6, 6, 6, 6, 6, 4);
	}

	@Test
	void deltaWithoutAnIndexFindsTheSameRows() throws Exception {
		table(localTime(3));
		execute(isMySql() ? "DROP INDEX d ON t" : "DROP INDEX d");
		Instant now = now();
		for (int id = 0; id < 40; id++) {
			insert(id, now.minusSeconds(id * 10L));
		}
		Pull pull = pull(new SourceSettings()).batchSizeLimit(6);
		pull.cursor = cursor(d(), now.minusSeconds(135));

		assertThat(ids(pull)).containsExactly(IdRange.of(0, 19));
		assertThat(pull.scopes.get(0)).contains("\"order\":[\"%s\"]".formatted((d().equals("D")) ? "ID" : "id"));
	}

	@Test
	void configuredZoneOfTheSourceIsUsed() throws Exception {
		table(localTime(6));
		Instant now = now();
		LocalDateTime inTokyo = LocalDateTime.ofInstant(now, ZoneOffset.ofHours(9));
		insert(1, inTokyo.minusSeconds(30));
		insert(2, inTokyo.minusSeconds(300));
		Pull pull = pull(new SourceSettings().zone("Asia/Tokyo"));
		pull.cursor = cursor(d(), now.minusSeconds(60)) + "@Asia/Tokyo";

		assertThat(ids(pull)).containsExactly(1L);
		assertThat(pull.cursor).endsWith("Z@Asia/Tokyo");
	}

	@Test
	void changedZoneCausesOneFullRead() throws Exception {
		table(localTime(6));
		Pull mistaken = pull(new SourceSettings().zone("-05:00").overlap(Duration.ZERO));
		mistaken.run();
		insert(1, now());
		assertThat(ids(mistaken)).isEmpty();
		String cursor = Objects.requireNonNull(mistaken.cursor);

		Pull corrected = pull(new SourceSettings().zone("UTC").overlap(Duration.ZERO));
		corrected.cursor = cursor;
		assertThat(ids(corrected)).containsExactly(1L);
		assertThat(corrected.warnings).singleElement()
			.asString()
			.contains("was read in -05:00 by the last run", "everything is read, once");
		assertThat(ids(corrected)).isEmpty();
		assertThat(corrected.cursor).doesNotContain("@");
	}

	@Test
	void instantsAreReadCorrectlyInAnyZoneOfServerAndSession() throws Exception {
		table(isMySql() ? "TIMESTAMP(6) NULL" : "TIMESTAMP(6) WITH TIME ZONE");
		Instant now = now();
		String time = isMySql() ? "DATE_ADD(NOW(6), INTERVAL %d SECOND)"
				: isPostgreSql() ? "NOW() + INTERVAL '%d SECOND'" : "DATEADD(SECOND, %d, CURRENT_TIMESTAMP)";
		for (int id = 0; id < 10; id++) {
			this.jdbc.execute("INSERT INTO t VALUES (%d, %s)".formatted(id, time.formatted(-10 - id * 20)));
		}
		Pull pull = pull(new SourceSettings().zone("Asia/Tokyo").overlap(Duration.ZERO)).batchSizeLimit(2);
		pull.cursor = cursor(d(), now.minusSeconds(99));

		assertThat(ids(pull)).containsExactly(4L, 3L, 2L, 1L, 0L);
		pull.cursor = cursor(d(), now.minusSeconds(99));
		Object value = values(pull.run(), "d").get(1);
		Instant read = (value instanceof Instant instant) ? instant : ((OffsetDateTime) value).toInstant();
		assertThat(Duration.between(read, now).toSeconds()).isBetween(60L, 80L);
		if (isMySql()) {
			assertThat(this.jdbc.queryForObject("SELECT @@SESSION.time_zone", String.class)).isEqualTo("-08:00");
		}
	}

	private void filledTable() {
		Assumptions.assumeFalse(isPostgreSql(), "the zones of the sessions that write are not shown");
		execute("CREATE TABLE t (id INT PRIMARY KEY, d %s DEFAULT %s ON UPDATE %2$s)".formatted(localTime(6),
				(this.database == TestDatabase.H2) ? "LOCALTIMESTAMP(6)" : "CURRENT_TIMESTAMP(6)"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Tokyo", "America/Los_Angeles", "+08:00" })
	void columnFilledByTheServerIsRefusedInAnotherZone(String zone) {
		filledTable();

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull(new SourceSettings().zone(zone)).run())
			.withMessageMatching("(?is)Column 'd' of table 't' of connection 'db' is filled by the server.*zone, "
					+ "(\\Q-08:00\\E|\\w+), but is read in the zone \\Q%s\\E, which differs.*Set the source's option zone: .*"
						.formatted(zone));
	}

	@Test
	void columnFilledByTheServerIsReadInItsZone() throws Exception {
		filledTable();
		ZoneId zone = (this.database == TestDatabase.H2) ? ZoneId.systemDefault() : ZoneId.of("-08:00");
		Pull pull = pull(new SourceSettings().zone(zone.getId()));
		pull.run();
		execute("INSERT INTO t (id) VALUES (1)");

		assertThat(ids(pull)).containsExactly(1L);
		assertThat(pull.warnings).isEmpty();
	}

	@Test
	void columnFilledInTheZoneOfTheSessionCausesAWarning() throws Exception {
		filledTable();
		String url = this.database.url(this.schema) + switch (this.database) {
			case H2 -> ";TIME ZONE=Asia/Tokyo";
			case MYSQL -> "&sessionVariables=time_zone='%2B09:00'";
			case MARIADB -> "&sessionVariables=time_zone='+09:00'";
			default -> "&options=-c%20TimeZone=Asia/Tokyo";
		};
		this.connections.with("db", new DriverManagerDataSource(url) {
			{
				setUsername(JdbcDeltaIT.this.database.username());
			}
		});
		Pull pull = pull(new SourceSettings().zone("Asia/Tokyo"));

		assertThat(ids(pull)).isEmpty();
		if (this.database != TestDatabase.H2) {
			assertThat(pull.warnings).singleElement().asString().contains("whose zone is -08:00", "zone +09:00");
		}
	}

	@Test
	void zoneDoesNotMatterUnlessTheServerFillsTheColumnInLocalTime() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d %s DEFAULT '2026-01-01 00:00:00')".formatted(localTime(0)));
		Pull pull = pull(new SourceSettings().zone("Asia/Tokyo"));

		assertThat(ids(pull)).isEmpty();
		assertThat(pull.warnings).isEmpty();
	}

	@Test
	void currentDayIsReadAgainByADateColumn() throws Exception {
		table("DATE");
		LocalDateTime today = LocalDateTime.ofInstant(now(), ZoneOffset.UTC);
		insert(1, today.toLocalDate());
		insert(2, today.toLocalDate().minusDays(5));
		Pull pull = pull(new SourceSettings().overlap(Duration.ZERO));
		pull.run();

		assertThat(ids(pull)).containsExactly(1L);
	}

	@Test
	void numbersAreReadFromTheLastOneMinusTheOverlap() throws Exception {
		table("BIGINT");
		for (int id = 1; id <= 50; id++) {
			insert(id, id * 10);
		}
		Pull pull = pull(new SourceSettings().overlapNumbers(25)).batchSizeLimit(7);

		assertThat(ids(pull)).hasSize(50);
		assertThat(pull.cursor).isEqualTo("number:" + d() + ":500");
		insert(51, 510);
		insert(52, 485);
		assertThat(ids(pull)).containsExactlyInAnyOrder(48L, 49L, 50L, 51L, 52L);
		assertThat(pull.cursor).isEqualTo("number:" + d() + ":510");
	}

	private static BigDecimal stamp(ClockUnit unit, Instant at) {
		return unit.at(at).setScale(0, RoundingMode.FLOOR);
	}

	@ParameterizedTest
	@EnumSource
	void numbersThatAreTimestampsOverlapByAMinute(ClockUnit unit) throws Exception {
		table("BIGINT");
		Instant now = now();
		insert(1, stamp(unit, now.minusSeconds(30 * 86_400)));
		insert(2, stamp(unit, now.minusSeconds(3600)));
		insert(3, stamp(unit, now));
		Pull pull = pull(new SourceSettings());
		assertThat(ids(pull)).hasSize(3);
		insert(4, stamp(unit, now.minusSeconds(59)));
		insert(5, stamp(unit, now.plusSeconds(1)));

		assertThat(ids(pull)).containsExactly(4L, 3L, 5L);
		assertThat(pull.warnings).isEmpty();
	}

	@Test
	void overlapOfNumbersThatAreTimestampsMayBeADuration() throws Exception {
		table("DECIMAL(20, 6)");
		Instant now = now();
		insert(1, stamp(ClockUnit.SECONDS, now));
		Pull wide = pull(new SourceSettings().overlap(Duration.ofHours(2)));
		Pull numbers = pull(new SourceSettings().overlapNumbers(10));
		wide.run();
		numbers.run();
		insert(2, stamp(ClockUnit.SECONDS, now.minusSeconds(7000)));
		insert(3, stamp(ClockUnit.SECONDS, now.minusSeconds(10)));

		assertThat(ids(wide)).containsExactly(2L, 3L, 1L);
		assertThat(ids(numbers)).containsExactly(3L, 1L);
	}

	@Test
	void overlapAsADurationForACounterCausesAWarning() throws Exception {
		table("BIGINT");
		insert(1, 5000);
		Pull pull = pull(new SourceSettings().overlap(Duration.ofMinutes(2)));
		pull.run();
		insert(2, 4001);

		assertThat(ids(pull)).containsExactlyInAnyOrder(1L, 2L);
		assertThat(pull.warnings).singleElement().asString().contains("overlap-numbers");
	}

	@Test
	void columnThatChangesFromCounterToTimestampsMissesNoRow() throws Exception {
		table("BIGINT");
		Instant now = now();
		Pull pull = pull(new SourceSettings());
		assertThat(ids(pull)).isEmpty();
		insert(1, 0);
		assertThat(ids(pull)).containsExactly(1L);
		insert(2, stamp(ClockUnit.MILLISECONDS, now));
		assertThat(ids(pull)).containsExactly(1L, 2L);
		insert(3, stamp(ClockUnit.MILLISECONDS, now.minusSeconds(30)));

		assertThat(ids(pull)).containsExactly(3L, 2L);
	}

	@Test
	void numberInTheFutureDoesNotHideLaterChanges() throws Exception {
		table("BIGINT");
		Instant now = now();
		insert(1, stamp(ClockUnit.MILLISECONDS, now.minusSeconds(1)));
		insert(2, stamp(ClockUnit.MILLISECONDS, Instant.parse("2037-12-31T00:00:00Z")));
		insert(3, Long.MAX_VALUE);
		Pull pull = pull(new SourceSettings());
		assertThat(ids(pull)).hasSize(3);
		insert(4, stamp(ClockUnit.MILLISECONDS, now()));

		assertThat(ids(pull)).contains(4L);
		assertThat(pull.warnings).singleElement().asString().contains("2 rows of table").contains("milliseconds");
		insert(5, stamp(ClockUnit.MILLISECONDS, now()));
		assertThat(ids(pull)).contains(5L);
	}

	@Test
	void onlyFutureRowsAreReadAgainWhenNumbersTurnOutToBeTimestamps() throws Exception {
		table("BIGINT");
		insert(1, Long.MAX_VALUE);
		Pull pull = pull(new SourceSettings());
		assertThat(ids(pull)).containsExactly(1L);
		insert(2, stamp(ClockUnit.SECONDS, now().minusSeconds(100_000)));

		assertThat(ids(pull)).containsExactlyInAnyOrder(1L, 2L);
		assertThat(pull.warnings).singleElement().asString().contains("everything is read, once");
	}

	@Test
	void counterAboveAnyTimestampIsReadFromItsHighestNumber() throws Exception {
		table("BIGINT");
		for (int id = 0; id < 1100; id++) {
			insert(id, 2_000_000_000L + id);
		}
		insert(2000, stamp(ClockUnit.SECONDS, now()));
		Pull pull = pull(new SourceSettings().overlapNumbers(5));
		pull.run();

		assertThat(ids(pull)).hasSize(6);
		assertThat(pull.warnings).isEmpty();
	}

	@Test
	void rowsInTheFutureAreCountedInAWarning() throws Exception {
		table(localTime(6));
		Instant now = now();
		Pull pull = pull(new SourceSettings());
		pull.run();
		insert(1, now.plusSeconds(86_400));
		insert(2, Instant.parse("2037-12-31T00:00:00Z"));
		insert(3, now);

		assertThat(ids(pull)).containsExactly(3L);
		assertThat(pull.warnings).singleElement().asString().contains("2 rows of table", "ahead of the source's clock");
		this.jdbc.batchUpdate("INSERT INTO t VALUES (?, '2037-12-31 00:00:00')",
				IntStream.range(10, 1010).mapToObj((id) -> new Object[] { id }).toList());
		pull.run();
		assertThat(pull.warnings).singleElement().asString().contains("at least 1,000 rows");
	}

	@Test
	void decimalCursorKeepsAllDigits() throws Exception {
		table("DECIMAL(30, 10)");
		BigDecimal number = new BigDecimal("12345678901234567890.0123456789");
		insert(1, number);
		insert(2, number.add(new BigDecimal("0.0000000001")));
		Pull pull = pull(new SourceSettings().overlapNumbers(0));
		pull.run();

		assertThat(pull.cursor).endsWith("12345678901234567890.0123456790");
		assertThat(ids(pull)).containsExactly(2L);
	}

	@Test
	void emptyTableKeepsTheCursor() throws Exception {
		table("BIGINT");
		Pull pull = pull(new SourceSettings());

		pull.run();

		assertThat(pull.cursor).isNull();
		assertThat(pull.strategy.checkStrategyType()).isEqualTo("NO_RECORDS");
	}

	@Test
	void restartedCounterCausesAWarning() throws Exception {
		table("BIGINT");
		insert(1, 5);
		Pull pull = pull(new SourceSettings());
		pull.cursor = "number:" + d() + ":5000";

		assertThat(ids(pull)).isEmpty();
		assertThat(pull.cursor).endsWith(":5000");
		assertThat(pull.warnings).singleElement().asString().contains("full run");
	}

	@Test
	void cursorOfAnotherColumnCausesAFullRead() throws Exception {
		table(localTime(6));
		insert(1, now().minusSeconds(100_000));
		for (String cursor : List.of("number:" + d() + ":17", "time:other:2026-01-01T00:00:00Z", "nonsense",
				"time:" + d() + ":yesterday")) {
			Pull pull = pull(new SourceSettings());
			pull.cursor = cursor;

			assertThat(ids(pull)).containsExactly(1L);
			assertThat(pull.warnings).singleElement().asString().contains(cursor).contains("everything is read");
			assertThat(pull.cursor).startsWith("time:" + d() + ":");
		}
	}

	@Test
	void manuallySetWindowIsUsed() throws Exception {
		table(localTime(6));
		Instant now = now();
		insert(1, now.minusSeconds(100));
		insert(2, now.minusSeconds(1000));
		Pull pull = pull(new SourceSettings());

		assertThat(values(pull.run((context) -> context.lastSuccessfulSync(now.minusSeconds(200)), () -> {
		}), "id")).containsExactly(1L);
		assertThat(pull.warnings).singleElement().asString().contains("no cursor");
	}

	@Test
	void clockThatWentBackMissesNoRow() throws Exception {
		table(localTime(6));
		Instant now = now();
		insert(1, now.minusSeconds(10));
		Pull pull = pull(new SourceSettings());
		pull.cursor = cursor(d(), now.plusSeconds(3600));

		assertThat(ids(pull)).containsExactly(1L);
		assertThat(Instant.parse(pull.cursor.substring(7))).isBefore(now.plusSeconds(60));
		assertThat(pull.warnings).singleElement().asString().contains("clock");
	}

	@ParameterizedTest
	@ValueSource(strings = { "VARCHAR(10)", "TIME" })
	void columnOfAnotherTypeIsRefusedAsDeltaColumn(String type) {
		table(type);

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull(new SourceSettings()).run())
			.withMessageMatching("(?is).*'d' of table 't'.* of type .*holds dates, dates with times, or whole or "
					+ "decimal numbers.*");
	}

	@Test
	void planningAndFetchingADeltaUseTheIndex() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, d %s NOT NULL, note CHAR(100))".formatted(localTime(6)),
				"CREATE INDEX by_d ON t (d)");
		LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
		List<Object[]> rows = new ArrayList<>();
		for (int id = 0; id < 20_000; id++) {
			rows.add(new Object[] { id, start.plusSeconds(id / 3), "x" });
		}
		this.jdbc.batchUpdate("INSERT INTO t VALUES (?, ?, ?)", rows);
		this.jdbc.execute(isMySql() ? "ANALYZE TABLE t" : "ANALYZE");
		Table table = new JdbcTables(this.connections, BuiltInDialects.with(List.of())).get(context("t"), "db", "t");
		List<String> order = table.columns(List.of("d", "id"), "").stream().map(Column::name).toList();
		Window window = new Window(order.get(0), start.plusSeconds(6000).toString(), start.plusSeconds(6100).toString(),
				false);
		List<String> from = List.of(start.plusSeconds(6010).toString(), "18031");
		Map<String, KeyRange> ranges = new HashMap<>();
		ranges.put("planning", new KeyRange(order, null, null, window));
		ranges.put("first", new KeyRange(order, null, from, window));
		ranges.put("last", new KeyRange(order, from, null, window));
		ranges.put("middle", new KeyRange(order, from, List.of(start.plusSeconds(6050).toString(), "18151"), window));
		for (Map.Entry<String, KeyRange> range : ranges.entrySet()) {
			assertThat(explain(table, range.getValue())).as(range.getKey()).containsIgnoringCase("by_d");
		}
	}

	private String explain(Table table, KeyRange range) throws Exception {
		RangeQuery query = new RangeQuery(table, RowCondition.NONE, range);
		String sql = "EXPLAIN " + query.sql(List.of("id", "d", "note"));
		try (Connection connection = pool().getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			query.bind(statement);
			StringBuilder plan = new StringBuilder();
			try (var rows = statement.executeQuery()) {
				while (rows.next()) {
					boolean key = rows.getMetaData().getColumnCount() > 6;
					plan.append(key ? rows.getString("key") : rows.getString(1)).append('\n');
				}
			}
			return plan.toString();
		}
	}

}
