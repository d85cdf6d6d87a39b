package io.deltasync;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.event.SyncEvent;
import io.deltasync.testing.TestDatabase;
import io.deltasync.verified.Verification;
import io.deltasync.verified.VerifyResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links between databases that are files, with the JobRepository in H2. Several lanes
 * write to the same file.
 */
class EmbeddedLinksIT extends JdbcLinks {

	private static final int ROWS = 3000;

	@TempDir
	private Path directory;

	private final List<SingleConnectionDataSource> opened = new ArrayList<>();

	EmbeddedLinksIT() {
		this.database = TestDatabase.H2;
	}

	@BeforeEach
	void configureLink() {
		configure("deltasync.links.people.source.adapter=jdbc", "deltasync.links.people.source.connection=from",
				"deltasync.links.people.source.table=person", "deltasync.links.people.source.delta-column=changed",
				"deltasync.links.people.source.overlap=0s", "deltasync.links.people.target.adapter=jdbc",
				"deltasync.links.people.target.connection=to", "deltasync.links.people.target.table=person",
				"deltasync.links.people.batch-size-limit=100", "deltasync.links.people.lanes=4",
				"deltasync.links.people.deletes=hard", "deltasync.links.people.retry.delay=10ms");
	}

	@AfterEach
	void close() {
		this.opened.forEach(SingleConnectionDataSource::close);
	}

	private String url(String name, String product) {
		String url = "jdbc:%s:%s%s".formatted(product, this.directory.resolve(name + "." + product),
				product.equals("derby") ? ";create=true" : "");
		configure("deltasync.connections." + name + ".url=" + url);
		return url;
	}

	/** Opens a database as another program does; DuckDB permits only this process. */
	private JdbcTemplate open(String url) throws SQLException {
		SingleConnectionDataSource single = new SingleConnectionDataSource(
				url.startsWith("jdbc:duckdb:") ? url + ";jdbc_stream_results=true" : url, true);
		this.opened.add(single);
		try (Connection connection = single.getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
		return new JdbcTemplate(single);
	}

	private static JdbcTemplate table(JdbcTemplate jdbc) {
		jdbc.execute(
				"CREATE TABLE person (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL, changed TIMESTAMP)");
		return jdbc;
	}

	private static List<Map<String, Object>> names(JdbcTemplate jdbc) {
		return jdbc.queryForList("SELECT id, name FROM person ORDER BY id");
	}

	@ParameterizedTest
	@CsvSource({ "sqlite, duckdb", "duckdb, sqlite" })
	void everythingAndThenChangesAndDeletionsAreCopied(String from, String to) throws Exception {
		JdbcTemplate source = table(open(url("from", from)));
		JdbcTemplate target = table(open(url("to", to)));
		source.execute((from.equals("sqlite")
				? "WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < %1$d) INSERT INTO person "
						+ "SELECT x, 'name ' || x, '2026-01-01 10:00:00' FROM n"
				: "INSERT INTO person SELECT x, 'name ' || x, TIMESTAMP '2026-01-01 10:00:00' FROM range(%1$d + 1) t(x)")
			.formatted(ROWS - 1));

		SyncEvent first = run("people", "DELTA");
		assertThat(first.success()).as(first.toString()).isTrue();
		assertThat(first.records().written()).isEqualTo(ROWS);
		assertThat(names(target)).isEqualTo(names(source));

		String now = LocalDateTime.now(ZoneOffset.UTC).toString().replace('T', ' ').substring(0, 23);
		source.update("UPDATE person SET name = 'changed', changed = '%s' WHERE id = 7".formatted(now));
		SyncEvent delta = run("people", "DELTA");
		assertThat(delta.success()).as(delta.toString()).isTrue();
		assertThat(delta.records().fetched()).isOne();
		assertThat(names(target)).isEqualTo(names(source));

		source.update("DELETE FROM person WHERE id < 5");
		SyncEvent full = run("people", "FULL");
		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(names(target)).isEqualTo(names(source)).hasSize(ROWS - 5);
		assertThat(run("people", "DELTA").warnings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "sqlite, duckdb", "duckdb, sqlite", "sqlite, sqlite", "duckdb, duckdb", "sqlite, derby" })
	void verificationFindsWhatWasPlantedAndRepairsIt(String from, String to) throws Exception {
		JdbcTemplate source = table(open(url("from", from)));
		JdbcTemplate target = table(open(url("to", to)));
		for (int id = 0; id < 500; id++) {
			source.update("INSERT INTO person VALUES (?, ?, '2026-01-01 10:00:00.123')", id, "name " + id);
		}
		assertThat(run("people", "FULL").success()).isTrue();
		SyncEvent equal = verify("people");
		assertThat(equal.verification().result()).as("%s", equal).isEqualTo(VerifyResult.IN_STEP);

		target.update("UPDATE person SET name = 'Eve' WHERE id = 101");
		target.update("DELETE FROM person WHERE id IN (205, 206)");
		source.update("DELETE FROM person WHERE id = 310");
		target.update("INSERT INTO person SELECT 9000, name, changed FROM person WHERE id = 0");
		SyncEvent event = verify("people", "repair", "true");

		Verification found = event.verification();
		assertThat(found.result()).as("%s", event).isEqualTo(VerifyResult.REPAIRED);
		assertThat(List.of(found.different(), found.missing(), found.repaired(), event.deleted(), found.others()))
			.containsExactly(1L, 2L, 3L, 1L, 1L);
		SyncEvent proven = verify("people");
		assertThat(proven.verification().result()).as("%s", proven).isEqualTo(VerifyResult.IN_STEP);
		target.update("DELETE FROM person WHERE id = 9000");
		assertThat(names(target)).extracting((row) -> row.values().toString())
			.isEqualTo(names(source).stream().map((row) -> row.values().toString()).toList());
	}

	@Test
	void valuesThatAreNotOfTheirColumnAreRejectedAlone() throws Exception {
		JdbcTemplate source = table(open(url("from", "sqlite")));
		JdbcTemplate target = table(open(url("to", "duckdb")));
		source.update("INSERT INTO person VALUES (1, 'good', '2026-01-01 10:00:00')");
		assertThat(run("people", "FULL").success()).isTrue();
		source.update("INSERT INTO person VALUES (2, x'00', '2026-01-01T10:00:00Z'), (3, 'three', 1767261600)");
		SyncEvent event = run("people", "FULL");
		assertThat(event.records().written()).isOne();
		assertThat(event.errors()).extracting(SyncEvent.Failure::message)
			.anySatisfy((message) -> assertThat(message).contains("'name'", "a BLOB of 1 bytes, which is not a text"))
			.anySatisfy((message) -> assertThat(message).contains("'changed'", "the number 1767261600",
					"not a time such as 2026-11-21 08:00:00.123"));
		assertThat(names(target)).hasSize(1);
		SyncEvent delta = run("people", "DELTA");
		assertThat(delta.warnings()).anySatisfy((warning) -> assertThat(warning)
			.contains("1 rows of table 'person' of connection 'from' have no 'changed' that can be compared"));
	}

}
