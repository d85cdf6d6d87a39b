package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.JdbcTypesIT;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.jdbc.write.JdbcTargetIT;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** All that holds for a target holds for one that loads with COPY, too. */
class PostgreSqlBulkIT {

	@Nested
	@EachDatabase(TestDatabase.POSTGRESQL)
	class Target extends JdbcTargetIT {

		@Override
		public boolean bulk() {
			return true;
		}

	}

	@Nested
	@EachDatabase(TestDatabase.POSTGRESQL)
	class Types extends JdbcTypesIT {

		@Override
		public boolean bulk() {
			return true;
		}

	}

	@Nested
	@EachDatabase({ TestDatabase.POSTGRESQL_OLDEST, TestDatabase.POSTGRESQL })
	class Bulk extends JdbcAdapterFixture {

		@Override
		public boolean bulk() {
			return true;
		}

		private List<String> texts(String sql) {
			return this.jdbc.queryForList(sql, String.class);
		}

		/** Counts what reaches the table: COPY fires no rules and no ON CONFLICT. */
		private void countStatements() {
			execute("CREATE TABLE seen (what TEXT)",
					"CREATE FUNCTION note() RETURNS trigger AS 'BEGIN INSERT INTO seen VALUES (split_part(current_query(), '' '', 1)); RETURN NULL; END' LANGUAGE plpgsql",
					"CREATE TRIGGER note AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION note()");
		}

		@Test
		void newRowsAreCopiedAndRowsThatAreThereAreMerged() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, v TEXT)");
			countStatements();
			JdbcTarget target = target("t");

			target.pushRecords(context("t"), List.of(record("id", 1, "v", "a"), record("id", 2, "v", null)));
			target.pushRecords(context("t"), List.of(record("id", 2, "v", "b"), record("id", 3, "v", "c")));
			target.pushRecords(context("t"),
					List.of(record("id", 4, "v", "d"), record("id", 3, "v", "e"), record("id", 4, "v", "f")));

			assertThat(texts("SELECT id || v FROM t ORDER BY id")).containsExactly("1a", "2b", "3e", "4f");
			assertThat(texts("SELECT what FROM seen")).containsExactly("COPY", "INSERT", "INSERT");
			assertThat(texts("SELECT count(*)::text FROM pg_class WHERE relname = 'deltasync stage'"))
				.containsExactly("0");
		}

		@Test
		void failureOfARowIsKeptIfTheSessionIsLostAfterIt() throws Exception {
			execute("CREATE TABLE t (id TEXT PRIMARY KEY)", "INSERT INTO t VALUES ('a')");
			try (Connection connection = pool().getConnection()) {
				connection.setAutoCommit(false);
				int session = Queries.list(connection, "SELECT pg_backend_pid()", List.of(), (row) -> row.getInt(1))
					.get(0);
				CopySql sql = new CopySql("COPY t FROM STDIN", "", "", "", "");
				CopyStatement copy = new CopyStatement(connection, sql, true,
						(failure) -> this.jdbc.queryForList("SELECT pg_terminate_backend(?, 60000)", session));
				copy.beginRow().add("a");
				copy.endRow();

				assertThat(copy.execute()).isFalse();
				assertThatExceptionOfType(SQLException.class).isThrownBy(copy::close)
					.satisfies((
							ex) -> assertThat(ex.getSuppressed()).singleElement().asString().contains("duplicate key"));
			}
		}

		@Test
		void textsAreStoredUnchangedOnBothWays() throws Exception {
			List<String> texts = List.of("\\N", "NULL", "", "a\tb\\tc", "line\nline\r\n", "\b\u001a", "'\"`", "\\.",
					"\uD83D\uDE00 ü\\", "\\");
			execute("CREATE TABLE t (id INT PRIMARY KEY, v TEXT, b BYTEA)");
			RecordInFlight[] records = IntStream.range(0, texts.size())
				.mapToObj((id) -> record("id", id, "v", texts.get(id), "b", texts.get(id).getBytes()))
				.toArray(RecordInFlight[]::new);
			JdbcTarget target = target("t");
			for (int round = 0; round < 3; round++) {
				target.pushRecords(context("t"), List.of(records));

				assertThat(texts("SELECT v FROM t ORDER BY id")).isEqualTo(texts);
				assertThat(texts("SELECT convert_from(b, 'UTF8') FROM t ORDER BY id")).isEqualTo(texts);
				execute("UPDATE t SET v = 'x', b = ''");
			}
		}

		@Test
		void recordsBeyondTheBufferAreSentInParts() throws Exception {
			execute("CREATE TABLE t (id INT PRIMARY KEY, v TEXT CHECK (v <> '7'))");
			List<RecordInFlight> records = new ArrayList<>();
			IntStream.range(0, 200).forEach((id) -> records.add(record("id", id, "v", id + "x".repeat(100_000))));
			RecordInFlight bad = record("id", 300, "v", "7");
			records.add(10, bad);
			JdbcTarget target = target("t");

			for (int round = 0; round < 2; round++) {
				target.pushRecords(context("t"), records);

				assertThat(records).filteredOn(RecordInFlight::isFailed).containsExactly(bad);
				assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM t WHERE v = id || REPEAT('x', 100000)",
						Integer.class))
					.isEqualTo(200);
				records.remove(bad);
				bad = record("id", 300, "v", "7");
				records.add(10, bad);
			}
		}

		@Test
		void accountWithoutTemporaryTablesIsRefusedBeforeFetching() {
			execute("CREATE TABLE t (id INT PRIMARY KEY)",
					"REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(this.schema),
					"CREATE ROLE %s LOGIN".formatted(this.schema));
			try {
				this.connections = new Databases().with("db",
						new DriverManagerDataSource(this.database.url(this.schema), this.schema, ""));
				execute("GRANT ALL ON t TO " + this.schema);

				assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> target("t"))
					.withMessageContaining("Connection 'db' cannot load in bulk: grant TEMPORARY");
			}
			finally {
				execute("DROP OWNED BY " + this.schema, "DROP ROLE " + this.schema);
			}
		}

	}

}
