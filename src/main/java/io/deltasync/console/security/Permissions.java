package io.deltasync.console.security;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Which role each address needs. What is not listed is denied.
 */
public final class Permissions {

	/** Addresses of actions that only admins may take. */
	private static final String[] ADMIN = { "/links/*/window", "/api/v1/links/*/window", "/api/v1/prune",
			"/api/v1/forget", "/users/**", "/tokens/**" };

	/** Addresses of the other actions. */
	private static final String[] OPERATOR = { "/links/**", "/events/**", "/rejects/**", "/executions/**",
			"/api/v1/links/**", "/api/v1/events/**", "/api/v1/rejects/**", "/api/v1/executions/**" };

	/** The address to which records are pushed; below it are the requests. */
	private static final String RECORDS = "/api/v1/links/*/records";

	private Permissions() {
	}

	/**
	 * Applies the permissions.
	 * @param requests the rules of a filter chain
	 */
	public static void apply(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.requestMatchers("/assets/**", "/login", ProviderSignIn.SIGNED_OUT, "/error").permitAll();
		requests.requestMatchers(HttpMethod.POST, RECORDS).hasAnyRole(Role.PUSH.name(), Role.OPERATOR.name());
		requests.requestMatchers(HttpMethod.GET, RECORDS + "/*").hasAnyRole(Role.PUSH.name(), Role.VIEWER.name());
		for (HttpMethod method : new HttpMethod[] { HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE }) {
			requests.requestMatchers(method, ADMIN).hasRole(Role.ADMIN.name());
			requests.requestMatchers(method, OPERATOR).hasRole(Role.OPERATOR.name());
		}
		requests.requestMatchers("/api/v1/users/**", "/api/v1/tokens/**").hasRole(Role.ADMIN.name());
		requests.requestMatchers(HttpMethod.GET, "/**").hasRole(Role.VIEWER.name());
		// no such handler exists: an admin learns that from the status, not from a denial
		requests.requestMatchers("/api/**").hasRole(Role.ADMIN.name());
		requests.anyRequest().denyAll();
	}

}
