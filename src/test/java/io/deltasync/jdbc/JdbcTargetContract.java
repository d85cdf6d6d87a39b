package io.deltasync.jdbc;

import io.deltasync.api.LinkContext;
import java.util.List;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How records are written. */
abstract class JdbcTargetContract extends JdbcAdapterFixture {

	JdbcTargetContract(TestDatabase database, Dialect dialect) {
		super(database, dialect);
	}

	private List<String> rows(String table) {
		return this.jdbc.query("SELECT * FROM %s ORDER BY 1".formatted(table), (row, number) -> {
			StringBuilder text = new StringBuilder();
			for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
				text.append((i > 1) ? "|" : "").append(row.getString(i));
			}
			return text.toString();
		});
	}

	@Test
	void insertsAndUpdatesByKey() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), qty INT DEFAULT 7)",
				"INSERT INTO t VALUES (1, 'old', 3)");

		push("t", record("id", 1, "name", "new"), record("id", 2, "name", "two"));
		push("t", record("id", 1, "name", "new"), record("id", 2, "name", "two"));

		assertThat(rows("t")).containsExactly("1|new|3", "2|two|7");
	}

	@Test
	void writesTheKeyAlone() throws Exception {
		execute("CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b))");

		push("t", record("a", 1, "b", 2), record("a", 1, "b", 2), record("a", 2, "b", 2));

		assertThat(rows("t")).containsExactly("1|2", "2|2");
	}

	@Test
	void testingModeLeavesTheTargetUntouched() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
		LinkContext testing = context("t").toBuilder().testingMode(true).build();

		target("t").pushRecords(testing, List.of(record("id", 1, "name", "x")));

		assertThat(rows("t")).isEmpty();
	}

}
