package io.deltasync.run.fetch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.run.RecordSize;
import org.jspecify.annotations.Nullable;

/**
 * Passes the rows of a LOCATOR query to the adapter in slices, while the records that it
 * builds are consumed. Can be iterated once. Confined to one thread.
 */
public final class RowFeed implements Iterator<RecordInFlight> {

	/** The highest number of rows in a slice. */
	static final int MAX_SLICE = 2000;

	private final SourceAdapterForRowPush adapter;

	private final LinkContext context;

	private final Rows rows;

	private final long sliceBytes;

	private Iterator<RecordInFlight> built = List.<RecordInFlight>of().iterator();

	private boolean atEnd;

	/**
	 * Creates the feed.
	 * @param adapter the adapter that receives the rows
	 * @param context the context passed to the adapter; it limits the slices
	 * @param rows the source of the rows
	 * @param sliceBytes the size of values in bytes at which a slice is complete, even if
	 * it has fewer rows than allowed
	 */
	public RowFeed(SourceAdapterForRowPush adapter, LinkContext context, Rows rows, long sliceBytes) {
		this.adapter = adapter;
		this.context = context;
		this.rows = rows;
		this.sliceBytes = sliceBytes;
	}

	@Override
	public boolean hasNext() {
		while (!this.built.hasNext() && !this.atEnd) {
			this.built = build().iterator();
		}
		return this.built.hasNext();
	}

	@Override
	public RecordInFlight next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.built.next();
	}

	private List<RecordInFlight> build() {
		try {
			List<Map<String, @Nullable Object>> slice = slice();
			List<RecordInFlight> records = slice.isEmpty() ? List.of() : this.adapter.buildRecords(this.context, slice);
			if (records == null) {
				throw new ScopeException("buildRecords of source adapter %s returned null; return an empty list for "
					.formatted(this.adapter.getClass().getName()) + "rows that must be left out");
			}
			return records;
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Map<String, @Nullable Object>> slice() throws Exception {
		int limit = Math.min(this.context.batchSizeLimit(), MAX_SLICE);
		List<Map<String, @Nullable Object>> slice = new ArrayList<>();
		long bytes = 0;
		while (slice.size() < limit && bytes < this.sliceBytes && !this.atEnd) {
			Map<String, @Nullable Object> row = this.rows.next();
			if (row != null) {
				slice.add(row);
				bytes += RecordSize.of(row);
			}
			this.atEnd = row == null;
		}
		return slice;
	}

	/** A source of rows. */
	@FunctionalInterface
	public interface Rows {

		/**
		 * Reads the next row.
		 * @return the row, from column label to value, or null after the last
		 * @throws Exception if the row cannot be read
		 */
		@Nullable Map<String, @Nullable Object> next() throws Exception;

	}

}
