package io.deltasync.http.template;

import java.nio.charset.StandardCharsets;

/** Encodes values for URLs, by RFC 3986. */
public final class UrlEncoding {

	private static final String UNRESERVED = "-._~";

	private UrlEncoding() {
	}

	/**
	 * Encodes a value that becomes a part of a segment of a path: a slash in it does not
	 * begin a new segment. A segment must not consist of dots, so these are encoded too.
	 */
	public static String segment(String value) {
		return encoded(value, !value.isEmpty() && value.chars().allMatch((c) -> c == '.'));
	}

	/** Encodes a name or a value of a query. */
	public static String query(String value) {
		return encoded(value, false);
	}

	private static String encoded(String value, boolean dots) {
		StringBuilder text = new StringBuilder(value.length());
		for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| (UNRESERVED.indexOf(c) >= 0 && !(dots && c == '.'));
			if (plain) {
				text.append(c);
			}
			else {
				text.append('%').append(String.format("%02X", (int) c));
			}
		}
		return text.toString();
	}

}
