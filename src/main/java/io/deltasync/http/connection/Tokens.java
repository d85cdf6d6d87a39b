package io.deltasync.http.connection;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of a connection.
 *
 * @param access the token of requests
 * @param renewAt from when on it should be renewed
 * @param refresh the token that the next renewal needs; null if none is needed
 */
record Tokens(String access, Instant renewAt, @Nullable String refresh) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Renewing early leaves time for requests that are on their way. */
	private static final Duration EARLY = Duration.ofSeconds(60);

	static Tokens of(String access, @Nullable Duration life, @Nullable String refresh, Instant now) {
		Duration known = (life != null) ? life : Duration.ofMinutes(5);
		Duration early = (known.dividedBy(5).compareTo(EARLY) < 0) ? known.dividedBy(5) : EARLY;
		return new Tokens(access, now.plus(known).minus(early), refresh);
	}

	static @Nullable Tokens read(@Nullable String json) {
		try {
			return (json != null) ? JSON.readValue(json, Tokens.class) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	String written() {
		return JSON.writeValueAsString(this);
	}

	boolean isFresh(Instant now) {
		return now.isBefore(this.renewAt);
	}

	@Override
	public String toString() {
		return "Tokens until " + this.renewAt;
	}

}
