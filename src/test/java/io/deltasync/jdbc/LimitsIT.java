package io.deltasync.jdbc;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetOptions;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that a server, an account or a URL limits, or talks to in other letters. */
class LimitsIT {

	private TestDatabase database = TestDatabase.MYSQL;

	private String schema = "";

	private HikariDataSource pool = new HikariDataSource();

	static Stream<Arguments> sessions() {
		Map<TestDatabase, String> timeLimits = Map.of(TestDatabase.MYSQL, "max_execution_time=1", TestDatabase.MARIADB,
				"max_statement_time=0.0001");
		return Stream.of(TestDatabase.MYSQL, TestDatabase.MARIADB)
			.flatMap((database) -> Stream
				.of("sessionVariables=sql_select_limit=3", "maxRows=3", "sessionVariables=sql_select_limit=1&maxRows=2",
						"sessionVariables=max_join_size=2,sql_select_limit=1",
						"sessionVariables=" + timeLimits.get(database),
						"sessionVariables=character_set_results=latin1,sql_select_limit=2",
						"sessionVariables=character_set_client=latin1,character_set_connection=latin1")
				.map((settings) -> Arguments.of(database, settings)));
	}

	private void connect(TestDatabase newDatabase, String settings) {
		this.database = newDatabase;
		this.schema = newDatabase.createSchema();
		this.pool = new HikariDataSource();
		this.pool.setJdbcUrl(newDatabase.url(this.schema) + "&" + settings);
		this.pool.setUsername(newDatabase.username());
		this.pool.setMaximumPoolSize(2);
	}

	@AfterEach
	void dropSchema() {
		this.pool.close();
		this.database.dropSchema(this.schema);
	}

	@ParameterizedTest
	@MethodSource("sessions")
	void sessionSettingsNeitherHideNorChangeRows(TestDatabase newDatabase, String settings) throws Exception {
		connect(newDatabase, settings);
		JdbcTemplate plain = new JdbcTemplate(newDatabase.dataSource(this.schema));
		for (String table : List.of("t", "copy")) {
			plain.execute("CREATE TABLE %s (id INT PRIMARY KEY, text VARCHAR(20), doc %s, changed BIGINT)"
				.formatted(table, (newDatabase == TestDatabase.MYSQL) ? "JSON" : "LONGTEXT"));
		}
		plain.batchUpdate("INSERT INTO t VALUES (?, '日本é😊', '{\"d\": \"é日\"}', ?)",
				IntStream.range(0, 500).mapToObj((i) -> new Object[] { i, i }).toList());
		Databases connections = new Databases().with("db", this.pool);
		Pull pull = new Pull(connections, "t",
				new JdbcSourceOptions("db", null, null, "changed", null, null, null, null, null, null))
			.batchSizeLimit(70);
		String before = session();

		List<RecordInFlight> records = pull.run();

		assertThat(records).hasSize(500)
			.allSatisfy((record) -> assertThat(record.get("text")).isEqualTo("日本é😊"))
			.allSatisfy((record) -> assertThat(record.get("doc")).isEqualTo("{\"d\": \"é日\"}"));
		assertThat(pull.cursor).endsWith(":499");
		assertThat(session()).isEqualTo(before);
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		target.pushRecords(LinkContext.builder().linkTargetName("copy").build(), records);
		assertThat(plain.queryForObject("SELECT COUNT(*) FROM t JOIN copy c USING (id) WHERE t.text = c.text "
				+ "AND CAST(t.doc AS CHAR) = CAST(c.doc AS CHAR)", Integer.class))
			.isEqualTo(500);
		assertThat(session()).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource(names = { "MYSQL", "MARIADB" })
	void sessionLimitsDoNotHideReferencesToSwappedValues(TestDatabase newDatabase) throws Exception {
		connect(newDatabase, "sessionVariables=sql_select_limit=1");
		JdbcTemplate plain = new JdbcTemplate(newDatabase.dataSource(this.schema));
		plain.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT UNIQUE, w INT UNIQUE)");
		for (String child : List.of("a,w", "b,v")) {
			plain.execute("CREATE TABLE %1$s (%2$s INT, FOREIGN KEY (%2$s) REFERENCES t (%2$s) ON UPDATE CASCADE)"
				.formatted((Object[]) child.split(",")));
		}
		plain.execute("INSERT INTO t VALUES (1, 10, 1), (2, 20, 2)");
		plain.execute("INSERT INTO b VALUES (10)");
		Databases connections = new Databases().with("db", this.pool);
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		List<RecordInFlight> records = List.of(new RecordInFlight(Map.of("id", 1, "v", 20)),
				new RecordInFlight(Map.of("id", 2, "v", 10)));

		target.pushRecords(LinkContext.builder().linkTargetName("t").build(), records);

		assertThat(records).allSatisfy((record) -> assertThat(record.errors()).isEmpty());
		assertThat(plain.queryForList("SELECT v FROM t ORDER BY id", Integer.class)).containsExactly(20, 10);
		assertThat(plain.queryForList("SELECT v FROM b", Integer.class)).containsExactly(20);
	}

	@ParameterizedTest
	@EnumSource(names = { "MYSQL", "MARIADB" })
	void fixedLengthTextsAreReadWithoutPaddingWhateverTheSession(TestDatabase newDatabase) throws Exception {
		connect(newDatabase, "sessionVariables=sql_mode='STRICT_ALL_TABLES,PAD_CHAR_TO_FULL_LENGTH,%s'"
			.formatted((newDatabase == TestDatabase.MYSQL) ? "TIME_TRUNCATE_FRACTIONAL" : "TIME_ROUND_FRACTIONAL"));
		JdbcTemplate plain = new JdbcTemplate(newDatabase.dataSource(this.schema));
		plain.execute("CREATE TABLE t (id CHAR(9) PRIMARY KEY, code CHAR(7))");
		plain.execute("CREATE TABLE copy (id CHAR(4) PRIMARY KEY, code CHAR(3))");
		plain.execute("INSERT INTO t VALUES ('a', 'x y'), ('b', '')");
		Databases connections = new Databases().with("db", this.pool);
		String before = session();

		List<RecordInFlight> records = new Pull(connections, "t",
				new JdbcSourceOptions("db", null, null, null, null, null, null, null, null, null))
			.run();
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		target.pushRecords(LinkContext.builder().linkTargetName("copy").build(), records);

		assertThat(records).extracting((record) -> List.of(record.key(), record.get("code")))
			.containsExactly(List.of("a", "x y"), List.of("b", ""));
		assertThat(records).allSatisfy((record) -> assertThat(record.errors()).isEmpty());
		assertThat(plain.queryForList("SELECT CONCAT(id, ':', code) FROM copy ORDER BY id", String.class))
			.containsExactly("a:x y", "b:");
		assertThat(session()).isEqualTo(before).contains("PAD_CHAR_TO_FULL_LENGTH");
	}

	@ParameterizedTest
	@MethodSource("sessions")
	void keysOfTextsAreComparedWhateverTheSession(TestDatabase newDatabase, String settings) throws Exception {
		connect(newDatabase, settings);
		new JdbcTemplate(newDatabase.dataSource(this.schema)).execute("CREATE TABLE k (v VARCHAR(20) PRIMARY KEY)");
		Databases connections = new Databases().with("db", this.pool);
		JdbcTarget target = new JdbcTarget(connections, new JdbcTables(connections, BuiltInDialects.with(List.of())));
		target.configure(new JdbcTargetOptions("db", null, null, null, false));
		String before = session();

		List<?> keys = target.canonicalKeys(LinkContext.builder().linkTargetName("k").build(),
				IntStream.range(0, 500).mapToObj((i) -> new RecordInFlight(Map.of("v", "é" + i))).toList());

		assertThat(keys).hasSize(500).doesNotContainNull().doesNotHaveDuplicates();
		assertThat(session()).isEqualTo(before);
	}

	private String session() {
		return new JdbcTemplate(this.pool)
			.queryForObject("SELECT CONCAT_WS(' ', @@sql_mode, @@sql_select_limit, @@sql_big_selects, "
					+ "@@max_join_size, @@time_zone, @@character_set_client, @@character_set_results, "
					+ "@@character_set_connection, @@collation_connection)", String.class);
	}

}
