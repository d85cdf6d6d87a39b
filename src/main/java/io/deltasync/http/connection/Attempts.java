package io.deltasync.http.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.SSLHandshakeException;

import io.deltasync.http.connection.CheckedAddresses.RefusedAddressException;
import io.deltasync.http.connection.Transport.CallEndedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call is made again, and waits before it is. Confined to one call.
 */
final class Attempts {

	private static final Duration FIRST_WAIT = Duration.ofMillis(500);

	/** What to wait for if a server does not say how long it is busy. */
	private static final Duration UNKNOWN_WAIT = Duration.ofMinutes(1);

	private static final int TOO_MANY = 429;

	private static final int UNAVAILABLE = 503;

	/** Failures of the server or of a proxy that may pass. */
	private static final Set<Integer> PASSING = Set.of(408, 425, 500, 502, UNAVAILABLE, 504);

	private final HttpSettings settings;

	private final CallFailures failures;

	private final Clock clock = Clock.systemUTC();

	private int made;

	private Duration waited = Duration.ZERO;

	Attempts(HttpSettings settings, CallFailures failures) {
		this.settings = settings;
		this.failures = failures;
	}

	/**
	 * Waits after a failure without an answer.
	 * @throws HttpException if the call is not made again
	 */
	void waitAfter(HttpCall call, URI uri, IOException failure) throws HttpException, InterruptedException {
		if (failure instanceof RefusedAddressException) {
			throw this.failures.refusedAddress(call, uri, String.valueOf(failure.getMessage()));
		}
		this.made++;
		boolean passing = !(failure instanceof SSLHandshakeException || failure instanceof CallEndedException);
		if (this.made > this.settings.retries() || !passing || !(call.repeatable() || isUnsent(failure))) {
			throw this.failures.unavailable(call, uri, failure, this.made);
		}
		pause(backOff());
	}

	/**
	 * Waits after an answer if the call is to be made again, and then closes the answer.
	 * @return whether the call is to be made again
	 * @throws HttpRetryLaterException if the server asks for a longer wait than is
	 * allowed
	 */
	boolean waitAfter(HttpCall call, HttpAnswer answer) throws HttpRetryLaterException, InterruptedException {
		int status = answer.status();
		boolean busy = status == TOO_MANY || status == UNAVAILABLE;
		Duration asked = busy ? asked(answer) : null;
		if (asked != null && this.waited.plus(asked).compareTo(this.settings.maxWait()) > 0) {
			throw later(call, answer, asked);
		}
		this.made++;
		boolean spent = this.made > this.settings.retries();
		if (status == TOO_MANY && spent) {
			throw later(call, answer, (asked != null) ? asked : UNKNOWN_WAIT);
		}
		if (spent || !(status == TOO_MANY || (PASSING.contains(status) && call.repeatable()))) {
			return false;
		}
		answer.close();
		pause((asked != null) ? asked.plusMillis(ThreadLocalRandom.current().nextLong(100)) : backOff());
		return true;
	}

	private @Nullable Duration asked(HttpAnswer answer) {
		Instant now = this.clock.instant();
		Duration asked = RetryAfter.of(answer.header("Retry-After"), answer.date(), now);
		String reset = this.settings.resetHeader();
		return (asked == null && reset != null) ? RetryAfter.ofReset(answer.header(reset), answer.date(), now) : asked;
	}

	private HttpRetryLaterException later(HttpCall call, HttpAnswer answer, Duration wait) {
		HttpRetryLaterException later = this.failures.later(call, answer, wait);
		answer.close();
		return later;
	}

	/** Whether the request has certainly not reached the server. */
	private static boolean isUnsent(IOException failure) {
		return failure instanceof ConnectException || failure instanceof ConnectTimeoutException
				|| failure instanceof UnknownHostException || failure instanceof NoRouteToHostException;
	}

	/** Doubles with each attempt, by a random part less, so that lanes spread out. */
	private Duration backOff() {
		long most = FIRST_WAIT.toMillis() << Math.min(this.made - 1, 10);
		Duration wait = Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
		return (wait.compareTo(this.settings.maxWait()) < 0) ? wait : this.settings.maxWait();
	}

	private void pause(Duration wait) throws InterruptedException {
		this.waited = this.waited.plus(wait);
		Pause.of(wait);
	}

}
