package io.deltasync.notify;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.deltasync.config.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes short HTTP requests. The whole request has a time limit, and redirects are not
 * followed, because they could lead a signed message to somebody else. Thread-safe.
 */
final class HttpCalls {

	private static final int FIRST_SUCCESS = 200;

	private static final int FIRST_REDIRECT = 300;

	private static final int FIRST_ERROR = 400;

	private final Duration limit;

	private @Nullable HttpClient client;

	HttpCalls(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Makes a request.
	 * @param request the request
	 * @return the status, in words
	 * @throws UndeliveredException unless the answer is a success; its message contains
	 * no more of the address than the host
	 */
	String call(HttpRequest request) throws UndeliveredException {
		String place = WebAddress.place(request.uri().toString());
		CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request,
				HttpResponse.BodyHandlers.discarding());
		try {
			int status = answer.get(this.limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
			if (status < FIRST_SUCCESS || status >= FIRST_REDIRECT) {
				throw new UndeliveredException("%s answered %d%s".formatted(place, status,
						(status >= FIRST_REDIRECT && status < FIRST_ERROR) ? "; redirects are not followed" : ""));
			}
			return "answered " + status;
		}
		catch (TimeoutException ex) {
			throw new UndeliveredException(noAnswer(place));
		}
		catch (ExecutionException ex) {
			throw new UndeliveredException(words(ex.getCause(), place));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UndeliveredException("the process is ending");
		}
		finally {
			answer.cancel(true);
		}
	}

	/** Created when it is needed first, because most processes send nothing. */
	private synchronized HttpClient client() {
		if (this.client == null) {
			this.client = HttpClient.newBuilder()
				.connectTimeout(this.limit)
				.followRedirects(HttpClient.Redirect.NEVER)
				.version(HttpClient.Version.HTTP_1_1)
				.build();
		}
		return this.client;
	}

	private String words(@Nullable Throwable thrown, String place) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
				return "the host of %s is unknown".formatted(place);
			}
		}
		if (thrown instanceof ConnectException) {
			return "%s refused the connection".formatted(place);
		}
		if (thrown instanceof HttpTimeoutException) {
			return noAnswer(place);
		}
		return "the connection to %s failed%s".formatted(place,
				(thrown != null && thrown.getMessage() != null) ? ": " + thrown.getMessage() : "");
	}

	private String noAnswer(String place) {
		return "%s has not answered within %d s".formatted(place, Math.max(1, this.limit.toSeconds()));
	}

}
