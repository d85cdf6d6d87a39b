package io.deltasync.event;

import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.schema.Product;
import io.deltasync.schema.RepositoryUrl;
import io.deltasync.schema.Schema;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finding the newest runs reads no more of the history than these runs.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
class StoredRunsIT {

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	@BeforeEach
	void fill() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		new Schema(this.jdbc.getDataSource(), new RepositoryUrl(null, null)).migrate();
		List<Object[]> runs = IntStream.range(0, 1000).mapToObj((run) -> new Object[] { run, run }).toList();
		this.jdbc.batchUpdate(
				"INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, JOB_NAME, JOB_KEY) "
						+ "VALUES (?, 'people', CONCAT('2026-11-21T08:00:00.', CAST(100000 + ? AS CHAR(6)), 'Z'))",
				runs);
		this.jdbc.batchUpdate("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, JOB_INSTANCE_ID, CREATE_TIME) "
				+ "VALUES (?, ?, CURRENT_TIMESTAMP)", runs);
	}

	@Test
	void newestAreFoundInTheOrderOfAnIndex() {
		assertThat(this.jdbc.queryForList(StoredRuns.NEWEST, Long.class, "people", 3)).containsExactly(999L, 998L,
				997L);

		assertSortedByIndex(StoredRuns.NEWEST, "people", 3);
	}

	@Test
	void earlierRunsAreFoundInTheOrderOfAnIndex() {
		String before = "2026-11-21T08:00:00.100500Z";

		assertThat(this.jdbc.queryForList(StoredRuns.BEFORE, Long.class, "people", before, 3)).containsExactly(499L,
				498L, 497L);

		assertSortedByIndex(StoredRuns.BEFORE, "people", before, 3);
	}

	private void assertSortedByIndex(String query, Object... values) {
		String plan = this.jdbc.queryForList("EXPLAIN " + query, values).toString();

		if (this.database == TestDatabase.H2) {
			assertThat(plan).contains("index sorted");
		}
		else if (this.database.product() == Product.POSTGRESQL) {
			assertThat(plan).contains("Index Scan Backward using job_inst_un", "batch_job_execution_instance")
				.doesNotContain("Sort", "Seq Scan");
		}
		else {
			assertThat(plan).doesNotContainIgnoringCase("filesort").doesNotContainIgnoringCase("sort:");
		}
	}

}
