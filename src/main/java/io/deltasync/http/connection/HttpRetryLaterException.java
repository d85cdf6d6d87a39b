package io.deltasync.http.connection;

import java.time.Duration;

/**
 * The server asks to be called later than the connection waits.
 */
public final class HttpRetryLaterException extends HttpException {

	private static final long serialVersionUID = 1L;

	private final Duration wait;

	HttpRetryLaterException(String message, Duration wait) {
		super(message, null);
		this.wait = wait;
	}

	/**
	 * Returns when to call again.
	 * @return the time from now on, more than zero
	 */
	public Duration duration() {
		return this.wait;
	}

}
