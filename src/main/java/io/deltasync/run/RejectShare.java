package io.deltasync.run;

import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run of whose first records too many fail: something is wrong then with more than
 * single records, and a million rejects would help nobody. Looked at once, when that many
 * are through: a run of fewer is completed. Counted anew by each attempt. Thread-safe.
 */
public final class RejectShare {

	/** How many records are looked at; more where batches end later. */
	static final int FIRST = 1000;

	private final int most;

	private long through;

	private long failed;

	private @Nullable String reason;

	/**
	 * Begins to count.
	 * @param most how many of a hundred records may fail
	 */
	public RejectShare(int most) {
		this.most = most;
	}

	/**
	 * Counts records whose outcome is stored.
	 * @param records their counts since the last call
	 * @param first describes the first record that failed
	 * @throws AbortRunException when too many have failed
	 */
	public synchronized void count(RecordCounts records, Supplier<String> first) {
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

	/**
	 * Describes a record that failed.
	 * @param key its key, masked; null when it has none
	 * @param reason why it failed
	 */
	public static String describe(@Nullable String key, String reason) {
		return "%s: %s".formatted((key != null) ? "record " + key : "a record without a key", reason);
	}

}
