package io.deltasync.http.connection;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * What a request needs to be accepted. Thread-safe.
 */
interface Credentials {

	/**
	 * Returns the credentials for the next attempt.
	 * @throws HttpException if they cannot be had at present
	 */
	Given current() throws HttpException, InterruptedException;

	/**
	 * Gets new credentials after the server has refused some.
	 * @param refused the refused credentials
	 * @return false if there cannot be others
	 * @throws HttpException if they cannot be had at present
	 */
	default boolean renew(Given refused) throws HttpException, InterruptedException {
		return false;
	}

	/** Returns the credentials of a connection that never change. */
	static Credentials fixed(HttpAuth auth) {
		Given given = switch (auth.type()) {
			case NONE, OAUTH2_CLIENT_CREDENTIALS, OAUTH2_REFRESH_TOKEN -> Given.NONE;
			case BASIC -> new Given(
					Map.of("Authorization", "Basic " + Base64.getEncoder()
						.encodeToString((auth.username() + ":" + auth.password()).getBytes(StandardCharsets.UTF_8))),
					Map.of());
			case BEARER -> Given.bearer(Objects.requireNonNull(auth.token()));
			case API_KEY -> {
				String key = Objects.requireNonNull(auth.apiKey());
				yield (auth.header() != null) ? new Given(Map.of(auth.header(), key), Map.of())
						: new Given(Map.of(), Map.of(Objects.requireNonNull(auth.query()), key));
			}
		};
		return () -> given;
	}

	/**
	 * What is added to a request.
	 *
	 * @param headers by name
	 * @param query parameters by name, not encoded
	 */
	record Given(Map<String, String> headers, Map<String, String> query) {

		static final Given NONE = new Given(Map.of(), Map.of());

		static Given bearer(String token) {
			return new Given(Map.of("Authorization", "Bearer " + token), Map.of());
		}

		@Override
		public String toString() {
			return "Given";
		}

	}

}
