package io.deltasync.console.security;

import java.util.List;
import java.util.Map;

import io.deltasync.link.OidcSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What claims give a person.
 */
class ClaimsTests {

	private static Claims claims(String rolesClaim, Map<String, Object> values) {
		return new Claims(values,
				new OidcSettings("email", rolesClaim, List.of("staff", "all"), List.of("ops"), List.of("platform")));
	}

	@Test
	void highestRoleCounts() {
		assertThat(claims("groups", Map.of("groups", List.of("all", "ops", "other"))).role()).hasValue(Role.OPERATOR);
		assertThat(claims("groups", Map.of("groups", List.of("platform", "ops"))).role()).hasValue(Role.ADMIN);
		assertThat(claims("groups", Map.of("groups", "all")).role()).hasValue(Role.VIEWER);
	}

	@Test
	void nobodyHasARoleWithoutAValueForIt() {
		assertThat(claims("groups", Map.of()).role()).isEmpty();
		assertThat(claims("groups", Map.of("groups", List.of("OPS", "op", "ops "))).role()).isEmpty();
		assertThat(claims("groups", Map.of("groups", Map.of("ops", true))).role()).isEmpty();
		assertThat(new Claims(Map.of("groups", List.of("ops")),
				new OidcSettings("email", "groups", List.of(), List.of(), List.of()))
			.role()).isEmpty();
	}

	@Test
	void claimMayBeWithinAnotherOneOrHaveDots() {
		assertThat(claims("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("ops")))).role())
			.hasValue(Role.OPERATOR);
		assertThat(claims("https://example.com/roles", Map.of("https://example.com/roles", List.of("ops"))).role())
			.hasValue(Role.OPERATOR);
		assertThat(claims("realm_access.roles.x", Map.of("realm_access", Map.of("roles", List.of("ops")))).role())
			.isEmpty();
	}

	@Test
	void nameIsTakenFromItsClaim() {
		assertThat(claims("groups", Map.of("email", "jo@example.com", "sub", "1")).name()).hasValue("jo@example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "token:backup", "two\nlines", " jo" })
	void nameThatCouldBeMistakenIsNone(String name) {
		assertThat(claims("groups", Map.of("email", name)).name()).isEmpty();
		assertThat(claims("groups", Map.of("email", List.of("jo"))).name()).isEmpty();
		assertThat(claims("groups", Map.of("email", "x".repeat(101))).name()).isEmpty();
	}

}
