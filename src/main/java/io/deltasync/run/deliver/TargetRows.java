package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForKeys;
import io.deltasync.codec.ValueDigest;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;

/**
 * Determines the target row of a record: two records of the source with different keys
 * may be one row in the target. If a target does not compare keys, its keys are assumed
 * to differ where the mapped keys differ. Not thread-safe.
 */
final class TargetRows {

	private final LinkContext context;

	private final Retries retries;

	private final TargetAdapter target;

	private final KeyEncoder keys;

	private final ValueDigest digest = ValueDigest.ofKeys();

	TargetRows(LinkContext context, Retries retries, TargetAdapter target, KeyEncoder keys) {
		this.context = context;
		this.retries = retries;
		this.target = target;
		this.keys = keys;
	}

	TargetAdapter target() {
		return this.target;
	}

	/**
	 * Whether only the target can identify rows. Rows that it cannot identify are never
	 * deleted.
	 */
	boolean areCompared() {
		return this.target instanceof TargetAdapterForKeys;
	}

	KeyEncoder keys() {
		return this.keys;
	}

	/**
	 * Determines the rows of records that are ready for the target.
	 * @param ready the records; each receives the digest of its row's key, or null if the
	 * target cannot compare the key
	 * @throws AbortRunException if the call to the target fails
	 */
	void ofReady(List<BatchRecord> ready) {
		identify(ready, ready.stream().map((batchRecord) -> batchRecord.record).toList());
	}

	/**
	 * Determines the rows of records that filters or mapping have stopped, from their
	 * keys alone.
	 * @param stopped the records
	 * @throws AbortRunException if the call to the target fails
	 */
	void ofStopped(List<BatchRecord> stopped) {
		List<BatchRecord> mappable = new ArrayList<>(stopped.size());
		List<RecordInFlight> mapped = new ArrayList<>(stopped.size());
		for (BatchRecord batchRecord : stopped) {
			RecordInFlight key = this.keys.mapped(batchRecord.record);
			if (key != null) {
				mappable.add(batchRecord);
				mapped.add(key);
			}
		}
		identify(mappable, mapped);
	}

	private void identify(List<BatchRecord> batch, List<RecordInFlight> records) {
		if (batch.isEmpty()) {
			return;
		}
		if (this.target instanceof TargetAdapterForKeys comparing) {
			List<? extends @Nullable List<? extends @Nullable Object>> canonical = ask(comparing, records);
			for (int i = 0; i < batch.size(); i++) {
				List<? extends @Nullable Object> key = canonical.get(i);
				batch.get(i).rowId = (key != null) ? this.digest.of(key) : null;
			}
			return;
		}
		for (int i = 0; i < batch.size(); i++) {
			Map<String, @Nullable Object> key = this.keys.targetKey(records.get(i));
			batch.get(i).rowId = (key != null) ? this.digest.of(key) : null;
		}
	}

	private List<? extends @Nullable List<? extends @Nullable Object>> ask(TargetAdapterForKeys comparing,
			List<RecordInFlight> records) {
		try {
			List<? extends @Nullable List<? extends @Nullable Object>> keys = this.retries.call("canonicalKeys",
					() -> comparing.canonicalKeys(this.context, records));
			if (keys.size() != records.size()) {
				throw new AbortRunException("canonicalKeys of target adapter %s returned %d keys for %d records"
					.formatted(comparing.getClass().getName(), keys.size(), records.size()));
			}
			return keys;
		}
		catch (AbortRunException | RunEndsException | LeaseLostException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException("the target cannot compare the keys of records", ex);
		}
	}

}
