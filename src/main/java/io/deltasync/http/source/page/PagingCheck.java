package io.deltasync.http.source.page;

import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.source.options.PagingOptions;
import org.jspecify.annotations.Nullable;

/** Checks whether options of paging are complete. */
public record PagingCheck(OptionProblems problems) {

	/**
	 * Checks the options.
	 * @param property the dotted name before 'paging'; empty, or with a dot at the end
	 */
	public void check(String property, @Nullable PagingOptions paging) {
		if (paging == null) {
			return;
		}
		String name = property + "paging";
		boolean next = paging.type() == PagingOptions.Type.NEXT;
		if (next && paging.next() == null) {
			this.problems.add(name + ".next", "is missing; give header:Link, or a path such as meta.next");
		}
		if (!next && (paging.next() != null || paging.nextParam() != null)) {
			this.problems.add(name + ".next", "is only for paging by 'type: next'");
		}
		if (paging.type() == PagingOptions.Type.SINCE && paging.total() != null) {
			this.problems.add(name + ".total",
					"has no meaning with 'type: since', because it is not the same on each page");
		}
		if (paging.size() == null && (paging.type() == PagingOptions.Type.OFFSET
				|| (!next && paging.total() != null && paging.type() != PagingOptions.Type.SINCE))) {
			this.problems.add(name + ".size", "is missing; give the number of records of a page");
		}
		if (paging.size() != null && paging.size() < 1) {
			this.problems.add(name + ".size", "is %d; give 1 or more".formatted(paging.size()));
		}
		if (paging.maxPages() < 1) {
			this.problems.add(name + ".max-pages", "is %d; give 1 or more".formatted(paging.maxPages()));
		}
	}

}
