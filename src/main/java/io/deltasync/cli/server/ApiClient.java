package io.deltasync.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.deltasync.config.ExitCode;
import io.deltasync.event.view.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;

/**
 * Sends requests to the REST API of a server. The JDK's oldest client starts fastest,
 * which counts for a command.
 */
final class ApiClient {

	private static final String ROOT = "/api/v1/";

	private static final int CONNECT_MILLIS = 10_000;

	/** Reading is quick; what a server does may take long. */
	private static final int READ_MILLIS = 60_000;

	private static final int PAGE = 200;

	private final String server;

	private final String token;

	/**
	 * Creates a client; sends nothing.
	 * @param server the address of the server, without a slash at its end
	 * @param token the access token
	 */
	ApiClient(String server, String token) {
		this.server = server;
		this.token = token;
	}

	/**
	 * Encodes a part of a path or a query.
	 * @param text any text, such as the name of a Link
	 * @return the text for an address
	 */
	static String encode(String text) {
		String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
		return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
	}

	<T> T get(String path, Class<T> type) {
		return read(request("GET", path, null, null).body(), (body) -> Json.mapper().readValue(body, type));
	}

	/**
	 * Reads a list page by page.
	 * @param path the path with the query, which ends with {@code ?} or {@code &}
	 * @param type the type of the items
	 * @param limit how many at most
	 * @return the items
	 */
	<T> List<T> list(String path, Class<T> type, int limit) {
		List<T> found = new ArrayList<>();
		String next = path + "limit=" + Math.min(limit, PAGE);
		while (next != null && found.size() < limit) {
			Slice<T> slice = slice(next, type);
			found.addAll(slice.items());
			next = (slice.next() != null) ? slice.next().substring(slice.next().indexOf(ROOT) + ROOT.length()) : null;
		}
		return (found.size() > limit) ? found.subList(0, limit) : found;
	}

	/** Reads a list that is answered as a whole. */
	<T> List<T> list(String path, Class<T> type) {
		return slice(path, type).items();
	}

	private <T> Slice<T> slice(String path, Class<T> type) {
		JavaType slice = Json.mapper().getTypeFactory().constructParametricType(Slice.class, type);
		return read(request("GET", path, null, null).body(), (body) -> Json.mapper().readValue(body, slice));
	}

	<T> T post(String path, @Nullable Map<String, ?> body, Class<T> type) {
		return read(request("POST", path, body, null).body(), (answer) -> Json.mapper().readValue(answer, type));
	}

	/**
	 * Sends a request.
	 * @param method the HTTP method
	 * @param path the path below that of the API
	 * @param body the body, which is sent as JSON, or null
	 * @param etag the value of the header If-Match, or null
	 * @return the answer
	 * @throws ServerException if there is no answer, or a refusal
	 */
	Answer request(String method, String path, @Nullable Map<String, ?> body, @Nullable String etag) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(this.server + ROOT + path)
				.toURL()
				.openConnection();
			connection.setRequestMethod(method);
			connection.setInstanceFollowRedirects(false);
			connection.setConnectTimeout(CONNECT_MILLIS);
			connection.setReadTimeout(method.equals("GET") ? READ_MILLIS : 0);
			connection.setRequestProperty("Authorization", "Bearer " + this.token);
			connection.setRequestProperty("Accept", "application/json");
			if (etag != null) {
				connection.setRequestProperty("If-Match", etag);
			}
			if (!method.equals("GET")) {
				send(connection, (body != null) ? Json.write(body).getBytes(StandardCharsets.UTF_8) : new byte[0]);
			}
			return answer(connection);
		}
		catch (IOException ex) {
			throw new ServerException(ExitCode.ABORTED,
					"The server %s cannot be reached: %s. Start 'serve' there, or correct --server"
						.formatted(this.server, reason(ex)));
		}
	}

	/** A body of fixed length is not sent twice when the connection breaks off. */
	private static void send(HttpURLConnection connection, byte[] body) throws IOException {
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", "application/json");
		connection.setFixedLengthStreamingMode(body.length);
		try (OutputStream stream = connection.getOutputStream()) {
			stream.write(body);
		}
	}

	private Answer answer(HttpURLConnection connection) throws IOException {
		int status = connection.getResponseCode();
		try (InputStream stream = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
			String body = (stream != null) ? new String(stream.readAllBytes(), StandardCharsets.UTF_8) : "";
			if (status >= 300) {
				throw Problem.explain(this.server, status, body);
			}
			return new Answer(body, connection.getHeaderField("ETag"));
		}
	}

	private static String reason(IOException ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

	private <T> T read(String body, Function<String, T> reader) {
		try {
			return reader.apply(body);
		}
		catch (JacksonException ex) {
			throw new ServerException(ExitCode.CONFIGURATION,
					"The answer of the server %s is not understood. Use commands of its version, which its page System shows; 'deltasync --version' shows that of the command"
						.formatted(this.server));
		}
	}

	/**
	 * An answer.
	 *
	 * @param body the body
	 * @param etag the value of the header ETag, or null
	 */
	record Answer(String body, @Nullable String etag) {

	}

	/**
	 * A part of a list. The components are fields in JSON.
	 *
	 * @param items the items
	 * @param next the address of the next part; null at the end
	 */
	record Slice<T>(List<T> items, @Nullable String next) {

	}

}
