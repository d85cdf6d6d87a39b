package io.deltasync.http.source.page;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.delta.Window;
import org.jspecify.annotations.Nullable;

/**
 * The records of an answer that have changed. Counts all of them, and has them checked
 * after the last one. Confined to one thread, and to one pass.
 */
@SuppressWarnings("IterableAndIterator")
public final class PageRecords implements Iterable<RecordInFlight>, Iterator<RecordInFlight>, AutoCloseable {

	private final Answer answer;

	private final RecordMaker maker;

	private final @Nullable Window window;

	private final PageKeys keys;

	private final PageOrder order;

	private final Consumer<PageKeys> atEnd;

	private @Nullable RecordInFlight next;

	private boolean ended;

	/**
	 * Creates the records.
	 * @param answer the answer, which is closed with them
	 * @param maker makes them
	 * @param window the window; null for all records
	 * @param keys receives the keys
	 * @param order follows the order of the records
	 * @param atEnd called after the last record; throws if they are not all
	 */
	public PageRecords(Answer answer, RecordMaker maker, @Nullable Window window, PageKeys keys, PageOrder order,
			Consumer<PageKeys> atEnd) {
		this.answer = answer;
		this.maker = maker;
		this.window = window;
		this.keys = keys;
		this.order = order;
		this.atEnd = atEnd;
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		return this;
	}

	@Override
	public boolean hasNext() {
		try {
			while (this.next == null && this.answer.hasNext()) {
				RecordInFlight made = this.maker.make(this.answer.next());
				this.keys.add(made);
				this.order.add(made);
				this.next = (this.window == null || this.maker.hasChanged(made, this.window)) ? made : null;
			}
			if (this.next == null && !this.ended) {
				this.ended = true;
				this.atEnd.accept(this.keys);
			}
		}
		catch (AnswerException ex) {
			close();
			throw this.answer.failed(ex);
		}
		return this.next != null;
	}

	@Override
	public RecordInFlight next() {
		if (!hasNext() || this.next == null) {
			throw new NoSuchElementException();
		}
		RecordInFlight found = this.next;
		this.next = null;
		return found;
	}

	/** Reads all records without using them. */
	public PageKeys readAll() {
		while (hasNext()) {
			this.next = null;
		}
		return this.keys;
	}

	@Override
	public void close() {
		this.answer.close();
	}

}
