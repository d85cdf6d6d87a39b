package io.deltasync.run;

import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Aborts a run if too many of its first records fail: the cause then lies elsewhere than
 * in single records, and a million rejects would help nobody. The share is checked when
 * {@value #FIRST} records are through; a shorter run is completed. Each attempt counts
 * from zero. Thread-safe.
 */
public final class RejectShare {

	/** How many records are counted; more where a batch ends later. */
	static final int FIRST = 1000;

	private final int most;

	private long through;

	private long failed;

	private @Nullable String reason;

	/**
	 * Creates the limit of a run.
	 * @param most how many records of a hundred may fail
	 */
	public RejectShare(int most) {
		this.most = most;
	}

	/**
	 * Counts records whose outcome is stored.
	 * @param records their counts since the last call
	 * @param first describes the first record that failed
	 * @throws AbortRunException if too many records have failed
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
					+ "the cause does not seem to be in single records. The first to fail was %s. Fix the cause "
					+ "and run the Link again, or raise its max-reject-share")
				.formatted(this.failed, this.through, this.most, this.reason));
		}
	}

	/**
	 * Describes a record that failed.
	 * @param key the record's key, masked; null if it has none
	 * @param reason why the record failed
	 */
	public static String describe(@Nullable String key, String reason) {
		return "%s: %s".formatted((key != null) ? "record " + key : "a record without a key", reason);
	}

}
