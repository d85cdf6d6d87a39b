package io.deltasync.http.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.deltasync.http.connection.Transport.CallTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Describes for operators why calls of a connection failed. Shows neither queries nor
 * credentials. Thread-safe.
 */
final class CallFailures {

	private static final int EXCERPT = 300;

	/**
	 * Values in an answer that repeats what it was asked, or contains new credentials.
	 */
	private static final Pattern SECRET = Pattern.compile(
			"(?i)(bearer\\s+(?=\\S{8})|\"?[\\w-]*(?:token|secret|password|api[-_]?key|authorization|signature)\"?\\s*[:=]\\s*\"?)(?:(?:bearer|basic)\\s+)?[^\\s\"&,;}]+");

	private static final String MASK = "***";

	private final String name;

	private final HttpSettings settings;

	private final List<String> secrets;

	CallFailures(String name, HttpSettings settings) {
		this.name = name;
		this.settings = settings;
		Stream<String> headers = (settings.headers() != null) ? settings.headers().values().stream() : Stream.empty();
		// a short value is part of many words, so masking it would reveal it
		this.secrets = Stream.concat(settings.auth().secrets(), headers)
			.filter((secret) -> secret.length() > 5)
			.toList();
	}

	HttpRefusedException otherServer(HttpCall call, URI uri) {
		return new HttpRefusedException(
				"%s is not sent: connection '%s' leads to %s alone, so that its credentials go nowhere else; give the Link a connection to that server"
					.formatted(shown(call, uri), this.name, HttpUrl.origin(URI.create(this.settings.url()))));
	}

	HttpRefusedException redirected(HttpCall call, URI uri, URI next) {
		return new HttpRefusedException(
				"%s (connection '%s') is redirected to another server, %s, which is not followed, so that credentials go nowhere else; if that is the right server, change the connection's url"
					.formatted(shown(call, uri), this.name, HttpUrl.origin(next)));
	}

	HttpRefusedException refusedAddress(HttpCall call, URI uri, String address) {
		return new HttpRefusedException(
				"%s (connection '%s') is not sent: the host has the address %s, which is not public; if that is right, set the connection's allow-private or allow-addresses"
					.formatted(shown(call, uri), this.name, address));
	}

	HttpException tooManyRedirects(HttpCall call, URI uri) {
		return new HttpException("%s (connection '%s') is redirected over and over; correct the path of the Link"
			.formatted(shown(call, uri), this.name), null);
	}

	HttpException malformedRedirect(HttpCall call, URI uri) {
		return new HttpException("%s (connection '%s') is redirected to a malformed URL; ask the server's operator"
			.formatted(shown(call, uri), this.name), null);
	}

	HttpException tooLarge(HttpCall call, URI uri, long limit) {
		return new HttpException(
				"%s (connection '%s') has an answer of more than %s; ask for less at a time, or raise the connection's max-answer"
					.formatted(shown(call, uri), this.name, DataSize.ofBytes(limit)),
				null);
	}

	HttpException whileReading(HttpCall call, URI uri, IOException failure) {
		return new HttpUnavailableException("%s (connection '%s') broke off in the answer: %s"
			.formatted(shown(call, uri), this.name, reason(failure)), failure);
	}

	HttpException unavailable(HttpCall call, URI uri, IOException failure, int attempts) {
		if (failure instanceof HttpException known) {
			return known;
		}
		String message = "%s (connection '%s') has no answer%s: %s".formatted(shown(call, uri), this.name,
				(attempts > 1) ? " after %d attempts".formatted(attempts) : "", reason(failure));
		return new HttpUnavailableException(message, failure);
	}

	HttpRetryLaterException later(HttpCall call, HttpAnswer answer, Duration wait) {
		return new HttpRetryLaterException(
				"%s (connection '%s') answers with status %d and asks for a wait of %d s, which is more than max-wait allows: %s"
					.formatted(shown(call, answer.uri()), this.name, answer.status(), wait.toSeconds(),
							answer.excerpt()),
				wait);
	}

	HttpRetryLaterException tooFast(HttpCall call, URI uri, Duration wait) {
		return new HttpRetryLaterException(
				"%s (connection '%s') is not sent: by the rate-limit its turn is in %d s, which is too long to wait for; run fewer lanes, or raise the limit"
					.formatted(shown(call, uri), this.name, wait.toSeconds()),
				wait);
	}

	HttpException noToken(URI url, int status, @Nullable String error, @Nullable String description, boolean refresh) {
		String why = Stream.of(error, description)
			.filter(Objects::nonNull)
			.map((text) -> ": " + shortLine(String.valueOf(text)))
			.collect(Collectors.joining());
		return new HttpException("Connection '%s' gets no token from %s, which answers with status %d%s; %s"
			.formatted(this.name, HttpUrl.shown(url.toString()), status, why, refresh
					? "if the refresh token has expired or was used elsewhere, configure another one as auth.refresh-token"
					: "check the connection's auth.client-id, auth.client-secret and auth.scope"),
				null);
	}

	private String reason(IOException failure) {
		if (failure instanceof CallTimeoutException) {
			return "it took longer than the call-timeout of %d ms".formatted(this.settings.callTimeout().toMillis());
		}
		if (failure instanceof ConnectTimeoutException) {
			return "the server did not accept a connection within the connect-timeout of %d ms"
				.formatted(this.settings.connectTimeout().toMillis());
		}
		if (failure instanceof SocketTimeoutException) {
			return "the server sent nothing within the read-timeout of %d ms"
				.formatted(this.settings.readTimeout().toMillis());
		}
		if (failure instanceof UnknownHostException) {
			return "DNS does not know the host; check the connection's url";
		}
		if (failure instanceof ConnectException) {
			return "the server refuses connections; check that it runs, and the connection's url";
		}
		if (failure instanceof SSLException) {
			return "TLS failed, check the certificates: " + shortLine(String.valueOf(failure.getMessage()));
		}
		if (failure instanceof NoHttpResponseException) {
			return "the server closed the connection without an answer";
		}
		if (failure instanceof MessageConstraintException) {
			return "the head of the answer is too long";
		}
		return shortLine(String.valueOf(failure.getMessage()));
	}

	/** Makes one short line without credentials of a text written by others. */
	String shortLine(String text) {
		String line = text;
		for (String secret : this.secrets) {
			line = line.replace(secret, MASK);
		}
		line = SECRET.matcher(line.strip().replaceAll("\\s+", " ")).replaceAll("$1" + MASK);
		return (line.length() <= EXCERPT) ? line : line.substring(0, EXCERPT - 1) + "…";
	}

	private static String shown(HttpCall call, URI uri) {
		return call.method() + " " + HttpUrl.shown(uri.toString());
	}

}
