package io.deltasync.cli.access;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.deltasync.ServedApplication;
import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Role;
import io.deltasync.console.security.Users;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands for users and access tokens, in this process.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AccessCommandsIT {

	private final String url = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());

	private final JdbcTemplate jdbc = new JdbcTemplate(dataSource());

	private final AccessTokens tokens = new AccessTokens(this.jdbc, Instant::now);

	private JdbcDataSource dataSource() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL(this.url);
		database.setUser("sa");
		return database;
	}

	private Result run(String... arguments) {
		PrintStream out = System.out;
		PrintStream err = System.err;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		ByteArrayOutputStream reported = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
		try {
			SpringApplication application = ServedApplication.prepareForCommand();
			application.addInitializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test",
						Map.of("spring.datasource.url", this.url, "spring.datasource.username", "sa",
								OwnApplication.FEW_LINKS, true, "logging.level.root", "WARN",
								"deltasync.links.customers.source.adapter", "none",
								"deltasync.links.customers.target.adapter", "none"))));
			int exitCode = SpringApplication.exit(application.run(arguments));
			return new Result(exitCode, printed.toString(StandardCharsets.UTF_8).strip(),
					reported.toString(StandardCharsets.UTF_8));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}

	@Test
	void aTokenIsPrintedOnceListedWithoutItsSecretAndDeleted() {
		Result created = run("token", "create", "ci", "--role", "operator", "--link", "customers", "--expires", "90d");

		assertThat(created.exitCode).as(created.err).isZero();
		assertThat(created.out).matches("deltasync_[\\w-]{43}");
		assertThat(created.err).contains("Token 'ci' has been created. It is not shown again");
		OAuth2AuthenticatedPrincipal principal = this.tokens.introspect(created.out);
		assertThat(principal.getName()).isEqualTo("token:ci");
		assertThat(principal.<List<String>>getAttribute(AccessTokens.LINKS)).containsExactly("customers");
		assertThat(principal.getAuthorities()).extracting(Object::toString).containsExactly(Role.OPERATOR.authority());

		Result again = run("token", "create", "ci", "--role", "viewer");
		assertThat(again.exitCode).isEqualTo(2);
		assertThat(again.err).contains("There is a token 'ci' already");

		JsonNode listed = JsonMapper.shared().readTree(run("token", "list", "--json").out);
		assertThat(listed).hasSize(1);
		assertThat(listed.at("/0/name").asString()).isEqualTo("ci");
		assertThat(Duration.between(Instant.now(), Instant.parse(listed.at("/0/expiresAt").asString())))
			.isBetween(Duration.ofDays(89), Duration.ofDays(90));
		assertThat(run("token", "list").out).contains("operator", "customers").doesNotContain(created.out);

		assertThat(run("token", "delete", "ci").exitCode).isZero();
		Result gone = run("token", "delete", "ci");
		assertThat(gone.exitCode).isEqualTo(2);
		assertThat(gone.err).contains("There is no token 'ci'");
		assertThat(audit()).extracting(AuditEntry::action).containsExactly("delete-token", "create-token");
		assertThat(audit()).allSatisfy(
				(entry) -> assertThat(entry.who()).isEqualTo("command-line:" + System.getProperty("user.name")));
		assertThat(audit().get(1).after()).startsWith("ci: operator, Links: customers, until ");
	}

	@Test
	void aTokenForAMisspelledLinkOrForAnUnknownTimeIsRefused() {
		assertThat(run("token", "create", "ci", "--role", "viewer", "--link", "custmers").err)
			.contains("No Link 'custmers' is configured");
		assertThat(run("token", "create", "ci", "--role", "viewer", "--expires", "90").err)
			.contains("'90' is not an age such as 90d or 12h");
		assertThat(run("token", "create", "c:i", "--role", "viewer").exitCode).isEqualTo(2);
		assertThat(run("token", "list").out).contains("There are no tokens");
	}

	@Test
	void aUserGetsAGeneratedPasswordAndNeverOneFromTheCommandLine() {
		Users users = new Users(this.jdbc, PasswordEncoderFactories.createDelegatingPasswordEncoder());
		Result refused = run("user", "add", "anna", "--role", "viewer");
		assertThat(refused.exitCode).isEqualTo(2);
		assertThat(refused.err).contains("There is no terminal to ask for the password; use --generate");

		Result added = run("user", "add", "anna", "--role", "viewer", "--generate");
		assertThat(added.exitCode).as(added.err).isZero();
		assertThat(matches(added.out, users)).isTrue();
		assertThat(run("user", "list").out).contains("anna", "viewer").doesNotContain("bcrypt");

		Result changed = run("user", "password", "anna", "--generate");
		assertThat(changed.exitCode).as(changed.err).isZero();
		assertThat(matches(changed.out, users)).isTrue();
		assertThat(matches(added.out, users)).isFalse();

		assertThat(run("user", "delete", "anna").exitCode).isZero();
		assertThat(run("user", "password", "anna", "--generate").err).contains("There is no user 'anna'");
		assertThat(audit()).extracting(AuditEntry::action).containsExactly("delete-user", "set-password", "add-user");
	}

	private static boolean matches(String password, Users users) {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder()
			.matches(password, users.loadUserByUsername("anna").getPassword());
	}

	private List<AuditEntry> audit() {
		return new AuditLog(this.jdbc, Instant::now).newest(Long.MAX_VALUE, 10);
	}

	private record Result(int exitCode, String out, String err) {

	}

}
