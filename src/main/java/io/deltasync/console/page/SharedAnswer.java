package io.deltasync.console.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * An answer to a live update that several pages are sent.
 *
 * @param status its HTTP status
 * @param contentType its type; null without a body
 * @param headers its other headers, but no cookies
 * @param body its body
 * @param version its version; null if it has none
 * @param current reads the current version; null if it has none
 * @param until when it is no longer shared, in nanoseconds
 */
@SuppressWarnings("ArrayRecordComponent")
record SharedAnswer(int status, @Nullable String contentType, Map<String, String> headers, byte[] body,
		@Nullable Object version, @Nullable Supplier<?> current, long until) {

	/** Headers of one response only. */
	private static final Set<String> OWN_HEADERS = Set.of("set-cookie", "content-type", "content-length");

	/** The hidden field of forms. Its value belongs to one session. */
	private static final String CSRF_FIELD = "name=\"_csrf\"";

	static SharedAnswer of(ContentCachingResponseWrapper response, @Nullable Object version,
			@Nullable Supplier<?> current, long until) {
		Map<String, String> headers = new HashMap<>();
		for (String name : response.getHeaderNames()) {
			if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				headers.put(name, String.join(", ", response.getHeaders(name)));
			}
		}
		return new SharedAnswer(response.getStatus(), response.getContentType(), headers,
				response.getContentAsByteArray(), version, current, until);
	}

	boolean isFresh(long now) {
		return this.until - now > 0;
	}

	/** If the version cannot be read, the handler of the request says why. */
	boolean isCurrent() {
		try {
			return this.current == null || this.current.get().equals(this.version);
		}
		catch (NestedRuntimeException ex) {
			return false;
		}
	}

	/** Errors, and parts with forms, are for one person. */
	boolean isShareable() {
		return (this.status == HttpServletResponse.SC_OK || this.status == HttpServletResponse.SC_NO_CONTENT)
				&& !new String(this.body, StandardCharsets.UTF_8).contains(CSRF_FIELD);
	}

	/** An empty answer is only for pages that show its version. */
	boolean isFor(@Nullable String seen) {
		return this.version == null || this.status == HttpServletResponse.SC_OK || this.version.equals(seen);
	}

	void write(@Nullable String seen, HttpServletResponse response) throws IOException {
		boolean shown = this.version != null && this.version.equals(seen);
		response.setStatus(shown ? HttpServletResponse.SC_NO_CONTENT : this.status);
		this.headers.forEach(response::setHeader);
		if (this.body.length > 0 && !shown) {
			response.setContentType(this.contentType);
			response.setContentLength(this.body.length);
			response.getOutputStream().write(this.body);
		}
	}

}
