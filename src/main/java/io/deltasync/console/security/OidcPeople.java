package io.deltasync.console.security;

import java.util.List;
import java.util.function.Predicate;

import io.deltasync.link.OidcSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Gives people who have signed in at an identity provider their names and roles, and
 * refuses those who have none.
 */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

	/** Why a person is refused: no claim gives a role. */
	static final String NO_ROLE = "no-role";

	/** Why a person is refused: the claim for the name is missing or not a name. */
	static final String NO_NAME = "no-name";

	/** Why a person is refused: somebody else may have that name. */
	static final String NAME_TAKEN = "name-taken";

	private static final Logger logger = LoggerFactory.getLogger(OidcPeople.class);

	private final OAuth2UserService<OidcUserRequest, OidcUser> provider = new OidcUserService();

	private final OidcSettings settings;

	private final Predicate<String> taken;

	/**
	 * Creates it.
	 * @param settings what claims mean
	 * @param taken whether a user with a password has a name
	 */
	OidcPeople(OidcSettings settings, Predicate<String> taken) {
		this.settings = settings;
		this.taken = taken;
	}

	@Override
	public OidcUser loadUser(OidcUserRequest request) {
		OidcUser user = this.provider.loadUser(request);
		Claims claims = new Claims(user.getClaims(), this.settings);
		String name = claims.name().orElseThrow(() -> {
			logger.warn(
					"A person was not signed in: the claim '{}' is missing, or not a name of 1 to 100 characters without colons",
					this.settings.nameClaim());
			return new OAuth2AuthenticationException(NO_NAME);
		});
		Role role = claims.role().orElseThrow(() -> {
			logger.warn(
					"'{}' was not signed in: no value of the claim '{}' has a role in deltasync.serve.oidc; the values are {}",
					name, this.settings.rolesClaim(), claims.rolesClaim());
			return new OAuth2AuthenticationException(NO_ROLE);
		});
		if (this.taken.test(name)) {
			logger.warn(
					"'{}' was not signed in: a user with a password has that name, and the audit log could not tell them apart; delete that user with 'user delete'",
					name);
			throw new OAuth2AuthenticationException(NAME_TAKEN);
		}
		return new DefaultOidcUser(List.of(new SimpleGrantedAuthority(role.authority())), user.getIdToken(),
				user.getUserInfo(), this.settings.nameClaim());
	}

}
