package io.deltasync.console.security;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * Keeps neither the access tokens of people who have signed in at an identity provider,
 * which nothing needs, nor a list of their sessions.
 */
final class NothingKept implements OAuth2AuthorizedClientRepository, OidcSessionRegistry {

	@Override
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registration,
			Authentication person, HttpServletRequest request) {
		return null;
	}

	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person, HttpServletRequest request,
			HttpServletResponse response) {
	}

	@Override
	public void removeAuthorizedClient(String registration, Authentication person, HttpServletRequest request,
			HttpServletResponse response) {
	}

	@Override
	public void saveSessionInformation(OidcSessionInformation session) {
	}

	@Override
	public @Nullable OidcSessionInformation removeSessionInformation(String session) {
		return null;
	}

	@Override
	public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
		return List.of();
	}

}
