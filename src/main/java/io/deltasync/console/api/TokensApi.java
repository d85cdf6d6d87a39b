package io.deltasync.console.api;

import java.time.Instant;
import java.util.List;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.console.security.AccessControl;
import io.deltasync.console.security.AccessControl.TokenInfo;
import io.deltasync.console.security.Role;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Access tokens in the REST API. A token that is limited to some Links cannot create
 * others, which might not be limited.
 */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensApi {

	private final AccessControl access;

	private final Links links;

	TokensApi(AccessControl access, Links links) {
		this.access = access;
		this.links = links;
	}

	@GetMapping
	Page<TokenInfo> tokens(Authentication authentication) {
		Caller.of(authentication).checkUnlimited();
		return Page.whole(this.access.tokens());
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	CreatedToken createToken(@RequestBody TokenRequest body, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		caller.checkUnlimited();
		if (body.name() == null || body.role() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The fields 'name' and 'role' are needed");
		}
		if (body.links() != null) {
			if (body.links().isEmpty()) {
				throw new ApiException(ProblemType.INVALID_REQUEST,
						"'links' is empty. Leave it out for a token that is not limited to some Links");
			}
			body.links().stream().filter((link) -> !this.links.names().contains(link)).forEach((link) -> {
				throw new ApiException(ProblemType.INVALID_REQUEST, "No Link '%s' is configured".formatted(link));
			});
		}
		return new CreatedToken(body.name(),
				this.access.createToken(body.name(), body.role(), body.links(), body.expiresAt(), caller.person()));
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void deleteToken(@PathVariable String name, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		caller.checkUnlimited();
		this.access.deleteToken(name, caller.person());
	}

	/**
	 * A token that was created. The components are its fields in JSON.
	 *
	 * @param name its name
	 * @param token the token, which is not shown again
	 */
	record CreatedToken(String name, String token) {

	}

	/**
	 * A token to create. The components are its fields in JSON.
	 *
	 * @param name its name, which appears in the audit log
	 * @param role what it may do
	 * @param links the Links that it is limited to; null for all Links
	 * @param expiresAt when it expires; null for never
	 */
	record TokenRequest(@Nullable String name, @Nullable Role role, @Nullable List<String> links,
			@Nullable Instant expiresAt) {

	}

}
