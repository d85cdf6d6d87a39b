package io.deltasync.console.api;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.console.security.AccessControl;
import io.deltasync.console.security.AccessControl.UserInfo;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Users of the console in the REST API. Users are not limited to some Links, so neither
 * is who manages them.
 */
@RestController
@RequestMapping("/api/v1/users")
class UsersApi {

	private final AccessControl access;

	UsersApi(AccessControl access) {
		this.access = access;
	}

	@GetMapping
	Page<UserInfo> users(Authentication authentication) {
		unlimited(authentication);
		return Page.whole(this.access.users());
	}

	@PostMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void addUser(@RequestBody UserRequest body, Authentication authentication) {
		Caller caller = unlimited(authentication);
		if (body.name() == null || body.password() == null || body.role() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The fields 'name', 'password' and 'role' are needed");
		}
		this.access.addUser(body.name(), body.password(), body.role(), caller.person());
	}

	@PutMapping("/{name}/password")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void setPassword(@PathVariable String name, @RequestBody PasswordRequest body, Authentication authentication) {
		Caller caller = unlimited(authentication);
		if (body.password() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The field 'password' is missing");
		}
		this.access.setPassword(name, body.password(), caller.person());
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void deleteUser(@PathVariable String name, Authentication authentication) {
		this.access.deleteUser(name, unlimited(authentication).person());
	}

	private static Caller unlimited(Authentication authentication) {
		Caller caller = Caller.of(authentication);
		caller.checkUnlimited();
		return caller;
	}

	/**
	 * A user to add. The components are its fields in JSON.
	 *
	 * @param name the name
	 * @param password the password
	 * @param role what the user may do
	 */
	record UserRequest(@Nullable String name, @Nullable String password, @Nullable Role role) {

		/** Leaves out the password, which must not reach a log. */
		@Override
		public String toString() {
			return "UserRequest[name=%s, role=%s]".formatted(this.name, this.role);
		}

	}

	/**
	 * A new password. The components are its fields in JSON.
	 *
	 * @param password the password
	 */
	record PasswordRequest(@Nullable String password) {

		@Override
		public String toString() {
			return "PasswordRequest[]";
		}

	}

}
