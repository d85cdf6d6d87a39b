package io.deltasync.http.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request to the server of a connection. Immutable.
 *
 * @param method the method in upper case
 * @param target a path below the connection's URL, whose parts are already encoded; or an
 * absolute URL of the same server, which is used as it is
 * @param query more parameters, not encoded, in their order; a name may occur repeatedly
 * @param headers headers beside those of the connection, which they replace
 * @param body the body; null for none
 * @param repeatable whether the request may be sent again if it is unknown whether the
 * server has processed it
 */
public record HttpCall(String method, String target, List<Map.Entry<String, String>> query, Map<String, String> headers,
		@Nullable Body body, boolean repeatable) {

	/**
	 * Copies the collections.
	 */
	public HttpCall {
		query = List.copyOf(query);
		headers = Map.copyOf(headers);
	}

	/**
	 * Returns a request that reads.
	 * @param target a path or an absolute URL
	 * @return the request, which may be repeated
	 */
	public static HttpCall get(String target) {
		return new HttpCall("GET", target, List.of(), Map.of(), null, true);
	}

	/**
	 * Encodes a value for any place in a path or a query.
	 * @param value the value
	 * @return the value in which all signs but letters, digits and {@code - . _ ~} are
	 * encoded
	 */
	public static String encoded(String value) {
		return HttpUrl.encoded(value);
	}

	/**
	 * Encodes a value that becomes a part of a segment of a path. A segment must not
	 * consist of dots, so these are encoded too.
	 * @param value the value
	 * @return the encoded value
	 */
	public static String encodedSegment(String value) {
		boolean dots = !value.isEmpty() && value.chars().allMatch((c) -> c == '.');
		return dots ? value.replace(".", "%2E") : encoded(value);
	}

	/**
	 * Adds a parameter.
	 * @param name its name, not encoded
	 * @param value its value, not encoded
	 * @return a new request
	 */
	public HttpCall withQuery(String name, String value) {
		List<Map.Entry<String, String>> more = new ArrayList<>(this.query);
		more.add(Map.entry(name, value));
		return new HttpCall(this.method, this.target, more, this.headers, this.body, this.repeatable);
	}

	/**
	 * Adds or replaces a header.
	 * @param name its name
	 * @param value its value
	 * @return a new request
	 */
	public HttpCall withHeader(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new HttpCall(this.method, this.target, this.query, more, this.body, this.repeatable);
	}

	/**
	 * The body of a request.
	 *
	 * @param content the bytes, which must not be changed
	 * @param type the media type, such as {@code application/json}
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Body(byte[] content, String type) {

	}

}
