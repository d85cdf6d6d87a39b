package io.deltasync.cli.server;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.cli.backend.Access;
import io.deltasync.console.security.AccessControl.TokenInfo;
import io.deltasync.console.security.AccessControl.UserInfo;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Gives and takes access through a server.
 */
final class ServedAccess implements Access {

	private final ApiClient api;

	ServedAccess(ApiClient api) {
		this.api = api;
	}

	@Override
	public List<TokenInfo> tokens() {
		return this.api.list("tokens", TokenInfo.class);
	}

	@Override
	public String createToken(String name, Role role, @Nullable List<String> links, @Nullable Instant expires) {
		Map<String, Object> body = new HashMap<>(Map.of("name", name, "role", role));
		if (links != null) {
			body.put("links", links);
		}
		if (expires != null) {
			body.put("expiresAt", expires);
		}
		return this.api.post("tokens", body, CreatedToken.class).token();
	}

	@Override
	public void deleteToken(String name) {
		this.api.request("DELETE", "tokens/" + ApiClient.encode(name), null, null);
	}

	@Override
	public List<UserInfo> users() {
		return this.api.list("users", UserInfo.class);
	}

	@Override
	public void addUser(String name, String password, Role role) {
		this.api.request("POST", "users", Map.of("name", name, "password", password, "role", role), null);
	}

	@Override
	public void setPassword(String name, String password) {
		this.api.request("PUT", "users/%s/password".formatted(ApiClient.encode(name)), Map.of("password", password),
				null);
	}

	@Override
	public void deleteUser(String name) {
		this.api.request("DELETE", "users/" + ApiClient.encode(name), null, null);
	}

	/** The answer that has the token. */
	record CreatedToken(String token) {

	}

}
