package io.deltasync;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How DeltaSync's own jar talks to a JobRepository in PostgreSQL.
 */
class PostgreSqlRepositoryIT {

	/** As many connections as a migration needs. */
	private static final int POOL = 3;

	private final TestDatabase database = TestDatabase.POSTGRESQL;

	@Test
	void sessionsHaveLimitsAlsoAfterAMigration() throws SQLException {
		try (ConfigurableApplicationContext application = start("",
				"--spring.datasource.hikari.maximum-pool-size=" + POOL)) {
			assertThat(ofAllSessions(application, "statement_timeout")).containsOnly("110s");
			assertThat(ofAllSessions(application, "idle_in_transaction_session_timeout")).containsOnly("15min");
			assertThat(setting(application, "lock_timeout")).isEqualTo("50s");
			assertThat(setting(application, "idle_session_timeout")).isEqualTo("15min");
			assertThat(setting(application, "application_name")).isEqualTo("DeltaSync");
			HikariDataSource pool = application.getBean(HikariDataSource.class);
			assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "120")
				.containsEntry("connectTimeout", "10");
			assertThat(pool.getKeepaliveTime()).isEqualTo(120_000);
		}
	}

	@Test
	void settingsInTheUrlTakePrecedence() {
		try (ConfigurableApplicationContext application = start("&socketTimeout=33&ApplicationName=nightly",
				"--spring.datasource.hikari.connection-init-sql=SET lock_timeout = '7s'")) {
			assertThat(setting(application, "lock_timeout")).isEqualTo("7s");
			assertThat(setting(application, "application_name")).isEqualTo("nightly");
			assertThat(application.getBean(HikariDataSource.class).getDataSourceProperties())
				.doesNotContainKey("socketTimeout");
		}
	}

	@Test
	void transactionsSeeWhatIsCommittedWhateverThePoolSays() {
		try (ConfigurableApplicationContext application = start("",
				"--spring.datasource.hikari.transaction-isolation=TRANSACTION_SERIALIZABLE")) {
			assertThat(setting(application, "transaction_isolation")).isEqualTo("serializable");
			String seen = application.getBean(RunTransactions.class)
				.template()
				.execute((status) -> setting(application, "transaction_isolation"));
			assertThat(seen).isEqualTo("read committed");
		}
	}

	private static List<String> ofAllSessions(ConfigurableApplicationContext application, String name)
			throws SQLException {
		List<String> values = new ArrayList<>();
		try (Connection one = application.getBean(DataSource.class).getConnection();
				Connection two = application.getBean(DataSource.class).getConnection();
				Connection three = application.getBean(DataSource.class).getConnection()) {
			for (Connection session : List.of(one, two, three)) {
				values.add(new JdbcTemplate(new SingleConnectionDataSource(session, true))
					.queryForObject("SHOW " + name, String.class));
			}
		}
		return values;
	}

	private static @Nullable String setting(ConfigurableApplicationContext application, String name) {
		return application.getBean(JdbcTemplate.class).queryForObject("SHOW " + name, String.class);
	}

	private ConfigurableApplicationContext start(String parameters, String... settings) {
		String url = this.database.url(this.database.createSchema());
		List<String> arguments = new ArrayList<>(List.of(settings));
		arguments
			.addAll(List.of("--DELTASYNC_DATABASE_URL=" + url.replaceFirst("\\?.*", "?tcpKeepAlive=true") + parameters,
					"--DELTASYNC_DATABASE_USERNAME=" + this.database.username(), "--spring.main.banner-mode=off",
					"--logging.level.root=ERROR", "links"));
		SpringApplication application = DeltaSyncApplication.application(false);
		application.setAdditionalProfiles("postgresql");
		return application.run(arguments.toArray(String[]::new));
	}

}
