package io.deltasync.jdbc.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

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
		return compare(List.of(List.of(1, 10)), settings, names).get(0);
	}

	/** Compares ranges, each from an id to below another one. */
	private List<OptionalLong> compare(List<List<Integer>> bounds, SourceSettings settings, String... names)
			throws Exception {
		JdbcSource source = new JdbcSource(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		source.configure(settings.options());
		List<String> columns = source.propertyNames(context("s"));
		Map<String, String> renamed = new LinkedHashMap<>();
		for (int i = 0; i < names.length; i++) {
			renamed.put(columns.get(i), names[i]);
		}
		List<Object> ranges = new ArrayList<>();
		for (List<Integer> ends : bounds) {
			ranges.add(new KeyRange(List.of(columns.get(0)), List.of(ends.get(0).toString()),
					List.of(ends.get(1).toString()), null));
		}
		return source.sameRecords(context("s"), ranges, target("t"), renamed);
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
	void rangesThatFollowEachOtherAreComparedTogetherAndOnlyThoseThatDifferAreNotTheSame() throws Exception {
		tables("INT");
		for (String table : List.of("s", "t")) {
			for (int id = 1; id < 10; id++) {
				insert(table, id, id);
			}
		}
		List<List<Integer>> bounds = List.of(List.of(1, 3), List.of(3, 6), List.of(6, 7), List.of(7, 10));
		OptionalLong differs = OptionalLong.empty();
		Map<String, List<OptionalLong>> expected = new LinkedHashMap<>();
		expected.put("UPDATE t SET v = v", sizes(2, 3, 1, 3));
		expected.put("UPDATE t SET v = 0 WHERE id IN (3, 6)",
				List.of(OptionalLong.of(2), differs, differs, OptionalLong.of(3)));
		expected.put("DELETE FROM t WHERE id = 5", List.of(OptionalLong.of(2), differs, differs, OptionalLong.of(3)));
		expected.put("DELETE FROM s WHERE id = 6", List.of(OptionalLong.of(2), differs, OptionalLong.of(0)));
		for (Map.Entry<String, List<OptionalLong>> one : expected.entrySet()) {
			execute(one.getKey());
			assertThat(compare(bounds, new SourceSettings(), "id", "v")).as(one.getKey()).isEqualTo(one.getValue());
		}
		assertThat(compare(List.of(List.of(1, 3), List.of(7, 10)), new SourceSettings(), "id", "v"))
			.as("there is a gap between them")
			.isEqualTo(sizes(2));
	}

	private static List<OptionalLong> sizes(long... sizes) {
		return LongStream.of(sizes).mapToObj(OptionalLong::of).toList();
	}

	@Test
	void rangesOfSeveralColumnsEndWhereTheNextOneBegins() throws Exception {
		for (String table : List.of("s", "t")) {
			execute("CREATE TABLE %s (a BIGINT NOT NULL, b INT NOT NULL, v INT, PRIMARY KEY (a, b))".formatted(table));
			for (int a = -1; a < 2; a++) {
				for (int b = -1; b < 2; b++) {
					this.jdbc.update("INSERT INTO %s VALUES (?, ?, 1)".formatted(table), a, b);
				}
			}
		}
		List<String> ends = List.of("-1,0", "0,-1", "0,1", "1,1");
		execute("UPDATE t SET v = 2 WHERE a = 0 AND b = 0");

		assertThat(compareBetween(ends)).containsExactly(OptionalLong.of(2), OptionalLong.empty(), OptionalLong.of(3));
		execute("DELETE FROM t WHERE a = 0 AND b = -1");
		assertThat(compareBetween(ends)).containsExactly(OptionalLong.of(2), OptionalLong.empty(), OptionalLong.of(3));
	}

	private List<OptionalLong> compareBetween(List<String> ends) throws Exception {
		JdbcSource source = new JdbcSource(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		source.configure(new SourceSettings().options());
		List<String> columns = source.propertyNames(context("s"));
		Map<String, String> names = new LinkedHashMap<>();
		columns.forEach((column) -> names.put(column, column));
		List<Object> ranges = new ArrayList<>();
		for (int i = 1; i < ends.size(); i++) {
			ranges.add(new KeyRange(columns.subList(0, 2), List.of(ends.get(i - 1).split(",")),
					List.of(ends.get(i).split(",")), null));
		}
		return source.sameRecords(context("s"), ranges, target("t"), names);
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
	void columnsThatTheSourceLeavesOutAreNotRead() throws Exception {
		execute("CREATE TABLE s (id BIGINT NOT NULL PRIMARY KEY, u DATE, v INT)",
				"CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 2)",
				isMySql() ? "INSERT IGNORE INTO s VALUES (1, '0000-00-00', 2)" : "INSERT INTO s VALUES (1, NULL, 2)");

		assertThat(compare(new SourceSettings().columns("id", "v"), "id", "v")).hasValue(1);
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
		assertThat(compare(List.of(List.of(1, 5), List.of(5, 9), List.of(9, 10)), new SourceSettings(), "id", "v"))
			.as("only as many ranges as are read")
			.isEqualTo(sizes(0));
	}

}
