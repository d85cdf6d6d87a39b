package io.deltasync.run.plan;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

import io.deltasync.api.SourceAdapter;
import io.deltasync.codec.UnreadableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.ScopePages;

/**
 * The scopes that an event has fetched, read page by page while they are iterated over.
 *
 * @param event the Sync Event
 * @param adapter reads the texts of scopes
 * @param pages the scopes of all events
 * @param transactions the transactions of runs
 */
public record FetchedScopes(long event, SourceAdapter adapter, ScopePages pages,
		RunTransactions transactions) implements Iterable<Object> {

	@Override
	public Iterator<Object> iterator() {
		return new Pages();
	}

	/** Reads the next page when all scopes of the last one were taken. */
	private final class Pages implements Iterator<Object> {

		private final ValueCodec codec = new ValueCodec(FetchedScopes.this.adapter);

		private final Queue<String> texts = new ArrayDeque<>();

		private int page = -1;

		private boolean ended;

		@Override
		public boolean hasNext() {
			while (this.texts.isEmpty() && !this.ended) {
				Optional<ScopePage> next = FetchedScopes.this.transactions
					.call(() -> FetchedScopes.this.pages.next(FetchedScopes.this.event, this.page));
				this.ended = next.isEmpty();
				next.ifPresent(this::add);
			}
			return !this.texts.isEmpty();
		}

		private void add(ScopePage next) {
			this.page = next.page();
			for (ScopeEntry scope : next.scopes()) {
				if (scope.text() != null) {
					this.texts.add(scope.text());
				}
			}
		}

		@Override
		public Object next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			try {
				return this.codec.read(this.texts.remove());
			}
			catch (UnreadableScopeException ex) {
				throw new IllegalStateException(ex.getMessage(), ex);
			}
		}

	}

}
