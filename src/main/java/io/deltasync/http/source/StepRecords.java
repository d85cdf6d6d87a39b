package io.deltasync.http.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.source.page.PageRecords;
import org.jspecify.annotations.Nullable;

/**
 * The records of all pages of a step, asking for them one after the other. Confined to
 * one thread, and to one pass.
 */
@SuppressWarnings("IterableAndIterator")
final class StepRecords implements Iterable<RecordInFlight>, Iterator<RecordInFlight>, AutoCloseable {

	private final PageChain chain;

	private final LinkContext context;

	private HttpScope.@Nullable NextPage next;

	private @Nullable PageRecords page;

	StepRecords(PageChain chain, LinkContext context, HttpScope.NextPage first) {
		this.chain = chain;
		this.context = context;
		this.next = first;
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		return this;
	}

	@Override
	public boolean hasNext() {
		while (true) {
			PageRecords current = (this.page != null) ? this.page : open();
			if (current == null || current.hasNext()) {
				return current != null;
			}
			close();
			this.next = this.chain.next();
		}
	}

	/** Asks for the next page; returns null if there is none. */
	private @Nullable PageRecords open() {
		if (this.next == null) {
			return null;
		}
		try {
			this.page = this.chain.fetchPage(this.context, this.next);
			return this.page;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while asking for a page", ex);
		}
	}

	@Override
	public RecordInFlight next() {
		if (!hasNext() || this.page == null) {
			throw new NoSuchElementException();
		}
		return this.page.next();
	}

	@Override
	public void close() {
		if (this.page != null) {
			this.page.close();
			this.page = null;
		}
	}

}
