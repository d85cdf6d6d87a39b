package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.schema.Product;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * MariaDB's driver in a JVM whose clocks are put forward: it moves the times that they
 * skip, unless it is hindered.
 */
class MariaDbZonesIT {

	private static final List<String> TIMES = List.of("1000-01-01T00:00:00.000001", "1582-10-10T12:00",
			"1893-04-01T00:02", "2026-03-29T01:59:59.999999", "2026-03-29T02:00", "2026-03-29T02:30:00.123456",
			"2026-03-29T03:00", "2026-10-25T02:30", "9999-12-31T23:59:59.999999");

	private final TimeZone before = TimeZone.getDefault();

	private String schema = "";

	private TestDatabase database = TestDatabase.MARIADB;

	private DriverManagerDataSource dataSource = new DriverManagerDataSource();

	private JdbcTemplate jdbc = new JdbcTemplate();

	@BeforeEach
	void leaveUtc() {
		TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
	}

	@AfterEach
	void goBack() {
		TimeZone.setDefault(this.before);
		if (!this.schema.isEmpty()) {
			this.database.dropSchema(this.schema);
		}
	}

	private void connect(TestDatabase database) {
		this.database = database;
		this.schema = database.createSchema();
		this.dataSource = new DriverManagerDataSource(
				database.url(this.schema).replace("jdbc:mysql:", "jdbc:mariadb:"));
		this.dataSource.setUsername(database.username());
		this.jdbc = new JdbcTemplate(this.dataSource);
	}

	private Pull pull(String table) {
		return new Pull(new Databases().with("db", this.dataSource), table,
				new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "MARIADB", "MYSQL" })
	void timesAreReadAsStored(TestDatabase database) throws Exception {
		connect(database);
		this.jdbc.execute("CREATE TABLE t (id INT PRIMARY KEY, at DATETIME(6), stamp TIMESTAMP(6) NULL)");
		for (int id = 0; id < TIMES.size(); id++) {
			this.jdbc.update("INSERT INTO t VALUES (?, ?, '2026-03-28 18:30:00.5')", id, TIMES.get(id));
		}
		this.jdbc.execute("INSERT INTO t VALUES (100, NULL, NULL)");

		List<RecordInFlight> records = pull("t").run();

		assertThat(records.subList(0, TIMES.size())).extracting((record) -> record.get("at"))
			.containsExactlyElementsOf(TIMES.stream().map(LocalDateTime::parse).toList());
		// The session that inserts is at -08:00.
		assertThat(records.subList(0, TIMES.size())).extracting((record) -> record.get("stamp"))
			.containsOnly(Instant.parse("2026-03-29T02:30:00.5Z"));
		assertThat(records.get(TIMES.size()).properties()).containsEntry("at", null).containsEntry("stamp", null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "MARIADB", "MYSQL" })
	void rangesOfAKeyInTheSkippedHourContainEveryRowOnce(TestDatabase database) throws Exception {
		connect(database);
		for (String type : List.of("DATETIME", "TIMESTAMP")) {
			this.jdbc.execute("DROP TABLE IF EXISTS src, dst");
			for (String table : List.of("src", "dst")) {
				this.jdbc.execute("CREATE TABLE %s (id %s PRIMARY KEY)".formatted(table, type));
			}
			LocalDateTime time = LocalDateTime.parse("2026-03-28T17:00");
			for (int i = 0; i < 600; i++) {
				this.jdbc.update("INSERT INTO src VALUES (?)", time.plusMinutes(i).toString());
			}
			Pull pull = pull("src").batchSizeLimit(7);
			List<RecordInFlight> records = pull.run();
			Databases connections = new Databases().with("db", this.dataSource);
			JdbcTarget target = new JdbcTarget(connections,
					new JdbcTables(connections, BuiltInDialects.with(List.of())));
			target.configure(new JdbcTargetOptions("db", null, null, null, false));

			target.pushRecords(LinkContext.builder().linkTargetName("dst").build(), records);

			assertThat(pull.sizes).as(type).hasSize(86);
			assertThat(records).as(type).hasSize(600);
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM src JOIN dst USING (id)", Integer.class)).as(type)
				.isEqualTo(600);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "MARIADB", "MYSQL" })
	void serverClockCanBeReadInTheSkippedHour(TestDatabase database) throws Exception {
		connect(database);
		Instant skipped = Instant.parse("2026-03-29T02:30:00Z");
		try (Connection connection = this.dataSource.getConnection()) {
			JdbcTemplate session = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			session.execute("SET SESSION timestamp = " + skipped.getEpochSecond());

			assertThat(BuiltInDialects.with(List.of()).of(connection, "db").clock().now(connection)).isEqualTo(skipped);
			assertThat(new DatabaseClock(session, Product.MYSQL).instant()).isEqualTo(skipped);
		}
	}

}
