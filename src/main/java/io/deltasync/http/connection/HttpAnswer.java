package io.deltasync.http.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, whatever its status is. Must be closed. Confined to one thread
 * at a time.
 */
public final class HttpAnswer implements AutoCloseable {

	private final URI uri;

	private final Transport.Exchange exchange;

	private final ClassicHttpResponse response;

	private final AnswerBody body;

	HttpAnswer(URI uri, Transport.Exchange exchange, AnswerBody body) {
		this.uri = uri;
		this.exchange = exchange;
		this.response = exchange.response();
		this.body = body;
	}

	/**
	 * Returns the status.
	 * @return such as 200
	 */
	public int status() {
		return this.response.getCode();
	}

	/**
	 * Whether the status is one of success.
	 * @return true for 200 to 299
	 */
	public boolean isSuccess() {
		return status() >= 200 && status() < 300;
	}

	/**
	 * Returns a header.
	 * @param name its name, regardless of case
	 * @return its first value; null if there is none
	 */
	public @Nullable String header(String name) {
		Header header = this.response.getFirstHeader(name);
		return (header != null) ? header.getValue() : null;
	}

	/**
	 * Returns all values of a header.
	 * @param name its name, regardless of case
	 * @return the values in their order; may be empty
	 */
	public List<String> headers(String name) {
		return Stream.of(this.response.getHeaders(name)).map(Header::getValue).toList();
	}

	/**
	 * Returns the body. It is decompressed and not buffered, so it must be read while the
	 * server waits.
	 * @return the body, always the same stream; empty if the answer has none. Its
	 * exceptions are {@link HttpException}s: {@link HttpUnavailableException} if the
	 * server breaks off or stalls
	 */
	public InputStream body() {
		return this.body;
	}

	/**
	 * Returns the beginning of the body of an answer that is an error. The body cannot be
	 * read otherwise after that.
	 * @return up to 16 KB
	 * @throws IOException if the body cannot be read
	 */
	public byte[] beginning() throws IOException {
		return this.body.beginning();
	}

	/**
	 * Returns the beginning of the body for a message.
	 * @return one line without credentials, of 300 characters or fewer; empty if there is
	 * no body or it cannot be read
	 */
	public String excerpt() {
		return this.body.excerpt();
	}

	/**
	 * Returns the URL that answered, after redirects.
	 * @return the URL, with the query but without credentials
	 */
	public URI uri() {
		return this.uri;
	}

	/**
	 * Returns the URL for messages.
	 * @return protocol, host and path
	 */
	public String shownUri() {
		return HttpUrl.shown(this.uri.toString());
	}

	/**
	 * Returns the time of the server's clock.
	 * @return the header {@code Date}, which has whole seconds; null if there is none, or
	 * if it is malformed
	 */
	public @Nullable Instant date() {
		return DateUtils.parseStandardDate(this.response, "Date");
	}

	/**
	 * Releases the connection. A long rest of the body is not read.
	 */
	@Override
	public void close() {
		try (this.exchange) {
			this.body.close();
		}
		catch (IOException ex) {
			// nothing depends on the rest of the answer
			return;
		}
	}

}
