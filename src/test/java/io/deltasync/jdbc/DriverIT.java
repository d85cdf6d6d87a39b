package io.deltasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.read.ReadException;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.TestDatabase;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Drivers that talk to the other's server, or with other settings. */
class DriverIT {

	@Test
	void connectorJOnMariaDbIsRefusedOnBothSides() {
		String schema = TestDatabase.MARIADB.createSchema();
		String url = TestDatabase.MARIADB.url(schema).replace("jdbc:mariadb:", "jdbc:mysql:");
		Databases connections = new Databases().with("db", new DriverManagerDataSource(url, "root", ""));
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		Pull pull = new Pull(connections, "t",
				new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target.getBatchSizeLimit(LinkContext.builder().linkTargetName("t").build()))
			.withMessageMatching("Connection 'db' talks to a MariaDB server through MySQL Connector/J.*jdbc:mariadb:");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(pull::run);
		TestDatabase.MARIADB.dropSchema(schema);
	}

	@Test
	void mariaDbDriverOnMySqlCopiesEverything() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema, TestDatabase.MYSQL.url(schema).replace("jdbc:mysql:", "jdbc:mariadb:"));
	}

	@Test
	void mariaDbDriverOnMySqlLoadsInBulk() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema, TestDatabase.MYSQL.url(schema).replace("jdbc:mysql:", "jdbc:mariadb:"), true);
	}

	@Test
	void connectorJWithItsDefaultsCopiesEverything() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema,
				TestDatabase.MYSQL.url(schema).replace("rewriteBatchedStatements=true&tinyInt1isBit=false&", ""));
	}

	@Test
	void connectorJWithServerSidePreparationCopiesEverything() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema, TestDatabase.MYSQL.url(schema)
				+ "&useServerPrepStmts=true&connectionTimeZone=%2B09:00&forceConnectionTimeZoneToSession=true");
	}

	@Test
	void invalidDatesFailOnlyTheirRecords() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		String url = TestDatabase.MYSQL.url(schema);
		String connectorJ = "CONVERT_TO_NULL";
		unreadable(url, connectorJ);
		unreadable(url + "&useServerPrepStmts=true", connectorJ);
		unreadable(url.replace("jdbc:mysql:", "jdbc:mariadb:"), "at the source");
		unreadable(url.replace("jdbc:mysql:", "jdbc:mariadb:") + "&useServerPrepStmts=true", "at the source");
		TestDatabase.MYSQL.dropSchema(schema);
	}

	private void unreadable(String url, String mending) throws Exception {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(url);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		jdbc.execute("DROP TABLE IF EXISTS t, k");
		jdbc.execute("CREATE TABLE t (id INT PRIMARY KEY, d DATE, at DATETIME(6), stamp TIMESTAMP NULL, n INT)");
		jdbc.execute("CREATE TABLE k (n INT, d DATE, PRIMARY KEY (n, d))");
		jdbc.execute((Connection session) -> {
			session.createStatement().execute("SET sql_mode = 'ALLOW_INVALID_DATES'");
			session.createStatement().execute("INSERT INTO k VALUES (1, '2026-11-21'), (2, '0000-00-00')");
			return session.createStatement()
				.execute("INSERT INTO t VALUES (1, '2026-11-21', '2026-11-21', '2026-11-21', 1),"
						+ "(2, '0000-00-00', NULL, NULL, 2), (3, NULL, '0000-00-00', NULL, 3),"
						+ "(4, NULL, NULL, '0000-00-00', 4), (5, '2026-02-31', '2026-02-31', NULL, 5),"
						+ "(6, NULL, NULL, NULL, 6), (7, '2020-00-10', '2020-05-00', NULL, 7)");
		});
		JdbcSourceOptions options = new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null);
		Databases connections = new Databases().with("db", dataSource);

		List<RecordInFlight> records = new Pull(connections, "t", options).run();

		assertThat(records).as(url).extracting((record) -> record.get("n")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
		assertThat(records).as(url).extracting((record) -> record.errors().size()).containsExactly(0, 1, 1, 1, 2, 0, 2);
		assertThat(records.get(1).errors().get(0)).as(url)
			.startsWith("Column 'd' (date) cannot be read: Zero date")
			.contains("correct the row at the source", mending);
		assertThat(records.get(2).errors().get(0)).as(url).startsWith("Column 'at' (datetime(6)) cannot be read: ");
		assertThat(records.get(3).errors().get(0)).as(url).startsWith("Column 'stamp' (timestamp) cannot be read: ");
		assertThat(records.get(4).get("at")).isNull();
		String error = records.get(6).errors().get(0);
		assertThat(error).as(url).startsWith("Column 'd' (date) cannot be read: ").doesNotContain("CONVERT_TO_NULL");
		String readable = error.replaceFirst("(?s).* a view that has (CASE .* END) in its place.*", "$1");
		jdbc.execute("CREATE OR REPLACE VIEW v AS SELECT id, %s AS d, %s AS at, %s AS stamp, n FROM t"
			.formatted(readable, readable.replace("`d`", "`at`"), readable.replace("`d`", "`stamp`")));
		assertThat(new Pull(connections, "v",
				new JdbcSourceOptions("db", List.of("id"), null, null, null, null, null, null, null, null))
			.run()).as(url)
			.hasSize(7)
			.allSatisfy((record) -> assertThat(record.errors()).isEmpty())
			.satisfies((record) -> assertThat(record.get("d")).isEqualTo(LocalDate.parse("2026-11-21")),
					Index.atIndex(0))
			.satisfies((record) -> assertThat(record.get("d")).isNull(), Index.atIndex(6));
		assertThatExceptionOfType(ReadException.class).isThrownBy(() -> new Pull(connections, "k", options).run())
			.withMessageContaining("Column 'd' (date) cannot be read: Zero date");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> new Pull(connections, "k", options).batchSizeLimit(1).run())
			.withMessageContaining("Column 'd' (date) cannot be read: Zero date");
	}

	@Test
	void sessionsOfInterruptedReadsAreNotReused() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		String url = TestDatabase.MYSQL.url(schema);
		for (String each : List.of(url, url.replace("jdbc:mysql:", "jdbc:mariadb:"))) {
			try (HikariDataSource pool = pool(each)) {
				JdbcTemplate jdbc = new JdbcTemplate(pool);
				jdbc.execute("DROP TABLE IF EXISTS t");
				jdbc.execute("CREATE TABLE t (n INT, d DATE, at TIMESTAMP NULL, PRIMARY KEY (n, d))");
				jdbc.execute("SET sql_mode = '', time_zone = '+05:00'");
				for (int n = 0; n < 1000; n++) {
					jdbc.update("INSERT INTO t VALUES (?, '0000-00-00', NULL)", n);
				}
				Pull pull = new Pull(new Databases().with("db", pool), "t",
						new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null));

				assertThatExceptionOfType(ReadException.class).isThrownBy(pull::run)
					.satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
				assertThat(jdbc.queryForObject("SELECT @@SESSION.time_zone", String.class)).as(each)
					.isNotIn("+05:00", "+00:00");
			}
		}
		TestDatabase.MYSQL.dropSchema(schema);
	}

	@Test
	void sessionThatCannotBeResetIsNotReused() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		String url = TestDatabase.MYSQL.url(schema);
		for (String each : List.of(url, url.replace("jdbc:mysql:", "jdbc:mariadb:"))) {
			try (HikariDataSource pool = pool(each)) {
				Session session = Session.forWriting(pool.getConnection(),
						new SessionSettings("SET time_zone = '+05:00'", "SET no such thing"));

				assertThatExceptionOfType(SQLException.class).isThrownBy(session::close)
					.withMessageContaining("such thing");
				assertThat(new JdbcTemplate(pool).queryForObject("SELECT @@SESSION.time_zone", String.class)).as(each)
					.isNotEqualTo("+05:00");
			}
		}
		TestDatabase.MYSQL.dropSchema(schema);
	}

	@ParameterizedTest
	@CsvSource({ "INT, 100", "VARCHAR(20), 100", "INT, 4", "DATETIME(6), 3", "VARBINARY(9), 7" })
	void rowsAboveThePacketSizeFailAlone(String type, int batchSizeLimit) throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.MYSQL.dataSource(schema));
		jdbc.execute("CREATE TABLE t (k %s, id INT, v LONGTEXT, PRIMARY KEY (k, id))".formatted(type));
		List<Integer> large = List.of(0, 3, 4, 11);
		for (int id = 0; id < 12; id++) {
			jdbc.update("INSERT INTO t VALUES (?, ?, REPEAT('x', ?))",
					type.startsWith("DATE") ? "2026-01-01 00:00:00.5" : "10", id, large.contains(id) ? 200_000 : 1);
		}
		try (HikariDataSource pool = pool(TestDatabase.MYSQL.url(schema) + "&maxAllowedPacket=100000")) {
			Pull pull = new Pull(new Databases().with("db", pool), "t",
					new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null))
				.batchSizeLimit(batchSizeLimit);

			List<RecordInFlight> records = pull.run();

			assertThat(records).extracting((record) -> record.get("id"))
				.containsExactlyElementsOf(IntStream.range(0, 12).mapToObj((id) -> (Object) (long) id).toList());
			for (RecordInFlight record : records) {
				boolean isLarge = large.contains(((Number) record.get("id")).intValue());
				assertThat(record.errors()).hasSize(isLarge ? 1 : 0);
				assertThat(record.key()).isNotNull();
				if (isLarge) {
					assertThat(record.errors().get(0)).contains("table 't' of connection 'db'", "200,0",
							"Raise max_allowed_packet");
				}
			}
			assertThat(new JdbcTemplate(pool).queryForObject("SELECT COUNT(*) FROM t", Integer.class)).isEqualTo(12);
		}
		TestDatabase.MYSQL.dropSchema(schema);
	}

	private static HikariDataSource pool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setMaximumPoolSize(1);
		pool.setConnectionTimeout(5000);
		return pool;
	}

	private void copies(String schema, String url) throws Exception {
		copies(schema, url, false);
	}

	private void copies(String schema, String url, boolean bulk) throws Exception {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(url);
		Databases connections = new Databases().with("db", dataSource);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		for (String table : List.of("src", "dst")) {
			jdbc.execute("CREATE TABLE %s (id DATETIME(6) PRIMARY KEY, flag TINYINT(1), f FLOAT, at TIMESTAMP(6) NULL)"
				.formatted(table));
		}
		LocalDateTime time = LocalDateTime.parse("2026-03-29T02:30:00.123456");
		for (int i = 0; i < 100; i++) {
			jdbc.update("INSERT INTO src VALUES (?, ?, ?, ?)", time.plusNanos(i * 1000), i, i / 7f,
					time.plusHours(i).toString());
		}
		Pull pull = new Pull(connections, "src",
				new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null))
			.batchSizeLimit(7);
		List<RecordInFlight> records = pull.run();
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, bulk));
		target.getBatchSizeLimit(LinkContext.builder().linkTargetName("dst").build());

		target.pushRecords(LinkContext.builder().linkTargetName("dst").build(), records);

		assertThat(pull.sizes).hasSize(15);
		assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM src s JOIN dst d ON s.id = d.id AND s.flag = d.flag "
				+ "AND s.f = d.f AND s.at = d.at", Integer.class))
			.isEqualTo(100);
		TestDatabase.MYSQL.dropSchema(schema);
	}

}
