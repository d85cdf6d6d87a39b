package io.deltasync.run;

import java.util.Iterator;
import java.util.concurrent.Callable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import org.jspecify.annotations.Nullable;

/**
 * The records of one scope, as its adapter gives them. What the adapter throws becomes a
 * {@link ScopeException}, unless it says that the run cannot go on or the source is not
 * there.
 */
final class Fetch implements AutoCloseable {

	private final SourceAdapterForPull adapter;

	private final Iterable<RecordInFlight> records;

	private final Iterator<RecordInFlight> iterator;

	Fetch(SourceAdapterForPull adapter, LinkContext context, @Nullable Object scope) {
		this.adapter = adapter;
		this.records = call(() -> adapter.fetchRecords(context, scope));
		if (this.records == null) {
			throw new ScopeException("fetchRecords of source adapter %s returned null; return an empty list when "
				.formatted(adapter.getClass().getName()) + "there is nothing to fetch");
		}
		this.iterator = call(this.records::iterator);
	}

	boolean hasNext() {
		return call(this.iterator::hasNext);
	}

	RecordInFlight next() {
		RecordInFlight record = call(this.iterator::next);
		if (record == null) {
			throw new ScopeException("fetchRecords of source adapter %s gave a record that is null; leave out what is "
				.formatted(this.adapter.getClass().getName()) + "not there");
		}
		return record;
	}

	private <T> T call(Callable<T> call) {
		try {
			return call.call();
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (Outage.isOutage(ex)) {
				throw new AbortRunException("the source is not available", ex);
			}
			throw new ScopeException(
					"fetchRecords of source adapter %s failed".formatted(this.adapter.getClass().getName()), ex);
		}
	}

	@Override
	public void close() {
		if (this.records instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				// all was read by then, or the scope has failed for a better reason
			}
		}
	}

}
