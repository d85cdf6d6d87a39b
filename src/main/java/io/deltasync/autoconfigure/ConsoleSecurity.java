package io.deltasync.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.console.api.problem.ApiErrors;
import io.deltasync.console.api.problem.ApiFilter;
import io.deltasync.console.page.SharedAnswers;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.LocalAccess;
import io.deltasync.console.security.LostSession;
import io.deltasync.console.security.Permissions;
import io.deltasync.console.security.ProviderSignIn;
import io.deltasync.console.security.Role;
import io.deltasync.console.security.SessionAge;
import io.deltasync.console.security.SignInLimit;
import io.deltasync.link.EngineSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;

/**
 * Secures the console: people sign in with a form and have sessions with CSRF tokens;
 * programs send an access token with each request; health and metrics are open.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ConsoleSecurity {

	private static final String UNUSED_LISTENER = "delegatingApplicationListener";

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	/** After the filter that reads the headers of proxies, which has the highest. */
	private static final int SESSION_AGE_ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

	/** Enough for hundreds of pages that differ. */
	private static final long SHARED_ANSWERS_BYTES = 2L * 1024 * 1024;

	/** Leaves out an observation of each filter, which costs more than most filters. */
	@Bean
	SecurityObservationSettings deltasyncSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	@Order(1)
	SecurityFilterChain deltasyncActuatorSecurity(HttpSecurity http) throws Exception {
		return http.securityMatcher(EndpointRequest.toAnyEndpoint())
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf((csrf) -> csrf.disable())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain deltasyncApiSecurity(HttpSecurity http, LocalAccess access, ApiErrors errors,
			EngineSettings engine) throws Exception {
		return http.securityMatcher("/api/**")
			.authorizeHttpRequests(Permissions::apply)
			.oauth2ResourceServer((server) -> server.opaqueToken((opaque) -> opaque.introspector(access))
				.authenticationEntryPoint(errors)
				.accessDeniedHandler(errors))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(errors).accessDeniedHandler(errors))
			.addFilterAfter(new ApiFilter(errors, engine.push().maxBody().toBytes()), HeaderWriterFilter.class)
			.csrf((csrf) -> csrf.disable())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Bean
	@Order(3)
	SecurityFilterChain deltasyncConsoleSecurity(HttpSecurity http, SignInLimit limit, EngineSettings engine,
			ObjectProvider<ProviderSignIn> providers) throws Exception {
		LostSession lost = new LostSession();
		http.authorizeHttpRequests(Permissions::apply)
			.exceptionHandling((errors) -> errors.accessDeniedHandler(lost)
				.defaultAuthenticationEntryPointFor(lost, new RequestHeaderRequestMatcher(LostSession.LIVE_UPDATE))
				.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"),
						AnyRequestMatcher.INSTANCE))
			.logout((logout) -> logout.logoutSuccessUrl("/login?signed-out"))
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)));
		if (engine.serve().signInForm()) {
			http.addFilterBefore(limit, UsernamePasswordAuthenticationFilter.class)
				.formLogin((form) -> form.loginPage("/login").defaultSuccessUrl("/links"));
		}
		else if (providers.getIfAvailable() == null) {
			throw new ConfigurationException(List.of(new ConfigurationProblem(ConsoleAutoConfiguration.SIGN_IN_FORM,
					null, "is false, so nobody could sign in; configure an identity provider in "
							+ "spring.security.oauth2.client.registration",
					null)));
		}
		providers.ifAvailable((provider) -> provider.apply(http));
		return http.build();
	}

	/** Comes before all filters that look at the session. */
	@Bean
	FilterRegistrationBean<SessionAge> deltasyncSessionAge(EngineSettings engine) {
		FilterRegistrationBean<SessionAge> registration = new FilterRegistrationBean<>(
				new SessionAge(engine.serve().sessionMaxAge(), InstantSource.system()));
		registration.setOrder(SESSION_AGE_ORDER);
		return registration;
	}

	@Bean
	FilterRegistrationBean<SharedAnswers> deltasyncSharedAnswers() {
		FilterRegistrationBean<SharedAnswers> registration = new FilterRegistrationBean<>(
				new SharedAnswers(System::nanoTime, SHARED_ANSWERS_BYTES));
		registration.setOrder(SESSION_AGE_ORDER + 1);
		return registration;
	}

	@Bean
	LocalAccess deltasyncLocalAccess(AccessTokens tokens, Environment environment) {
		return new LocalAccess(tokens, environment.getProperty("spring.datasource.url", ""),
				environment.getProperty("server.address"),
				environment.containsProperty("server.ssl.bundle")
						|| environment.containsProperty("server.ssl.key-store")
						|| environment.containsProperty("server.ssl.certificate"));
	}

	@Bean
	SignInLimit deltasyncSignInLimit() {
		return new SignInLimit(System::nanoTime);
	}

	/** The limit is a part of the console's filter chain only. */
	@Bean
	FilterRegistrationBean<SignInLimit> deltasyncSignInLimitRegistration(SignInLimit limit) {
		FilterRegistrationBean<SignInLimit> registration = new FilterRegistrationBean<>(limit);
		registration.setEnabled(false);
		return registration;
	}

	/**
	 * Removes a listener that the console does not use. After a failed start, Spring Boot
	 * publishes an event; creating the listener for it would fail, and hide why the start
	 * failed.
	 */
	@Bean
	static BeanDefinitionRegistryPostProcessor deltasyncUnusedListener() {
		return (registry) -> {
			if (registry.containsBeanDefinition(UNUSED_LISTENER)) {
				registry.removeBeanDefinition(UNUSED_LISTENER);
			}
		};
	}

	@Bean
	static RoleHierarchy deltasyncRoles() {
		return RoleHierarchyImpl.withDefaultRolePrefix()
			.role(Role.ADMIN.name())
			.implies(Role.OPERATOR.name())
			.role(Role.OPERATOR.name())
			.implies(Role.VIEWER.name())
			.build();
	}

	/** The name of a Link may have any character, which is then encoded in an address. */
	@Bean
	static HttpFirewall deltasyncFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowUrlEncodedSlash(true);
		firewall.setAllowUrlEncodedPercent(true);
		firewall.setAllowUrlEncodedPeriod(true);
		firewall.setAllowSemicolon(true);
		firewall.setAllowBackSlash(true);
		firewall.setAllowUrlEncodedDoubleSlash(true);
		return firewall;
	}

}
