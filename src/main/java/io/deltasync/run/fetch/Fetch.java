package io.deltasync.run.fetch;

import java.util.Iterator;
import java.util.concurrent.Callable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one scope, as its adapter gives them. What the adapter throws becomes a
 * {@link ScopeException}, unless it says that the run cannot go on or the source is not
 * there.
 */
public final class Fetch implements AutoCloseable {

	private final SourceAdapter adapter;

	private final String method;

	private final Iterable<RecordInFlight> records;

	private final Iterator<RecordInFlight> iterator;

	private boolean closesAdapter;

	private Fetch(SourceAdapter adapter, String method, Callable<? extends @Nullable Iterable<RecordInFlight>> fetch) {
		this.adapter = adapter;
		this.method = method;
		Iterable<RecordInFlight> fetched = call(fetch);
		if (fetched == null) {
			throw new ScopeException("%s of source adapter %s returned null; return an empty list when there is "
				.formatted(method, adapter.getClass().getName()) + "nothing to fetch");
		}
		this.records = fetched;
		try {
			Iterator<RecordInFlight> begun = call(fetched::iterator);
			if (begun == null) {
				throw new ScopeException("the result of %s of source adapter %s has an iterator that is null"
					.formatted(method, adapter.getClass().getName()));
			}
			this.iterator = begun;
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Asks the adapter for the records of a scope.
	 * @param adapter the adapter
	 * @param context what it is told
	 * @param scope the scope, or null
	 * @return the records
	 * @throws ScopeException when the adapter throws or breaks its contract
	 */
	public static Fetch of(SourceAdapterForPull adapter, LinkContext context, @Nullable Object scope) {
		return new Fetch(adapter, "fetchRecords", () -> adapter.fetchRecords(context, scope));
	}

	/**
	 * Feeds the rows of a query to the adapter.
	 * @param adapter the adapter
	 * @param built what it makes of the rows
	 * @return the records
	 */
	public static Fetch of(SourceAdapter adapter, Iterable<RecordInFlight> built) {
		return new Fetch(adapter, "buildRecords", () -> built);
	}

	/**
	 * Tells whether there are more records.
	 * @return true if so
	 * @throws ScopeException when the adapter throws
	 */
	public boolean hasNext() {
		return call(this.iterator::hasNext);
	}

	/**
	 * Takes the next record.
	 * @return the record
	 * @throws ScopeException when the adapter throws or breaks its contract
	 */
	public RecordInFlight next() {
		RecordInFlight record = call(this.iterator::next);
		if (record == null) {
			throw new ScopeException("%s of source adapter %s gave a record that is null; leave out what is not there"
				.formatted(this.method, this.adapter.getClass().getName()));
		}
		return record;
	}

	/**
	 * Asks a chaining adapter what to fetch next.
	 * @return the scope, or null when there is no more or the adapter does not chain
	 * @throws ScopeException when the adapter throws
	 */
	public @Nullable Object nextScope() {
		return (this.adapter instanceof ChainFetchAdapter chain) ? this.<@Nullable Object>call(chain::getNextScope)
				: null;
	}

	/**
	 * Tells which instance fetches.
	 * @return the adapter
	 */
	public SourceAdapter adapter() {
		return this.adapter;
	}

	private <T extends @Nullable Object> T call(Callable<? extends T> call) {
		return call(this.adapter, this.method, call);
	}

	/** Sorts what an adapter throws by what it stops: the scope, or the run. */
	static <T extends @Nullable Object> T call(SourceAdapter adapter, String method, Callable<? extends T> call) {
		try {
			return call.call();
		}
		catch (AbortRunException | ScopeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (ConnectionFailures.isOutage(ex)) {
				throw new UnavailableException("the source is not available", ex);
			}
			throw new ScopeException(
					Messages.ofSource(adapter, method, "", ex, "Correct the cause, then restart the run"), ex);
		}
	}

	/** Lets the end of this fetch be the end of the adapter's execution context. */
	Fetch closingAdapter() {
		this.closesAdapter = true;
		return this;
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
		if (this.closesAdapter) {
			Instances.closeInCall(this.adapter);
		}
	}

}
