package io.deltasync.jdbc.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ranges of a table, compared as a whole with another table. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL, TestDatabase.SQLITE,
		TestDatabase.DUCKDB, TestDatabase.DERBY })
class RangeComparisonIT extends JdbcAdapterFixture {

	private void tables(String type) {
		for (String table : List.of("s", "t")) {
			execute("CREATE TABLE %s (id BIGINT NOT NULL PRIMARY KEY, v %s)".formatted(table, type));
		}
	}

	/** Compares the rows from id 1 to 9. */
	private OptionalLong compare(SourceSettings settings, String... names) throws Exception {
		JdbcSource source = new JdbcSource(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		source.configure(settings.options());
		List<String> columns = source.propertyNames(context("s"));
		Map<String, String> renamed = new LinkedHashMap<>();
		for (int i = 0; i < names.length; i++) {
			renamed.put(columns.get(i), names[i]);
		}
		KeyRange range = new KeyRange(List.of(columns.get(0)), List.of("1"), List.of("10"), null);
		return source.sameRecords(context("s"), range, target("t"), renamed);
	}

	private OptionalLong compare() throws Exception {
		return compare(new SourceSettings(), "id", "v");
	}

	private void insert(String table, int id, @Nullable Object value) {
		this.jdbc.update("INSERT INTO %s VALUES (?, ?)".formatted(table), id, value);
	}

	@Test
	void rowsThatAreEqualAreTheSameWhateverLiesOutsideTheRangeAndBetweenThem() throws Exception {
		tables("VARCHAR(20)");
		for (String table : List.of("s", "t")) {
			insert(table, 0, table);
			insert(table, 1, "a");
			insert(table, 3, null);
			insert(table, 9, "ü");
			insert(table, 10, table);
		}
		assertThat(compare()).hasValue(3);

		insert("t", 2, "of others");
		insert("t", 4, "of others");
		assertThat(compare()).hasValue(3);
	}

	@Test
	void noDifferenceIsOverlooked() throws Exception {
		tables("VARCHAR(20)");
		List<String> differences = List.of("UPDATE t SET v = 'A' WHERE id = 5", "UPDATE t SET v = NULL WHERE id = 9",
				"UPDATE t SET v = 'x' WHERE id = 1", "UPDATE s SET v = NULL WHERE id = 5", "DELETE FROM t WHERE id = 1",
				"DELETE FROM t WHERE id = 5", "DELETE FROM t WHERE id = 9", "DELETE FROM t",
				"UPDATE t SET id = 6 WHERE id = 5", "UPDATE t SET v = 'a ' WHERE id = 5");
		for (String difference : differences) {
			execute("DELETE FROM s", "DELETE FROM t");
			for (String table : List.of("s", "t")) {
				List.of(1, 5, 9).forEach((id) -> insert(table, id, "a"));
			}
			assertThat(compare()).as("before: %s", difference).hasValue(3);
			execute(difference);
			assertThat(compare()).as(difference).isEmpty();
		}
	}

	@Test
	void emptyRangeHasNoRecords() throws Exception {
		tables("INT");
		assertThat(compare()).hasValue(0);
		insert("t", 5, 1);
		assertThat(compare()).hasValue(0);
	}

	@Test
	void renamedColumnsAreComparedAndThoseLeftOutAreNot() throws Exception {
		execute("CREATE TABLE s (id BIGINT NOT NULL PRIMARY KEY, v INT, w INT)",
				"CREATE TABLE t (nr BIGINT NOT NULL PRIMARY KEY, own INT, amount INT)",
				"INSERT INTO s VALUES (1, 2, 3)", "INSERT INTO t VALUES (1, 7, 2)");
		assertThat(compare(new SourceSettings(), "nr", "amount")).hasValue(1);
		assertThat(compare(new SourceSettings(), "nr", "own")).isEmpty();
		assertThat(compare(new SourceSettings(), "amount", "nr")).as("the keys do not correspond").isEmpty();
	}

	@Test
	void keysThatDatabasesMaySortOtherwiseAreNotCompared() throws Exception {
		execute("CREATE TABLE s (id VARCHAR(10) NOT NULL PRIMARY KEY, v INT)",
				"CREATE TABLE t (id VARCHAR(10) NOT NULL PRIMARY KEY, v INT)");
		assertThat(compare()).isEmpty();
	}

	@Test
	void columnThatTheTargetNeedsIsMissed() throws Exception {
		execute("CREATE TABLE s (id BIGINT NOT NULL PRIMARY KEY, v INT)",
				"CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, v INT, w INT NOT NULL)", "INSERT INTO s VALUES (1, 2)",
				"INSERT INTO t VALUES (1, 2, 3)");
		assertThat(compare()).isEmpty();
	}

	@Test
	void rowsThatTheTargetHasForOthersEndTheComparison() throws Exception {
		tables("INT");
		insert("s", 9, 1);
		for (int id = 1; id < 10; id++) {
			insert("t", id, 1);
		}
		assertThat(compare()).isEmpty();
	}

}
