package io.deltasync.console.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.deltasync.link.OidcSettings;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says about a person.
 *
 * @param values the values of the claims by name
 * @param settings what they mean
 */
record Claims(Map<String, Object> values, OidcSettings settings) {

	private static final int MAX_NAME = 100;

	/**
	 * Returns the person's highest role.
	 * @return the role; empty if no value of the claim gives one
	 */
	Optional<Role> role() {
		Collection<String> values = rolesClaim();
		if (containsAny(values, this.settings.admins())) {
			return Optional.of(Role.ADMIN);
		}
		if (containsAny(values, this.settings.operators())) {
			return Optional.of(Role.OPERATOR);
		}
		return containsAny(values, this.settings.viewers()) ? Optional.of(Role.VIEWER) : Optional.empty();
	}

	/**
	 * Returns the person's name. A colon would make it look like a token in the audit
	 * log.
	 * @return the name; empty if it is missing or cannot be stored
	 */
	Optional<String> name() {
		return (this.values.get(this.settings.nameClaim()) instanceof String name && !name.isBlank()
				&& name.equals(name.strip()) && name.length() <= MAX_NAME && name.indexOf(':') < 0
				&& name.chars().noneMatch(Character::isISOControl)) ? Optional.of(name) : Optional.empty();
	}

	/**
	 * Returns the values of the claim that gives roles.
	 * @return the values; empty if there is no such claim
	 */
	List<String> rolesClaim() {
		String name = this.settings.rolesClaim();
		// the names of some claims are URLs, which have dots
		@Nullable Object claim = this.values.containsKey(name) ? this.values.get(name) : within(name);
		if (claim instanceof Collection<?> several) {
			return several.stream().map(String::valueOf).toList();
		}
		return (claim != null) ? List.of(String.valueOf(claim)) : List.of();
	}

	private @Nullable Object within(String path) {
		@Nullable Object found = this.values;
		for (String name : Arrays.asList(path.split("\\."))) {
			found = (found instanceof Map<?, ?> map) ? map.get(name) : null;
		}
		return found;
	}

	private static boolean containsAny(Collection<String> values, Collection<String> wanted) {
		return wanted.stream().anyMatch(values::contains);
	}

}
