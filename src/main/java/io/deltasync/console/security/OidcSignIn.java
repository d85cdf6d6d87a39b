package io.deltasync.console.security;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.deltasync.config.Secrets;
import io.deltasync.link.OidcSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/**
 * Signs people in and out at OpenID Connect providers.
 */
public final class OidcSignIn implements ProviderSignIn {

	private static final Logger logger = LoggerFactory.getLogger(OidcSignIn.class);

	/** Reasons that the sign-in page explains. */
	private static final Set<String> REASONS = Set.of(OidcPeople.NO_ROLE, OidcPeople.NO_NAME, OidcPeople.NAME_TAKEN);

	private final List<Provider> providers;

	private final ClientRegistrationRepository registrations;

	private final OidcPeople people;

	/**
	 * Creates it.
	 * @param providers the providers
	 * @param registrations DeltaSync's registrations at the providers
	 * @param settings what claims mean
	 * @param taken whether a user with a password has a name
	 */
	public OidcSignIn(List<Provider> providers, ClientRegistrationRepository registrations, OidcSettings settings,
			Predicate<String> taken) {
		this.providers = List.copyOf(providers);
		this.registrations = registrations;
		this.people = new OidcPeople(settings, taken);
	}

	@Override
	public List<Provider> providers() {
		return this.providers;
	}

	@Override
	public void apply(HttpSecurity http) {
		NothingKept nothing = new NothingKept();
		http.oauth2Login((login) -> login.loginPage("/login")
			.clientRegistrationRepository(this.registrations)
			.authorizedClientRepository(nothing)
			.oidcSessionRegistry(nothing)
			.userInfoEndpoint((info) -> info.oidcUserService(this.people).userService((request) -> {
				throw new OAuth2AuthenticationException("the scope of the registration '%s' does not contain openid"
					.formatted(request.getClientRegistration().getRegistrationId()));
			}))
			.failureHandler(OidcSignIn::refused)
			.withObjectPostProcessor(new AwayProviders())
			.defaultSuccessUrl("/links"));
		http.logout((logout) -> logout.logoutSuccessHandler(signOut()));
	}

	private static void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException {
		String reason = (ex instanceof OAuth2AuthenticationException refusal) ? refusal.getError().getErrorCode() : "";
		if (!REASONS.contains(reason)) {
			logger.warn("A person was not signed in: {}", Secrets.mask(text(ex)));
			reason = "provider";
		}
		response.sendRedirect(request.getContextPath() + "/login?" + reason);
	}

	/** The innermost message says most. */
	private static String text(Throwable ex) {
		String message = ex.toString();
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			message = cause.toString();
		}
		return message;
	}

	private LogoutSuccessHandler signOut() {
		OidcClientInitiatedLogoutSuccessHandler handler = new OidcClientInitiatedLogoutSuccessHandler(
				this.registrations);
		handler.setDefaultTargetUrl("/login?signed-out");
		handler.setPostLogoutRedirectUri("{baseUrl}/login");
		RedirectStrategy redirects = new DefaultRedirectStrategy();
		handler.setRedirectStrategy((request, response, url) -> {
			if (url.startsWith("/")) {
				redirects.sendRedirect(request, response, url);
			}
			else {
				show(url, request, response);
			}
		});
		return handler;
	}

	/**
	 * Shows a page instead of redirecting: the content security policy forbids forms to
	 * lead to other hosts, also by a redirect.
	 */
	private static void show(String url, HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.setAttribute(PROVIDER_PAGE, url);
		try {
			request.getRequestDispatcher(SIGNED_OUT).forward(request, response);
		}
		catch (ServletException ex) {
			throw new IOException(ex);
		}
	}

	/** Also explains why nobody can be sent to the provider. */
	private static final class AwayProviders implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

		@Override
		public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
			filter.setAuthenticationFailureHandler(OidcSignIn::refused);
			return filter;
		}

	}

}
