package io.deltasync.run;

import java.util.List;
import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.link.Mask;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run of whose first records too many fail: something is wrong then with more than
 * single records, and a million rejects would help nobody. Looked at once, when that many
 * are through: a run of fewer is completed. Counted anew by each attempt. Thread-safe.
 */
final class RejectShare {

	/** How many records are looked at; more where batches end later. */
	static final int FIRST = 1000;

	private final int most;

	private final Mask mask;

	private long through;

	private long failed;

	private @Nullable String reason;

	/**
	 * Begins to count.
	 * @param most how many of a hundred records may fail
	 * @param mask hides what is not to be shown of them
	 */
	RejectShare(int most, Mask mask) {
		this.most = most;
		this.mask = mask;
	}

	/**
	 * Counts a batch whose outcome is stored.
	 * @param batch the batch
	 * @throws AbortRunException when too many have failed
	 */
	synchronized void count(List<InFlight> batch) {
		if (this.through >= FIRST) {
			return;
		}
		List<InFlight> failing = batch.stream()
			.filter((inFlight) -> inFlight.record.isFailed() && !inFlight.acknowledged)
			.toList();
		if (this.reason == null && !failing.isEmpty()) {
			this.reason = describe(failing.get(0));
		}
		add(batch.size(), failing.size());
	}

	/**
	 * Counts records that workers have delivered and stored.
	 * @param records their counts since the last call
	 * @param first describes the first record that failed
	 * @throws AbortRunException when too many have failed
	 */
	synchronized void count(RecordCounts records, Supplier<String> first) {
		if (this.through >= FIRST) {
			return;
		}
		if (this.reason == null && records.failing() > 0) {
			this.reason = first.get();
		}
		add(records.fetched(), records.failing());
	}

	private void add(long moreThrough, long moreFailed) {
		this.through += moreThrough;
		this.failed += moreFailed;
		if (this.through >= FIRST && this.failed * 100 > this.through * this.most) {
			throw new AbortRunException(("%d of the first %d records failed, more than the max-reject-share of %d %%: "
					+ "what is wrong seems to be none of the records. The first to fail was %s. Put the cause right "
					+ "and run the Link again, or give it a higher max-reject-share")
				.formatted(this.failed, this.through, this.most, this.reason));
		}
	}

	private String describe(InFlight inFlight) {
		return describe(this.mask.key(inFlight.record), Messages.reason(inFlight.record, this.mask));
	}

	/**
	 * Describes a record that failed.
	 * @param key its key, masked; null when it has none
	 * @param reason why it failed
	 */
	static String describe(@Nullable String key, String reason) {
		return "%s: %s".formatted((key != null) ? "record " + key : "a record without a key", reason);
	}

}
