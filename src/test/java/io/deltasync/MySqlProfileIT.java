package io.deltasync;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
		String url = this.database.url(this.database.createSchema()) + "&sessionVariables=lock_wait_timeout=123";
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(DeltaSyncApplication.class)
			.web(WebApplicationType.NONE)
			.profiles("mysql", DeltaSyncApplication.PROFILE)
			.run("--DELTASYNC_DATABASE_URL=" + url, "--DELTASYNC_DATABASE_USERNAME=" + parameter(url, "user"),
					"--DELTASYNC_DATABASE_PASSWORD=" + parameter(url, "password"), "--spring.main.banner-mode=off",
					"--logging.level.root=ERROR", "links")) {
			assertThat(application.getBean(JdbcTemplate.class)
				.queryForObject("SELECT CONCAT(@@session.wait_timeout, ' ', @@session.lock_wait_timeout)",
						String.class))
				.isEqualTo("900 123");
		}
	}

	private static String parameter(String url, String name) {
		Matcher matcher = Pattern.compile("[?&]%s=([^&]*)".formatted(name)).matcher(url);
		return matcher.find() ? matcher.group(1) : "";
	}

}
