package io.deltasync.http.connection;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP call failed without an answer that can be used. The message is one sentence for
 * operators, which names the connection and the URL, and contains no secret.
 */
public class HttpException extends IOException {

	private static final long serialVersionUID = 1L;

	HttpException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
