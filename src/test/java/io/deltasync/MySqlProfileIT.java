package io.deltasync;

import java.util.Map;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the profile {@code mysql} of DeltaSync's own jar sets.
 */
class MySqlProfileIT {

	private final TestDatabase database = TestDatabase.MYSQL;

	@Test
	void sessionOfAHostThatFreezesInATransactionEndsWithinMinutes() {
		String url = this.database.url(this.database.createSchema()) + "&sessionVariables=sql_mode='ANSI_QUOTES'";
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(DeltaSyncApplication.class)
			.web(WebApplicationType.NONE)
			.profiles("mysql", DeltaSyncApplication.PROFILE)
			.run("--DELTASYNC_DATABASE_URL=" + url, "--DELTASYNC_DATABASE_USERNAME=" + this.database.username(),
					"--spring.main.banner-mode=off", "--logging.level.root=ERROR", "links")) {
			assertThat(application.getBean(JdbcTemplate.class)
				.queryForMap("SELECT @@session.wait_timeout AS wait, @@session.sql_mode AS mode"))
				.isEqualTo(Map.of("wait", 900L, "mode", "ANSI_QUOTES"));
		}
	}

}
