package io.deltasync.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.console.security.OidcSignIn;
import io.deltasync.console.security.ProviderSignIn;
import io.deltasync.console.security.Users;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.OidcSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.oauth2.client.CommonOAuth2Provider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;

/**
 * Lets people sign in to the console at identity providers, if Spring Boot's own
 * properties configure any.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ClientRegistrationRepository.class)
@ConditionalOnOAuth2ClientRegistrationProperties
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class ConsoleOidc {

	/**
	 * Asks a provider for its addresses when somebody first signs in there. Links run
	 * also while a provider is away.
	 */
	@Bean
	ClientRegistrationRepository deltasyncClientRegistrations(OAuth2ClientProperties properties) {
		Map<String, ClientRegistrationRepository> registrations = new LinkedHashMap<>();
		properties.getRegistration().forEach((id, registration) -> {
			OAuth2ClientProperties one = new OAuth2ClientProperties();
			one.getRegistration().put(id, registration);
			one.getProvider().putAll(properties.getProvider());
			registrations.put(id,
					new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(
							new OAuth2ClientPropertiesMapper(one).asClientRegistrations())));
		});
		return (id) -> {
			ClientRegistrationRepository found = registrations.get(id);
			return (found != null) ? found.findByRegistrationId(id) : null;
		};
	}

	@Bean
	ProviderSignIn deltasyncProviderSignIn(OAuth2ClientProperties properties,
			ClientRegistrationRepository registrations, EngineSettings engine, Users users) {
		OidcSettings settings = engine.serve().oidc();
		check(properties, settings);
		List<ProviderSignIn.Provider> providers = new ArrayList<>();
		properties.getRegistration()
			.forEach((id, registration) -> providers
				.add(new ProviderSignIn.Provider(id, Objects.requireNonNullElse(registration.getClientName(), id))));
		return new OidcSignIn(providers, registrations, settings,
				(name) -> engine.serve().signInForm() && users.exists(name));
	}

	private static void check(OAuth2ClientProperties properties, OidcSettings settings) {
		List<ConfigurationProblem> problems = new ArrayList<>();
		if (!settings.givesRoles()) {
			problems.add(new ConfigurationProblem("deltasync.serve.oidc", null,
					"gives nobody a role: name values of the claim '%s' in viewers, operators or admins"
						.formatted(settings.rolesClaim()),
					null));
		}
		properties.getRegistration().forEach((id, registration) -> {
			String provider = Objects.requireNonNullElse(registration.getProvider(), id);
			if (!properties.getProvider().containsKey(provider) && !isCommon(provider)) {
				problems.add(new ConfigurationProblem(
						"spring.security.oauth2.client.provider.%s.issuer-uri".formatted(provider), null,
						"is missing; give the address of the provider that registration '%s' is for".formatted(id),
						null));
			}
		});
		if (!problems.isEmpty()) {
			throw new ConfigurationException(problems);
		}
	}

	/** Spring Security knows the addresses of a few providers. */
	private static boolean isCommon(String provider) {
		for (CommonOAuth2Provider common : CommonOAuth2Provider.values()) {
			if (common.name().equalsIgnoreCase(provider)) {
				return true;
			}
		}
		return false;
	}

}
