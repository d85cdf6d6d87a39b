package io.deltasync;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a run reads the description of its tables, for which a server needs several
 * queries of its own tables.
 */
@EachDatabase(TestDatabase.H2)
class TableDescriptionsIT extends JdbcLinks {

	private static long descriptions(JdbcTemplate database) {
		Long count = database.queryForObject("SELECT COALESCE(SUM(EXECUTION_COUNT), 0) "
				+ "FROM INFORMATION_SCHEMA.QUERY_STATISTICS WHERE SQL_STATEMENT LIKE '%INFORMATION\\_SCHEMA.TABLES%' "
				+ "AND SQL_STATEMENT NOT LIKE '%QUERY_STATISTICS%'", Long.class);
		return (count != null) ? count : 0;
	}

	@Test
	void lanesUseTheDescriptionsOfPlanning() throws Exception {
		configure("deltasync.links.items.source.adapter=jdbc", "deltasync.links.items.source.connection=crm",
				"deltasync.links.items.source.table=ITEM", "deltasync.links.items.source.delta-column=UPDATED_AT",
				"deltasync.links.items.target.adapter=jdbc", "deltasync.links.items.target.connection=warehouse",
				"deltasync.links.items.target.table=ITEM", "deltasync.links.items.batch-size-limit=10",
				"deltasync.links.items.lanes=3");
		for (JdbcTemplate database : new JdbcTemplate[] { this.source, this.target }) {
			database.execute("CREATE TABLE ITEM (ID INT PRIMARY KEY, UPDATED_AT TIMESTAMP(6))");
		}
		this.source.execute("INSERT INTO ITEM SELECT X, '2026-01-01 10:00:00' FROM SYSTEM_RANGE(1, 95)");
		assertThat(run("items", "DELTA").success()).isTrue();
		this.source.execute("UPDATE ITEM SET UPDATED_AT = CURRENT_TIMESTAMP AT TIME ZONE 'UTC'");
		this.source.execute("SET QUERY_STATISTICS TRUE");
		this.target.execute("SET QUERY_STATISTICS TRUE");

		assertThat(run("items", "DELTA").records().written()).isEqualTo(95);

		assertThat(descriptions(this.source)).as("before the run, for the columns and for the plan").isEqualTo(3);
		assertThat(descriptions(this.target)).as("before the run and for the size of batches").isEqualTo(2);
	}

}
