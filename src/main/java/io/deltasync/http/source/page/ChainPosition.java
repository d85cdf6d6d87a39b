package io.deltasync.http.source.page;

import io.deltasync.http.json.AnswerException;
import org.jspecify.annotations.Nullable;

/**
 * A place in a chain of pages, with what is needed to recognise that the chain does not
 * end.
 *
 * @param page the number of the page, from 0
 * @param token the token or link of the page; null for pages that are numbered, and for
 * the first one
 * @param records the number of records on the pages before it
 * @param digest the keys of the page before it
 * @param total the number of records that the pages before it have said there are; null
 * if they have not
 * @param mark the token of an earlier page, which moves on at doubled distances: a chain
 * that returns to any earlier page reaches it
 */
public record ChainPosition(int page, @Nullable String token, long records, long digest, @Nullable Long total,
		@Nullable String mark) {

	/** The first page. */
	public static final ChainPosition FIRST = new ChainPosition(0, null, 0, 0, null, null);

	/**
	 * Returns the position of the next page.
	 * @param next its token or link; null if pages are numbered
	 * @param keys the keys of this page
	 * @param said the number of records that this page says there are; null if it says
	 * none
	 * @param maxPages the most pages
	 * @param growing whether records are added before those that were read, so that the
	 * number may become larger
	 * @throws AnswerException if the chain does not end, or if its pages do not belong
	 * together; the message is the predicate of a sentence about the answer
	 */
	public ChainPosition next(@Nullable String next, PageKeys keys, @Nullable Long said, int maxPages,
			boolean growing) {
		checkRepeated(keys);
		checkTotal(said, growing);
		if (next != null && (next.equals(this.token) || next.equals(this.mark))) {
			throw new AnswerException(("leads from page %d back to an earlier page, so the pages never end; "
					+ "correct 'paging.next', or report the error to the API's owner")
				.formatted(this.page + 1));
		}
		if (this.page + 1 >= maxPages) {
			throw new AnswerException("has another page after %,d pages; raise paging.max-pages if there are so many"
				.formatted(maxPages));
		}
		boolean power = Integer.bitCount(this.page + 1) == 1;
		return new ChainPosition(this.page + 1, next, this.records + keys.count(), keys.digest(),
				(this.total != null && (!growing || said == null)) ? this.total : said, power ? next : this.mark);
	}

	private void checkTotal(@Nullable Long said, boolean growing) {
		if (this.total != null && said != null && (growing ? said < this.total : !said.equals(this.total))) {
			throw new AnswerException(
					("says on page %d that there are %,d records, but it were %,d on the pages before; "
							+ "records were added, removed or changed while the pages were read, so some may be missing: "
							+ "run the Link again")
						.formatted(this.page + 1, said, this.total));
		}
	}

	private void checkRepeated(PageKeys keys) {
		if (this.page > 0 && keys.count() > 0 && keys.digest() == this.digest) {
			throw new AnswerException(("repeats on page %d the records of page %d; the API ignores the parameter of "
					+ "the page, or repeats its last page: correct 'paging'")
				.formatted(this.page + 1, this.page));
		}
	}

}
