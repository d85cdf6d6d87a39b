package io.deltasync.link;

import java.util.List;

import io.deltasync.config.Section;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an identity provider's claims mean to the console. The provider itself is
 * configured below {@code spring.security.oauth2.client}.
 *
 * @param nameClaim The claim that names a person in the console and in the audit log,
 * such as 'preferred_username' or 'email'
 * @param rolesClaim The claim whose values give people their roles, such as 'groups'. A
 * claim within another one is written with a dot: 'realm_access.roles'
 * @param viewers Values of the claim that make a person a viewer. Default: none
 * @param operators Values of the claim that make a person an operator. Default: none
 * @param admins Values of the claim that make a person an admin. Who has none of all
 * these values has no access. Default: none
 */
public record OidcSettings(@DefaultValue("preferred_username") String nameClaim,
		@DefaultValue("groups") String rolesClaim, @DefaultValue List<String> viewers,
		@DefaultValue List<String> operators, @DefaultValue List<String> admins) {

	void check(Section engine) {
		if (this.nameClaim.isBlank()) {
			engine.problem("serve.oidc.name-claim", "is empty; give the name of a claim, such as email");
		}
		if (this.rolesClaim.isBlank()) {
			engine.problem("serve.oidc.roles-claim", "is empty; give the name of a claim, such as groups");
		}
	}

	/**
	 * Whether anybody can have a role.
	 * @return false if no value of the claim gives a role
	 */
	public boolean givesRoles() {
		return !(this.viewers.isEmpty() && this.operators.isEmpty() && this.admins.isEmpty());
	}

}
