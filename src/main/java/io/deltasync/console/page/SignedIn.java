package io.deltasync.console.page;

import java.security.Principal;

import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Adds the person who is signed in to every page.
 */
@ControllerAdvice(basePackageClasses = SignedIn.class)
class SignedIn {

	private final RoleHierarchy roles;

	SignedIn(RoleHierarchy roles) {
		this.roles = roles;
	}

	@ModelAttribute("user")
	@Nullable String user(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	/** Actions that the person may not take are not shown. */
	@ModelAttribute("may")
	May may(@Nullable Authentication person) {
		return new May(has(person, Role.OPERATOR), has(person, Role.ADMIN));
	}

	private boolean has(@Nullable Authentication person, Role role) {
		return person != null && this.roles.getReachableGrantedAuthorities(person.getAuthorities())
			.stream()
			.anyMatch((authority) -> role.authority().equals(authority.getAuthority()));
	}

	/**
	 * What a person may do.
	 *
	 * @param operate what operators do
	 * @param administer what admins do
	 */
	public record May(boolean operate, boolean administer) {
	}

}
