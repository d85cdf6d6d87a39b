package io.deltasync.testing;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class TestDatabaseIT {

	@ParameterizedTest
	@EnumSource
	void schemasShareNothing(TestDatabase database) {
		String one = database.createSchema();
		String other = database.createSchema();
		database.execute(one, List.of("CREATE TABLE t (name VARCHAR(10) PRIMARY KEY)", "INSERT INTO t VALUES ('é😀')"));
		database.execute(other, List.of("CREATE TABLE t (name VARCHAR(10) PRIMARY KEY)"));

		assertThat(names(database, one)).containsExactly("é😀");
		assertThat(names(database, other)).isEmpty();
		database.dropSchema(one);
		database.dropSchema(other);
	}

	private List<String> names(TestDatabase database, String schema) {
		return new JdbcTemplate(database.dataSource(schema)).queryForList("SELECT name FROM t", String.class);
	}

}
