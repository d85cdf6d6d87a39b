package io.deltasync.schema;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL reads by indexes what stores write for it: the cost does not grow with the
 * history.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.POSTGRESQL_OLDEST })
class PostgreSqlPlansIT {

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	@BeforeEach
	void fill() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		new Schema(this.jdbc.getDataSource(), new RepositoryUrl(null, null)).migrate();
		this.jdbc.update("""
				INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, JOB_NAME, JOB_KEY)
				SELECT i, 'people', CAST(i AS TEXT) FROM generate_series(1, 100) i""");
		this.jdbc
			.update("""
					INSERT INTO SYNC_RECORD_LOG (JOB_INSTANCE_ID, ORDINAL, OUTCOME)
					SELECT i, CASE WHEN j > 0 THEN j END, 'FAILED' FROM generate_series(1, 100) i, generate_series(0, 99) j""");
		this.jdbc.update("""
				INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, SCOPES, SCOPE_COUNT)
				SELECT i, j, '[]', 0 FROM generate_series(1, 100) i, generate_series(1, 50) j""");
		this.jdbc.execute("ANALYZE");
	}

	@Test
	void someRowsAreDeletedByTheirPositions() {
		String delete = Product.POSTGRESQL.deleteSome("SYNC_RECORD_LOG", "JOB_INSTANCE_ID = 7", "30");
		assertThat(plan(delete)).contains("Tid Scan", "sync_record_log_scope").doesNotContain("Seq Scan", "Sort");
		assertThat(this.jdbc.update(delete)).isEqualTo(30);
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = 7",
				Integer.class))
			.isEqualTo(70);
	}

	@Test
	void rowsWithNullsComeFirstInTheOrderOfAnIndex() {
		String query = "SELECT ORDINAL FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = 7 ORDER BY JOB_INSTANCE_ID, ORDINAL%s, LOG_ID LIMIT 3"
			.formatted(Product.POSTGRESQL.nullsFirst());
		assertThat(plan(query)).contains("sync_record_log_scope").doesNotContain("Seq Scan", "Sort");
		assertThat(this.jdbc.queryForList(query, Long.class)).containsExactly(null, 1L, 2L);
	}

	@Test
	void firstFreePageIsFoundAndLockedByAnIndex() {
		String query = "SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = 7 AND LANE IS NULL%s LIMIT 1 FOR UPDATE SKIP LOCKED"
			.formatted(Product.POSTGRESQL.lockingOrder("JOB_INSTANCE_ID, LANE, PAGE"));
		assertThat(plan(query)).contains("sync_scope_page_lane").doesNotContain("Seq Scan", "Sort");
		assertThat(this.jdbc.queryForObject(query, Integer.class)).isOne();
	}

	private String plan(String sql) {
		return String.join("\n", this.jdbc.queryForList("EXPLAIN " + sql, String.class));
	}

}
