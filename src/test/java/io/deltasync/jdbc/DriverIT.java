package io.deltasync.jdbc;

import java.time.LocalDateTime;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

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
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		Pull pull = new Pull(connections, "t", new JdbcSourceOptions("db", null, null, null, null, null, null));

		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> target.getBatchSizeLimit(LinkContext.builder().linkTargetName("t").build()))
			.withMessageMatching("Connection 'db' talks to a MariaDB server through MySQL Connector/J.*jdbc:mariadb:");
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(pull::run);
		TestDatabase.MARIADB.dropSchema(schema);
	}

	@Test
	void mariaDbDriverOnMySqlLosesNothing() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema, TestDatabase.MYSQL.url(schema).replace("jdbc:mysql:", "jdbc:mariadb:"));
	}

	@Test
	void connectorJWithItsDefaultsLosesNothing() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema,
				TestDatabase.MYSQL.url(schema).replace("rewriteBatchedStatements=true&tinyInt1isBit=false&", ""));
	}

	@Test
	void connectorJWithServerSidePreparationLosesNothing() throws Exception {
		String schema = TestDatabase.MYSQL.createSchema();
		copies(schema, TestDatabase.MYSQL.url(schema)
				+ "&useServerPrepStmts=true&connectionTimeZone=%2B09:00&forceConnectionTimeZoneToSession=true");
	}

	private void copies(String schema, String url) throws Exception {
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
		Pull pull = new Pull(connections, "src", new JdbcSourceOptions("db", null, null, null, null, null, null))
			.batchSizeLimit(7);
		List<RecordInFlight> records = pull.run();
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));

		target.pushRecords(LinkContext.builder().linkTargetName("dst").build(), records);

		assertThat(pull.sizes).hasSize(15);
		assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM src s JOIN dst d ON s.id = d.id AND s.flag = d.flag "
				+ "AND s.f = d.f AND s.at = d.at", Integer.class))
			.isEqualTo(100);
		TestDatabase.MYSQL.dropSchema(schema);
	}

}
