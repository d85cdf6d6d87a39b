package io.deltasync;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How DeltaSync's own jar talks to a JobRepository in MySQL.
 */
class MySqlRepositoryIT {

	private final TestDatabase database = TestDatabase.MYSQL;

	@Test
	void sessionOfAHostThatFreezesInATransactionEndsWithinMinutes() {
		try (ConfigurableApplicationContext application = start("&sessionVariables=lock_wait_timeout=123")) {
			assertThat(ask(application, "CONCAT(@@session.wait_timeout, ' ', @@session.lock_wait_timeout)"))
				.isEqualTo("900 123");
		}
	}

	@Test
	void limitsOfRowsHideNothingOfIt() {
		try (ConfigurableApplicationContext application = start(
				"&sessionVariables=sql_select_limit=1,sql_big_selects=0,max_join_size=1")) {
			assertThat(ask(application, "CONCAT(@@session.sql_select_limit, ' ', @@session.sql_big_selects)"))
				.isEqualTo("18446744073709551615 1");
		}
	}

	@Test
	void sessionsHaveTheSameLimitsWithoutTheProfile() {
		String url = this.database.url(this.database.createSchema());
		try (ConfigurableApplicationContext application = DeltaSyncApplication.application(false)
			.run("--spring.datasource.url=" + url + "&sessionVariables=sql_select_limit=1",
					"--spring.main.banner-mode=off", "--logging.level.root=ERROR", "links")) {
			assertThat(ask(application, "CONCAT(@@session.wait_timeout, ' ', @@session.sql_select_limit)"))
				.isEqualTo("900 18446744073709551615");
			HikariDataSource pool = application.getBean(HikariDataSource.class);
			assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "120000")
				.containsEntry("connectTimeout", "10000");
			assertThat(pool.getKeepaliveTime()).isEqualTo(120_000);
		}
		try (ConfigurableApplicationContext application = DeltaSyncApplication.application(false)
			.run("--spring.datasource.url=" + url,
					"--spring.datasource.hikari.connection-init-sql=SET SESSION wait_timeout = 1234",
					"--spring.main.banner-mode=off", "--logging.level.root=ERROR", "links")) {
			assertThat(ask(application, "@@session.wait_timeout")).isEqualTo("1234");
		}
	}

	@Test
	void transactionsSeeWhatIsCommittedWhateverThePoolSays() {
		try (ConfigurableApplicationContext application = start("",
				"--spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ")) {
			assertThat(ask(application, "@@session.transaction_isolation")).isEqualTo("REPEATABLE-READ");
			String seen = application.getBean(RunTransactions.class)
				.template()
				.execute((status) -> ask(application, "@@session.transaction_isolation"));
			assertThat(seen).isEqualTo("READ-COMMITTED");
		}
	}

	@Test
	void driverKnowsTheStateOfItsSessionsWithoutAskingTheServer() {
		try (ConfigurableApplicationContext application = start("")) {
			long statements = Objects
				.requireNonNull(application.getBean(JdbcTemplate.class).execute((Connection connection) -> {
					long before = statements(connection);
					assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
					assertThat(connection.isReadOnly()).isFalse();
					return statements(connection) - before;
				}));
			assertThat(statements).as("with the query that counts them").isEqualTo(1);
		}
	}

	@Test
	void idOfARunTakesOneStatement() throws SQLException {
		try (ConfigurableApplicationContext application = start("", "--spring.datasource.hikari.maximum-pool-size=2",
				"--spring.datasource.hikari.minimum-idle=2")) {
			HikariDataSource pool = application.getBean(HikariDataSource.class);
			long before = statements(pool);

			application.getBean(JobRepository.class).createJobInstance("any", new JobParameters());

			assertThat(statements(pool) - before)
				.as("two that count, begin, whether it is stored, the id, the instance, and the end")
				.isEqualTo(8);
		}
	}

	/** Counts those of both connections. */
	private static long statements(HikariDataSource pool) throws SQLException {
		try (Connection one = pool.getConnection(); Connection other = pool.getConnection()) {
			return statements(one) + statements(other);
		}
	}

	private static long statements(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
			row.next();
			return row.getLong(2);
		}
	}

	private static @Nullable String ask(ConfigurableApplicationContext application, String what) {
		return application.getBean(JdbcTemplate.class).queryForObject("SELECT " + what, String.class);
	}

	private ConfigurableApplicationContext start(String parameters, String... settings) {
		String url = this.database.url(this.database.createSchema()) + parameters;
		List<String> arguments = new ArrayList<>(List.of(settings));
		arguments.addAll(
				List.of("--DELTASYNC_DATABASE_URL=" + url, "--DELTASYNC_DATABASE_USERNAME=" + parameter(url, "user"),
						"--DELTASYNC_DATABASE_PASSWORD=" + parameter(url, "password"), "--spring.main.banner-mode=off",
						"--logging.level.root=ERROR", "links"));
		SpringApplication application = DeltaSyncApplication.application(false);
		application.setAdditionalProfiles("mysql");
		return application.run(arguments.toArray(String[]::new));
	}

	private static String parameter(String url, String name) {
		Matcher matcher = Pattern.compile("[?&]%s=([^&]*)".formatted(name)).matcher(url);
		return matcher.find() ? matcher.group(1) : "";
	}

}
