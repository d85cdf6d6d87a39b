package io.deltasync.lease;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which transactions are run again, and how often.
 */
class RetryingTransactionsIT {

	@ParameterizedTest
	@EnumSource(names = { "H2", "MARIADB", "MYSQL", "POSTGRESQL", "POSTGRESQL_OLDEST" })
	void bothPartiesOfADeadlockSucceedAndTakeEffectOnce(TestDatabase database) {
		JdbcTemplate jdbc = new JdbcTemplate(database.dataSource(database.createSchema()));
		jdbc.execute("CREATE TABLE ACCOUNT (ID INT PRIMARY KEY, AMOUNT INT NOT NULL)");
		jdbc.update("INSERT INTO ACCOUNT VALUES (1, 0), (2, 0)");
		CyclicBarrier firstTaken = new CyclicBarrier(2);
		AtomicInteger attempts = new AtomicInteger();
		CompletableFuture.allOf(add(jdbc, 1, 2, firstTaken, attempts), add(jdbc, 2, 1, firstTaken, attempts)).join();
		assertThat(jdbc.queryForList("SELECT AMOUNT FROM ACCOUNT", Integer.class)).containsExactly(2, 2);
		assertThat(attempts).hasValueGreaterThan(2);
	}

	private static CompletableFuture<Void> add(JdbcTemplate jdbc, int first, int second, CyclicBarrier firstTaken,
			AtomicInteger attempts) {
		return CompletableFuture.runAsync(() -> transactions(jdbc).executeWithoutResult((status) -> {
			jdbc.update("UPDATE ACCOUNT SET AMOUNT = AMOUNT + 1 WHERE ID = ?", first);
			if (attempts.incrementAndGet() <= 2) {
				meet(firstTaken);
			}
			jdbc.update("UPDATE ACCOUNT SET AMOUNT = AMOUNT + 1 WHERE ID = ?", second);
		}));
	}

	@Test
	void lockWaitTimeoutThatTheDriverGivesNoNameIsRetriedAndEndsAfterSomeAttempts() {
		AtomicInteger attempts = new AtomicInteger();
		assertThatExceptionOfType(UncategorizedSQLException.class)
			.isThrownBy(() -> transactions(h2()).executeWithoutResult((status) -> {
				attempts.incrementAndGet();
				throw new UncategorizedSQLException("update", "UPDATE",
						new SQLException("Lock wait timeout exceeded; try restarting transaction", "HY000", 1205));
			}));
		assertThat(attempts).hasValue(6);
	}

	@Test
	void otherFailuresAreNotRetried() {
		AtomicInteger attempts = new AtomicInteger();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> transactions(h2()).executeWithoutResult((status) -> {
				attempts.incrementAndGet();
				throw new DataIntegrityViolationException("too long");
			}));
		assertThat(attempts).hasValue(1);
	}

	@Test
	void connectionThatIsLostDuringACommitIsReportedAsThat() {
		String schema = TestDatabase.POSTGRESQL.createSchema();
		JdbcTemplate other = new JdbcTemplate(TestDatabase.POSTGRESQL.dataSource(schema));
		try (HikariDataSource pool = DataSourceBuilder.create()
			.type(HikariDataSource.class)
			.url(TestDatabase.POSTGRESQL.url(schema))
			.username(TestDatabase.POSTGRESQL.username())
			.build()) {
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			RetryingTransactions transactions = new RetryingTransactions(new JdbcTransactionManager(pool));
			assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> transactions.executeWithoutResult((status) -> {
					Integer session = jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class);
					other.queryForObject("SELECT pg_terminate_backend(?)", Boolean.class, session);
				}))
				.withMessageContaining("lost during a commit")
				.havingCause()
				.isInstanceOf(SQLException.class);
		}
	}

	private static JdbcTemplate h2() {
		return new JdbcTemplate(TestDatabase.H2.dataSource(TestDatabase.H2.createSchema()));
	}

	private static RetryingTransactions transactions(JdbcTemplate jdbc) {
		return new RetryingTransactions(new DataSourceTransactionManager(jdbc.getDataSource()));
	}

	private static void meet(CyclicBarrier barrier) {
		try {
			barrier.await(1, TimeUnit.MINUTES);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
