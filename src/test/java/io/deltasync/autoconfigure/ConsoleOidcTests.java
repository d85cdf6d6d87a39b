package io.deltasync.autoconfigure;

import io.deltasync.config.ConfigurationException;
import io.deltasync.console.security.ProviderSignIn;
import io.deltasync.console.security.ProviderSignIn.Provider;
import io.deltasync.console.security.Users;
import io.deltasync.link.EngineSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration of identity providers.
 */
class ConsoleOidcTests {

	private static final String REGISTRATION = "spring.security.oauth2.client.registration.company.";

	private static final String ISSUER = "spring.security.oauth2.client.provider.company.issuer-uri=http://127.0.0.1:1";

	@SuppressWarnings("deprecation")
	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withUserConfiguration(ConsoleOidc.class)
		.withInitializer(
				(context) -> context.getBeanFactory().registerSingleton("settings", settings(context.getEnvironment())))
		.withBean(Users.class, () -> new Users(new JdbcTemplate(), NoOpPasswordEncoder.getInstance()));

	private static EngineSettings settings(Environment environment) {
		return Binder.get(environment).bindOrCreate("deltasync", EngineSettings.class);
	}

	@Test
	void withoutARegistrationThereIsNoProvider() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ProviderSignIn.class));
	}

	@Test
	void providersAreNamedAndNotAskedAtStart() {
		this.runner
			.withPropertyValues(REGISTRATION + "client-id=x", ISSUER, "deltasync.serve.oidc.viewers=staff",
					"spring.security.oauth2.client.registration.google.client-id=y",
					"spring.security.oauth2.client.registration.google.client-name=Google")
			.run((context) -> assertThat(context.getBean(ProviderSignIn.class).providers())
				.containsExactlyInAnyOrder(new Provider("company", "company"), new Provider("google", "Google")));
	}

	@Test
	void allMistakesAreReportedTogether() {
		this.runner.withPropertyValues(REGISTRATION + "client-id=x")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConfigurationException.class)
				.hasMessageContainingAll("deltasync.serve.oidc\n",
						"gives nobody a role: name values of the claim 'groups' in viewers",
						"spring.security.oauth2.client.provider.company.issuer-uri\n",
						"is missing; give the address of the provider that registration 'company' is for"));
	}

}
