package io.deltasync.http.connection;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Tokens of OAuth 2, which are renewed before they expire, and when the server refuses
 * them. One thread renews them for all; with a refresh token, one thread of all
 * processes, because a server may accept a refresh token only once. Thread-safe.
 */
final class OAuthCredentials implements Credentials {

	private final String connection;

	private final TokenEndpoint endpoint;

	private final Supplier<? extends SharedState> state;

	private final InstantSource clock = InstantSource.system();

	private final ReentrantLock lock = new ReentrantLock();

	private final @Nullable String configured;

	private final TokenSeal seal;

	private volatile @Nullable Tokens tokens;

	OAuthCredentials(String connection, HttpAuth auth, TokenEndpoint endpoint, Supplier<? extends SharedState> state) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.state = state;
		this.configured = auth.refreshToken();
		this.seal = new TokenSeal((auth.clientSecret() != null) ? auth.clientSecret()
				: Objects.requireNonNullElse(auth.refreshToken(), ""));
	}

	@Override
	public Given current() throws HttpException, InterruptedException {
		Tokens known = this.tokens;
		return given((known != null && known.isFresh(this.clock.instant())) ? known : renewed(known));
	}

	@Override
	public boolean renew(Given refused) throws HttpException, InterruptedException {
		Tokens known = this.tokens;
		// another thread may have renewed it since
		if (known != null && given(known).equals(refused)) {
			renewed(known);
		}
		return true;
	}

	private Tokens renewed(@Nullable Tokens old) throws HttpException, InterruptedException {
		this.lock.lockInterruptibly();
		try {
			Tokens known = this.tokens;
			if (known == null || known.equals(old)) {
				known = (this.configured != null) ? exchanged(this.configured, old) : this.endpoint.ask(null);
				this.tokens = known;
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Exchanges the refresh token that was stored last, or the configured one. */
	private Tokens exchanged(String first, @Nullable Tokens old) throws HttpException, InterruptedException {
		String origin = RepositoryState.digest(first);
		Tokens[] result = new Tokens[1];
		this.state.get().replaceTokens(this.connection, (stored) -> {
			boolean usable = origin.equals(stored.configured()) && stored.tokens() != null;
			Tokens last = usable ? Tokens.read(this.seal.open(Objects.requireNonNull(stored.tokens()))) : null;
			if (last != null && !last.equals(old) && last.isFresh(this.clock.instant())) {
				// another process has renewed it
				result[0] = last;
				return stored;
			}
			String refresh = (last != null && last.refresh() != null) ? last.refresh() : first;
			if (result[0] == null) {
				// a transaction that is repeated must not use the same refresh token
				// again
				result[0] = this.endpoint.ask(refresh);
			}
			return new SharedState.Stored(origin, this.seal.seal(result[0].written()));
		});
		return result[0];
	}

	private static Given given(Tokens tokens) {
		return Given.bearer(tokens.access());
	}

}
