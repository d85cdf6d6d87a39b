package io.deltasync.schema;

import java.util.List;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conditions on rows that are known by their ids.
 */
class OwnedRowsTests {

	private JdbcTemplate jdbc;

	@BeforeEach
	void createTable() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:link-rows;DB_CLOSE_DELAY=-1");
		this.jdbc = new JdbcTemplate(database);
		this.jdbc.execute("DROP ALL OBJECTS");
		this.jdbc
			.execute("CREATE TABLE ROWS_OF_LINKS (LINK VARCHAR(100), ROW_ID VARCHAR(80), PRIMARY KEY (LINK, ROW_ID))");
		for (int i = 0; i < 100; i++) {
			this.jdbc.update("INSERT INTO ROWS_OF_LINKS VALUES ('people', ?)", "id" + i);
			this.jdbc.update("INSERT INTO ROWS_OF_LINKS VALUES ('orders', ?)", "id" + i);
		}
	}

	@Test
	void onlyRowsOfTheOwnerAreFound() {
		List<String> ids = List.of("id7", "id3", "id3", "unknown");

		assertThat(Product.values()).allSatisfy(
				(product) -> assertThat(new OwnedRows(product).of("LINK", "people", "ROW_ID", ids))
					.flatExtracting((part) -> JdbcClient.create(this.jdbc)
						.sql("SELECT LINK || ROW_ID FROM ROWS_OF_LINKS WHERE LENGTH(LINK) > :least AND "
								+ part.condition())
						.param("least", 3)
						.params(part.parameters())
						.query(String.class)
						.list())
					.containsExactly("peopleid3", "peopleid7"));
	}

	@Test
	void h2UsesTheIndexForEachRow() {
		OwnedRows.Part part = new OwnedRows(Product.H2).of("LINK", "people", "ROW_ID", List.of("id3", "id7")).get(0);
		String plan = JdbcClient.create(this.jdbc)
			.sql("EXPLAIN ANALYZE SELECT * FROM ROWS_OF_LINKS WHERE " + part.condition())
			.params(part.parameters())
			.query(String.class)
			.single();

		assertThat(plan).contains("scanCount: 3"); // both rows and the end
	}

	@Test
	void withoutIdsThereAreNoConditions() {
		assertThat(new OwnedRows(Product.H2).of("LINK", "people", "ROW_ID", List.<String>of())).isEmpty();
	}

}
