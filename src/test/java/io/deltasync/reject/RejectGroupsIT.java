package io.deltasync.reject;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.deltasync.schema.Product;
import io.deltasync.schema.RepositoryUrl;
import io.deltasync.schema.Schema;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.SqlProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link RejectGroups} with many rejects.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
class RejectGroupsIT {

	private static final int REJECTS = 1000;

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private RejectGroups groups;

	@BeforeEach
	void fill() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		new Schema(this.jdbc.getDataSource(), new RepositoryUrl(null, null)).migrate();
		this.groups = new RejectGroups(this.jdbc);
		List<Object[]> rejects = IntStream.range(0, REJECTS)
			.mapToObj((number) -> new Object[] { (number % 2 == 0) ? "people" : "orders", "record " + number,
					(number % 20 < 2) ? "QUARANTINED" : "OPEN", (number % 10 < 2) ? "rare" : "usual" })
			.toList();
		this.jdbc.batchUpdate("""
				INSERT INTO SYNC_REJECT (LINK, RECORD_ID, STATE, MESSAGE, CONTENT_ID, OPERATION, STAGE, ATTEMPTS,
				  FIRST_EVENT, LAST_EVENT, LAST_EXECUTION, ACKNOWLEDGED, FIRST_SEEN, LAST_SEEN)
				VALUES (?, ?, ?, ?, '', 'UPSERT', 'TARGET', 1, 1, 1, 1, FALSE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""",
				rejects);
		if (this.database.product() == Product.POSTGRESQL) {
			this.jdbc.execute("ANALYZE");
		}
	}

	@Test
	void newestRejectIsTheOneWithTheHighestNumberInAnyState() {
		long last = this.groups.last("people");
		assertThat(last).isEqualTo(highest("LINK = 'people'"));

		this.jdbc.update("UPDATE SYNC_REJECT SET STATE = 'QUARANTINED' WHERE REJECT_ID = ?", last);
		assertThat(this.groups.last("people")).isEqualTo(last);
		this.jdbc.update("UPDATE SYNC_REJECT SET STATE = 'DELIVERED' WHERE REJECT_ID = ?", last);
		assertThat(this.groups.last("people")).isEqualTo(highest("LINK = 'people' AND STATE <> 'DELIVERED'"));
		assertThat(this.groups.last("nobody")).isZero();
	}

	private long highest(String condition) {
		return this.jdbc.queryForObject("SELECT MAX(REJECT_ID) FROM SYNC_REJECT WHERE " + condition, Long.class);
	}

	@Test
	void newestRejectIsReadFromTheEndOfAnIndex() {
		Set<String> statements = new HashSet<>();
		new RejectGroups(new JdbcTemplate(this.jdbc.getDataSource()) {
			@Override
			public <T> T query(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter,
					ResultSetExtractor<T> extractor) {
				statements.add(((SqlProvider) statement).getSql());
				return super.query(statement, setter, extractor);
			}
		}).last("people");
		assertThat(statements).hasSize(1);
		String plan = this.jdbc.queryForList("EXPLAIN " + statements.iterator().next(), "people", "OPEN").toString();

		if (this.database == TestDatabase.H2) {
			assertThat(plan).contains("SYNC_REJECT_STATE", "index sorted");
		}
		else if (this.database.product() == Product.POSTGRESQL) {
			assertThat(plan).contains("Scan Backward using").doesNotContain("Sort", "Seq Scan");
		}
		else {
			assertThat(plan).containsIgnoringCase("SYNC_REJECT_STATE")
				.doesNotContainIgnoringCase("filesort")
				.doesNotContainIgnoringCase("sort:");
		}
	}

}
