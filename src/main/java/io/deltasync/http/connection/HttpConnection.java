package io.deltasync.http.connection;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the type {@code http}: sends requests to one server. Thread-safe.
 */
public final class HttpConnection {

	private static final int MOST_REDIRECTS = 5;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private static final Set<String> READING = Set.of("GET", "HEAD");

	private final HttpSettings settings;

	private final String location;

	private final URI base;

	private final CallFailures failures;

	private final Credentials credentials;

	private final Transport transport;

	private final @Nullable Pace pace;

	HttpConnection(String name, HttpSettings settings, String location, Supplier<? extends SharedState> state,
			@Nullable SSLContext ssl) {
		this.settings = settings;
		this.location = location;
		this.base = URI.create(settings.url());
		this.failures = new CallFailures(name, settings);
		this.transport = new Transport(settings, ssl);
		this.credentials = settings.auth().hasTokens()
				? new OAuthCredentials(name, settings.auth(),
						new TokenEndpoint(settings, this.transport, this.failures), state)
				: Credentials.fixed(settings.auth());
		this.pace = (settings.rateLimit() != null) ? new Pace(name, state, settings.rateLimit(), settings.maxWait())
				: null;
	}

	/**
	 * Returns the location of the connection's URL, for the identity of an adapter.
	 * @return such as {@code https://api.example.com/v2}
	 */
	public String location() {
		return this.location;
	}

	/**
	 * Sends a request and waits for the beginning of its answer. Identifies itself,
	 * follows redirects of reading requests within the server, and repeats the request
	 * after failures that may pass, if that cannot do harm.
	 * @param call the request
	 * @return the answer with its status, which may be one of an error; must be closed
	 * @throws HttpUnavailableException if the server cannot be reached or does not answer
	 * @throws HttpRetryLaterException if the server asks to be called later than the
	 * connection waits
	 * @throws HttpException if the answer cannot be used
	 * @throws HttpRefusedException if the call or a redirect leads to another server, or
	 * to an address that the connection does not allow
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public HttpAnswer send(HttpCall call) throws HttpException, InterruptedException {
		return send(call, () -> {
		});
	}

	/**
	 * Sends a request like {@link #send(HttpCall)}, if an action before each attempt
	 * allows it.
	 * @param call the request
	 * @param beforeAttempt runs immediately before anything is sent; its exceptions are
	 * thrown
	 * @return the answer with its status, which may be one of an error; must be closed
	 * @throws HttpUnavailableException if the server cannot be reached or does not answer
	 * @throws HttpRetryLaterException if the server asks to be called later than the
	 * connection waits
	 * @throws HttpException if the answer cannot be used
	 * @throws HttpRefusedException if the call or a redirect leads to another server, or
	 * to an address that the connection does not allow
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public HttpAnswer send(HttpCall call, Runnable beforeAttempt) throws HttpException, InterruptedException {
		URI uri = HttpUrl.of(this.base, call.target(), call.query());
		if (!HttpUrl.sameServer(uri, this.base)) {
			throw this.failures.otherServer(call, uri);
		}
		Attempts attempts = new Attempts(this.settings, this.failures);
		int redirects = 0;
		boolean renewed = false;
		while (true) {
			keepPace(call, uri);
			// each attempt, since a token may expire while a call waits
			Credentials.Given given = this.credentials.current();
			beforeAttempt.run();
			HttpAnswer answer;
			try {
				answer = attempt(call, uri, given);
			}
			catch (IOException ex) {
				attempts.waitAfter(call, uri, ex);
				continue;
			}
			URI next = redirect(call, answer);
			if (next != null) {
				answer.close();
				if (++redirects > MOST_REDIRECTS) {
					throw this.failures.tooManyRedirects(call, uri);
				}
				uri = next;
			}
			else if (answer.status() == 401 && !renewed && this.credentials.renew(given)) {
				answer.close();
				renewed = true;
			}
			else if (!attempts.waitAfter(call, answer)) {
				return answer;
			}
		}
	}

	private void keepPace(HttpCall call, URI uri) throws HttpRetryLaterException, InterruptedException {
		Duration wait = (this.pace != null) ? this.pace.take() : Duration.ZERO;
		if (!wait.isZero()) {
			throw this.failures.tooFast(call, uri, wait);
		}
	}

	private HttpAnswer attempt(HttpCall call, URI uri, Credentials.Given given) throws IOException {
		HttpUriRequestBase request = new HttpUriRequestBase(call.method(),
				HttpUrl.of(uri, uri.toString(), new ArrayList<>(given.query().entrySet())));
		request.setHeader("Accept-Encoding", "gzip");
		if (this.settings.headers() != null) {
			this.settings.headers().forEach(request::setHeader);
		}
		call.headers().forEach(request::setHeader);
		given.headers().forEach(request::setHeader);
		HttpCall.Body body = call.body();
		if (body != null) {
			request.setEntity(new ByteArrayEntity(body.content(), ContentType.parse(body.type())));
		}
		Transport.Exchange exchange = this.transport.execute(request);
		HttpEntity entity = exchange.response().getEntity();
		AnswerBody.Failures reading = new AnswerBody.Failures(
				(ex) -> this.failures.whileReading(call, uri, exchange.limits().cause(ex)),
				(limit) -> this.failures.tooLarge(call, uri, limit), this.failures::shortLine);
		return new HttpAnswer(uri, exchange, new AnswerBody((entity != null) ? entity.getContent() : null,
				this.settings.maxAnswer().toBytes(), reading));
	}

	/**
	 * Returns where a reading request is redirected to; null if it is not. Anything else
	 * could be written twice, or with another method.
	 */
	private @Nullable URI redirect(HttpCall call, HttpAnswer answer) throws HttpException {
		String place = answer.header("Location");
		if (!REDIRECTS.contains(answer.status()) || place == null) {
			return null;
		}
		URI next;
		try {
			next = answer.uri().resolve(place.strip());
		}
		catch (IllegalArgumentException ex) {
			answer.close();
			throw this.failures.malformedRedirect(call, answer.uri());
		}
		if (!HttpUrl.sameServer(next, this.base)) {
			answer.close();
			throw this.failures.redirected(call, answer.uri(), next);
		}
		return READING.contains(call.method()) ? next : null;
	}

	/** Closes the sockets. */
	void close() {
		this.transport.close();
	}

	@Override
	public String toString() {
		return this.location;
	}

}
