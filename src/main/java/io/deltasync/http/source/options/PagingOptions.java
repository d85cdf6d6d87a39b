package io.deltasync.http.source.options;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an answer continues.
 *
 * @param type 'page' for numbered pages, 'offset' for the number of records before a
 * page, or 'next' for a link or a token in the answer. 'since' for the highest
 * 'delta.property' of the page before in place of '{since}', with 'delta.format: number'
 * @param pageParam The parameter with the number of the page. Default: none, '{page}' is
 * used
 * @param offsetParam The parameter with the number of records before the page. Default:
 * none, '{offset}' is used
 * @param sizeParam The parameter with the number of records of a page. Default: none,
 * '{size}' is used, or the API decides
 * @param size The number of records of a page. Required for 'offset' and with 'total'
 * @param first The number of the first page
 * @param total Where the answer says how many records there are: 'header:X-Total-Count',
 * or a path such as 'meta.total'. Pages are then read in parallel and compared with it.
 * Default: none, pages are read one after the other until one is empty
 * @param more Where the answer says whether there is another page: a path such as
 * 'has_more'. Default: none
 * @param next Where the answer has the link to the next page, or its token:
 * 'header:Link', another header, or a path such as 'meta.next'
 * @param nextParam The parameter with the token. Default: none, '{cursor}' is used, or
 * 'next' is a link
 * @param maxPages The most pages that are read one after the other
 */
public record PagingOptions(Type type, @Nullable String pageParam, @Nullable String offsetParam,
		@Nullable String sizeParam, @Nullable Integer size, @DefaultValue("1") int first, @Nullable String total,
		@Nullable String more, @Nullable String next, @Nullable String nextParam,
		@DefaultValue("100000") int maxPages) {

	/** A way of paging. */
	public enum Type {

		/** Numbered pages. */
		PAGE,

		/** The number of records before the page. */
		OFFSET,

		/** A link or token in the answer. */
		NEXT,

		/** The highest number of the page before, in place of the window's. */
		SINCE

	}

}
