package io.deltasync.console.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. The components are its fields in JSON.
 *
 * @param <T> the type of its items
 * @param items the items
 * @param next the address of the next part; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {

	/** How many items a page has unless the client asks for another number. */
	static final String DEFAULT_LIMIT = "50";

	static final int MAX_LIMIT = 200;

	static <T> Page<T> whole(List<T> items) {
		return new Page<>(items, null);
	}

	/**
	 * Cuts a page.
	 * @param found the items that were found, one more than the limit if there are more
	 * @param limit how many items the page has
	 * @param request the request for this page
	 * @param parameter the parameter with the place where the next page starts
	 * @param place returns the place of an item
	 * @return the page
	 */
	static <T> Page<T> of(List<T> found, int limit, HttpServletRequest request, String parameter,
			Function<T, Object> place) {
		if (found.size() <= limit) {
			return whole(found);
		}
		List<T> items = found.subList(0, limit);
		return new Page<>(items, next(request, parameter, place.apply(items.get(limit - 1))));
	}

	static String next(HttpServletRequest request, String parameter, Object place) {
		StringBuilder next = new StringBuilder(request.getRequestURI()).append('?');
		request.getParameterMap().forEach((name, values) -> {
			if (!name.equals(parameter)) {
				next.append(encode(name)).append('=').append(encode(values[0])).append('&');
			}
		});
		return next.append(parameter).append('=').append(encode(place.toString())).toString();
	}

	/**
	 * Checks a limit.
	 * @param limit the number of items that the client asks for
	 * @return the number to read: one more, to see whether there are more
	 */
	static int toRead(int limit) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"'limit' has a wrong value: %d. Give 1 to %d".formatted(limit, MAX_LIMIT));
		}
		return limit + 1;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
