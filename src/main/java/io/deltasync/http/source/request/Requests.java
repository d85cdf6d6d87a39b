package io.deltasync.http.source.request;

import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * The requests for the pages of a list. Immutable.
 *
 * @param template the request
 * @param paging how pages are asked for; null if there is one only
 */
public record Requests(RequestTemplate template, @Nullable PagingOptions paging) {

	/** Returns the request for a page by its number, from 0. */
	public HttpCall page(Window window, int page) {
		return call(window, page, null);
	}

	/**
	 * Returns the request for a page by its token.
	 * @param token the token; null for the first page
	 */
	public HttpCall call(Window window, int page, @Nullable String token) {
		Map<String, Object> values = window.values();
		Map<String, Object> more = new LinkedHashMap<>();
		if (this.paging != null) {
			long size = (this.paging.size() != null) ? this.paging.size() : 0;
			put(Placeholders.PAGE, this.paging.pageParam(), this.paging.first() + page, values, more);
			put(Placeholders.OFFSET, this.paging.offsetParam(), page * size, values, more);
			if (this.paging.size() != null) {
				put(Placeholders.SIZE, this.paging.sizeParam(), size, values, more);
			}
			if (token != null) {
				put(Placeholders.CURSOR, this.paging.nextParam(), token, values, more);
			}
		}
		return this.template.call(values, more, true);
	}

	private static void put(String placeholder, @Nullable String parameter, Object value, Map<String, Object> values,
			Map<String, Object> more) {
		values.put(placeholder, value);
		if (parameter != null) {
			more.put(parameter, value);
		}
	}

	/** Returns the request for a link that the server gave. */
	public HttpCall link(Window window, String link) {
		return this.template.call(link, window.values());
	}

}
