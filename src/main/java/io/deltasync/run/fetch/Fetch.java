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
 * The records of one scope from its adapter. An exception of the adapter becomes a
 * {@link ScopeException}, unless the adapter reports that the run cannot continue or the
 * source is not available. Not thread-safe.
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
	 * @param context the context passed to the adapter
	 * @param scope the scope, or null
	 * @return the records
	 * @throws ScopeException if the adapter fails or violates its contract
	 */
	public static Fetch of(SourceAdapterForPull adapter, LinkContext context, @Nullable Object scope) {
		return new Fetch(adapter, "fetchRecords", () -> adapter.fetchRecords(context, scope));
	}

	/**
	 * Returns the records that the adapter builds from the rows of a query.
	 * @param adapter the adapter
	 * @param built the records that the adapter builds
	 * @return the records
	 */
	public static Fetch of(SourceAdapter adapter, Iterable<RecordInFlight> built) {
		return new Fetch(adapter, "buildRecords", () -> built);
	}

	/** Returns the records that the adapter builds from a request. */
	static Fetch ofPush(SourceAdapter adapter, Callable<Iterator<RecordInFlight>> build) {
		return new Fetch(adapter, "buildRecords", () -> {
			Iterator<RecordInFlight> built = build.call();
			return () -> built;
		});
	}

	/**
	 * Whether there are more records.
	 * @return true if so
	 * @throws ScopeException if the adapter fails
	 */
	public boolean hasNext() {
		return call(this.iterator::hasNext);
	}

	/**
	 * Returns the next record.
	 * @return the record
	 * @throws ScopeException if the adapter fails or violates its contract
	 */
	public RecordInFlight next() {
		RecordInFlight record = call(this.iterator::next);
		if (record == null) {
			throw new ScopeException("%s of source adapter %s returned a record that is null; leave out missing records"
				.formatted(this.method, this.adapter.getClass().getName()));
		}
		return record;
	}

	/**
	 * Asks a chaining adapter for the next scope.
	 * @return the scope, or null if there are no more or the adapter does not chain
	 * @throws ScopeException if the adapter fails
	 */
	public @Nullable Object nextScope() {
		return (this.adapter instanceof ChainFetchAdapter chain) ? this.<@Nullable Object>call(chain::getNextScope)
				: null;
	}

	/**
	 * Returns the adapter instance that fetches.
	 * @return the adapter
	 */
	public SourceAdapter adapter() {
		return this.adapter;
	}

	private <T extends @Nullable Object> T call(Callable<? extends T> call) {
		return call(this.adapter, this.method, call);
	}

	/** Makes a call and translates its exception: the scope fails, or the run ends. */
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

	/** Closes the adapter together with this fetch. */
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
				// everything was read by then, or the scope has failed for a better
				// reason
			}
		}
		if (this.closesAdapter) {
			Instances.closeInCall(this.adapter);
		}
	}

}
