package io.deltasync.http.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an HTTP connection identifies itself.
 *
 * @param type 'none', 'basic', 'bearer' or 'api-key'
 * @param username The user, for 'basic'
 * @param password The user's password, for 'basic'
 * @param token The token, for 'bearer'
 * @param apiKey The key, for 'api-key'
 * @param header The header with the key, such as 'X-Api-Key'
 * @param query The query parameter with the key, if the server takes it nowhere else:
 * servers write the URLs of requests into their logs
 */
record HttpAuth(@DefaultValue("none") Type type, @Nullable String username, @Nullable String password,
		@Nullable String token, @Nullable String apiKey, @Nullable String header, @Nullable String query) {

	/** A way to identify oneself. */
	enum Type {

		NONE, BASIC, BEARER, API_KEY

	}

	/** Returns what is wrong, by the key below the connection. */
	Map<String, String> problems() {
		Map<String, String> problems = new LinkedHashMap<>();
		require(problems, Type.BASIC, "username", this.username);
		require(problems, Type.BASIC, "password", this.password);
		require(problems, Type.BEARER, "token", this.token);
		require(problems, Type.API_KEY, "api-key", this.apiKey);
		if (this.type == Type.API_KEY && (this.header == null) == (this.query == null)) {
			problems.put("auth.header", "must be given if auth.query is not, and left out if it is");
		}
		return problems;
	}

	private void require(Map<String, String> problems, Type by, String key, @Nullable String value) {
		if (this.type == by && (value == null || value.isBlank())) {
			problems.put("auth." + key, "is missing; auth.type %s needs it".formatted(name()));
		}
		else if (this.type != by && value != null) {
			problems.put("auth." + key, "is not used by auth.type %s; leave it out".formatted(name()));
		}
	}

	private String name() {
		return this.type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	/** Returns the values that no message may show. */
	Stream<String> secrets() {
		return Stream.of(this.password, this.token, this.apiKey).filter(Objects::nonNull).map(String::valueOf);
	}

	@Override
	public String toString() {
		return name();
	}

}
