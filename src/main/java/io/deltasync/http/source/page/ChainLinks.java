package io.deltasync.http.source.page;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import io.deltasync.api.RunContext;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.answer.AnswerReader;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.source.request.Requests;
import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * Follows a chain of pages, one after the other. Immutable.
 */
public final class ChainLinks {

	private final Requests requests;

	private final AnswerReader reader;

	private final @Nullable AnswerField next;

	private final @Nullable AnswerField more;

	private final @Nullable AnswerField total;

	private final boolean token;

	private final boolean bySince;

	/**
	 * Creates the chain.
	 * @param requests the requests for its pages
	 * @param fields where answers say how they continue
	 * @param reader reads the answers
	 */
	public ChainLinks(Requests requests, PagingFields fields, AnswerReader reader) {
		PagingOptions paging = requests.paging();
		this.requests = requests;
		this.reader = reader;
		this.next = fields.next();
		this.more = fields.more();
		this.total = fields.total();
		this.bySince = paging != null && paging.type() == PagingOptions.Type.SINCE;
		this.token = paging != null
				&& (paging.nextParam() != null || requests.template().names().contains(Placeholders.CURSOR));
	}

	/** Asks for a page. */
	public Answer ask(Window window, ChainPosition position) throws IOException, InterruptedException {
		String at = position.token();
		if (at != null && this.bySince) {
			return this.reader.send(this.requests.page(window.from(Long.parseLong(at)), position.page()));
		}
		if (at != null && !this.token) {
			return this.reader.send(this.requests.link(window, at));
		}
		return this.reader.send(this.requests.call(window, position.page(), at));
	}

	/**
	 * Returns the position of the next page, after the last record of a page.
	 * @param keys the keys of the page
	 * @param order the order of its records
	 * @return the position; null after the last page
	 * @throws AnswerException if the chain does not end, or ends too early; the message
	 * may be the predicate of a sentence about the answer
	 */
	public @Nullable ChainPosition after(Answer answer, ChainPosition position, PageKeys keys, PageOrder order) {
		PagingOptions paging = this.requests.paging();
		if (answer.isAbsent()) {
			return afterAbsent(answer, position, keys, order);
		}
		if (paging == null) {
			return null;
		}
		boolean another = this.next != null || keys.count() > 0;
		if (this.more != null) {
			another = isMore(answer, this.more);
		}
		if (this.bySince) {
			String from = another ? number(paging, position, keys, order) : null;
			return (from != null) ? position.next(from, keys, null, paging.maxPages(), false) : null;
		}
		another &= !order.isEnough();
		String link = (another && this.next != null) ? link(answer, position, keys, this.next) : null;
		if (this.more != null && another && this.next != null && link == null) {
			throw new AnswerException("says that there is another page, but has no %s".formatted(this.next));
		}
		Long said = (this.total != null) ? answer.number(this.total) : null;
		if (!another || (this.next != null && link == null)) {
			if (!order.isEnough()) {
				checkTotal(said, position, keys, order);
			}
			// also the last page may be the one before it
			position.next(null, keys, said, Integer.MAX_VALUE, order.isGrowing());
			return null;
		}
		return position.next(link, keys, said, paging.maxPages(), order.isGrowing());
	}

	/**
	 * A number beyond the last page may be answered so, but nothing that a page leads to.
	 */
	private @Nullable ChainPosition afterAbsent(Answer answer, ChainPosition position, PageKeys keys, PageOrder order) {
		if (position.page() == 0) {
			RunContext.currentContext().addWarning(answer.absence());
			return null;
		}
		if (this.next != null || this.more != null) {
			throw new AnswerException(
					"has status %d on page %d, which the page before it leads to, so some records may be missing: run the Link again"
						.formatted(answer.status(), position.page() + 1));
		}
		checkTotal(position.total(), position, keys, order);
		return null;
	}

	/**
	 * Returns the number from which the next page is read; null if there is no other
	 * page, because an API that includes the number has returned its records again.
	 */
	private static @Nullable String number(PagingOptions paging, ChainPosition position, PageKeys keys,
			PageOrder order) {
		if (order.highest() == null) {
			throw new AnswerException(
					"has no record with a number, from which the next page could be read; correct delta.property");
		}
		String highest = order.highest().toString();
		if (!highest.equals(position.token())) {
			return highest;
		}
		if (paging.size() == null || keys.count() >= paging.size()) {
			throw new AnswerException(("has %,d records with the number %s and none above it, so there may be more of "
					+ "them than a page has; give the number of records of a page as paging.size, or a larger one")
				.formatted(keys.count(), highest));
		}
		return null;
	}

	private static boolean isMore(Answer answer, AnswerField field) {
		Object value = answer.field(field);
		if (value == null && !answer.has(field)) {
			throw new AnswerException("has no %s; correct paging.more".formatted(field));
		}
		return value != null && !List.of("false", "0", "").contains(value.toString());
	}

	/**
	 * Returns the next token, or the absolute URL of the next page; null if there is
	 * none.
	 */
	private @Nullable String link(Answer answer, ChainPosition position, PageKeys keys, AnswerField field) {
		Object value = answer.field(field);
		String text = (value == null || value.equals(false)) ? "" : value.toString().strip();
		if (text.isEmpty()) {
			if (position.page() == 0 && keys.count() > 0 && field.header() == null && !answer.has(field)) {
				RunContext.currentContext()
					.addWarning(
							"The first answer has no %s, so there is one page; if there are more, correct paging.next"
								.formatted(field));
			}
			return null;
		}
		if (this.token) {
			return text;
		}
		try {
			return answer.uri().resolve(new URI(text)).toString();
		}
		catch (URISyntaxException ex) {
			throw new AnswerException(
					"has '%s' at %s, which is no link; if it is a token, give paging.next-param".formatted(text, field),
					ex);
		}
	}

	private void checkTotal(@Nullable Long expected, ChainPosition position, PageKeys keys, PageOrder order) {
		long found = position.records() + keys.count();
		if (this.total != null && expected == null) {
			throw new AnswerException("has no number of records at %s; correct paging.total".formatted(this.total));
		}
		if (expected != null && (order.isGrowing() ? found < expected : expected != found)) {
			throw new AnswerException(("says that there are %,d records, but %,d were on the %,d pages until here; "
					+ "some were missed or came twice while the pages were read: run the Link again")
				.formatted(expected, found, position.page() + 1));
		}
	}

	/** Describes what is asked for. */
	public String describe(Window window) {
		String first = Answer.shown(this.requests.page(window, 0));
		return (this.requests.paging() != null) ? first + ", then page after page" : first;
	}

}
