package io.deltasync.http.connection;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an HTTP connection identifies itself.
 *
 * @param type 'none', 'basic', 'bearer', 'api-key', 'oauth2-client-credentials' or
 * 'oauth2-refresh-token'
 * @param username The user, for 'basic'
 * @param password The user's password, for 'basic'
 * @param token The token, for 'bearer'
 * @param apiKey The key, for 'api-key'
 * @param header The header with the key, such as 'X-Api-Key'
 * @param query The query parameter with the key, if the server takes it nowhere else:
 * servers write the URLs of requests into their logs
 * @param tokenUrl The URL that issues tokens, for both types of 'oauth2'
 * @param clientId The client, for both types of 'oauth2'
 * @param clientSecret The client's secret. 'oauth2-client-credentials' needs it
 * @param clientIn Where token-url takes the client: in the 'header', or in the 'body'
 * @param refreshToken The first refresh token, for 'oauth2-refresh-token'. Later ones are
 * kept in the JobRepository's database
 * @param scope The scopes to ask for, separated by blanks
 * @param parameters More parameters for token-url, such as 'audience'
 */
record HttpAuth(@DefaultValue("none") Type type, @Nullable String username, @Nullable String password,
		@Nullable String token, @Nullable String apiKey, @Nullable String header, @Nullable String query,
		@Nullable String tokenUrl, @Nullable String clientId, @Nullable String clientSecret,
		@DefaultValue("header") ClientIn clientIn, @Nullable String refreshToken, @Nullable String scope,
		@Nullable Map<String, String> parameters) {

	private static final Set<Type> OAUTH = EnumSet.of(Type.OAUTH2_CLIENT_CREDENTIALS, Type.OAUTH2_REFRESH_TOKEN);

	/** A way to identify oneself. */
	enum Type {

		NONE, BASIC, BEARER, API_KEY, OAUTH2_CLIENT_CREDENTIALS, OAUTH2_REFRESH_TOKEN

	}

	/** Where the client identifies itself to the URL that issues tokens. */
	enum ClientIn {

		HEADER, BODY

	}

	/** Whether there are tokens that have to be renewed. */
	boolean hasTokens() {
		return OAUTH.contains(this.type);
	}

	/** Returns what is wrong, by the key below the connection. */
	Map<String, String> problems() {
		Map<String, String> problems = new LinkedHashMap<>();
		require(problems, EnumSet.of(Type.BASIC), "username", this.username);
		require(problems, EnumSet.of(Type.BASIC), "password", this.password);
		require(problems, EnumSet.of(Type.BEARER), "token", this.token);
		require(problems, EnumSet.of(Type.API_KEY), "api-key", this.apiKey);
		require(problems, OAUTH, "token-url", this.tokenUrl);
		require(problems, OAUTH, "client-id", this.clientId);
		require(problems, EnumSet.of(Type.OAUTH2_REFRESH_TOKEN), "refresh-token", this.refreshToken);
		if (this.type != Type.OAUTH2_REFRESH_TOKEN) {
			require(problems, EnumSet.of(Type.OAUTH2_CLIENT_CREDENTIALS), "client-secret", this.clientSecret);
		}
		String url = (this.tokenUrl != null) ? HttpUrl.problem(this.tokenUrl) : null;
		if (url != null) {
			problems.put("auth.token-url", url);
		}
		if (this.type == Type.API_KEY && (this.header == null) == (this.query == null)) {
			problems.put("auth.header", "must be given if auth.query is not, and left out if it is");
		}
		return problems;
	}

	private void require(Map<String, String> problems, Set<Type> by, String key, @Nullable String value) {
		if (by.contains(this.type) && (value == null || value.isBlank())) {
			problems.put("auth." + key, "is missing; auth.type %s needs it".formatted(name()));
		}
		else if (!by.contains(this.type) && value != null) {
			problems.put("auth." + key, "is not used by auth.type %s; leave it out".formatted(name()));
		}
	}

	private String name() {
		return this.type.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Returns the values that no message may show. */
	Stream<String> secrets() {
		return Stream.of(this.password, this.token, this.apiKey, this.clientSecret, this.refreshToken)
			.filter(Objects::nonNull)
			.map(String::valueOf);
	}

	@Override
	public String toString() {
		return name();
	}

}
