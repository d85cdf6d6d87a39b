package io.deltasync.http.connection;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, did not answer in time, or broke off its answer. The
 * same call may succeed later.
 */
public final class HttpUnavailableException extends HttpException {

	private static final long serialVersionUID = 1L;

	HttpUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
