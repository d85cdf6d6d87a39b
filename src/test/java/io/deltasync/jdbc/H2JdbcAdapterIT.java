package io.deltasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.AbortRunException;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.testing.BlockedStatement;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@EachDatabase(TestDatabase.H2)
class H2JdbcAdapterIT extends JdbcAdapterFixture {

	@Test
	void openWritesIncludeASessionThatIsExecutingAStatement() throws Exception {
		execute("CREATE TABLE t (id INT PRIMARY KEY)", BlockedStatement.CREATE);
		try (BlockedStatement blocked = new BlockedStatement();
				Connection late = this.database.dataSource(this.schema).getConnection();
				Statement statement = late.createStatement();
				Connection planning = pool().getConnection()) {
			late.setAutoCommit(false);
			statement.execute("INSERT INTO t VALUES (1)");
			Instant until = this.dialect.clock().now(planning);
			CompletableFuture<Boolean> working = CompletableFuture.supplyAsync(() -> {
				try {
					return statement.execute("SELECT blocking()");
				}
				catch (SQLException ex) {
					throw new CompletionException(ex);
				}
			});
			blocked.awaitBegun();

			assertThat(this.dialect.clock().openWrites(planning, this.dialect.clock().now(planning))).isNotNull();
			assertThat(this.dialect.clock().openWrites(planning, until)).as("also if its statement began later")
				.isNotNull();
			assertThat(this.dialect.clock().openWrites(planning, until.minusSeconds(3600))).isNull();
			blocked.close();
			working.get(1, TimeUnit.MINUTES);
			late.commit();
			assertThat(this.dialect.clock().openWrites(planning, this.dialect.clock().now(planning))).isNull();
		}
	}

	@Test
	void timeLimitOfTheUrlIsLiftedForReadsAndRestoredAfterwards() throws Exception {
		execute("CREATE VIEW v AS SELECT X AS id FROM SYSTEM_RANGE(1, 100000)", "CREATE TABLE t (id INT PRIMARY KEY)");
		try (HikariDataSource limited = new HikariDataSource()) {
			limited.setJdbcUrl(this.database.url(this.schema) + ";QUERY_TIMEOUT=1");
			limited.setUsername(this.database.username());
			limited.setMaximumPoolSize(1);
			this.connections = new Databases().with("db", limited);

			assertThat(pull("V", new SourceSettings().key("ID")).run()).hasSize(100_000);
			push("T", record("ID", 1));
			assertThat(new JdbcTemplate(limited).queryForObject(
					"SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'",
					String.class))
				.isEqualTo("1");
		}
	}

	@Test
	void keyThatCannotBeComparedIsRefusedBeforeTheRun() throws Exception {
		execute("CREATE TABLE k (id JSON PRIMARY KEY, v INT)", "CREATE TABLE a (id INT ARRAY PRIMARY KEY, v INT)");
		for (String table : List.of("K", "A")) {
			JdbcSource source = new JdbcSource(this.connections,
					new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
			source.configure(new SourceSettings().options());
			assertThat(source.refusal(context(table))).contains("cannot be part of a key");
			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> new RunContext().call(() -> {
				source.validate(context(table));
				return true;
			})).withMessageContaining("cannot be part of a key");
		}
	}

}
