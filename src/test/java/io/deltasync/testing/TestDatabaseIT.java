package io.deltasync.testing;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
class TestDatabaseIT {

	@Parameter
	private TestDatabase database;

	@Test
	void schemasShareNothing() {
		String one = this.database.createSchema();
		String other = this.database.createSchema();
		this.database.execute(one,
				List.of("CREATE TABLE t (name VARCHAR(10) PRIMARY KEY)", "INSERT INTO t VALUES ('é😀')"));
		this.database.execute(other, List.of("CREATE TABLE t (name VARCHAR(10) PRIMARY KEY)"));

		assertThat(names(one)).containsExactly("é😀");
		assertThat(names(other)).isEmpty();
		this.database.dropSchema(one);
		this.database.dropSchema(other);
	}

	private List<String> names(String schema) {
		return new JdbcTemplate(this.database.dataSource(schema)).queryForList("SELECT name FROM t", String.class);
	}

}
