package io.deltasync.run.deliver;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.ValueCodec;
import io.deltasync.config.Mask;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.run.RejectShare;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a lane.
 */
public final class BatchRecord {

	public final RecordInFlight record;

	/** Where it came from; null for a reject that is tried again. */
	public final @Nullable OpenScope scope;

	private final long ordinal;

	Reject.@Nullable Stage failedAt;

	/** Why it cannot be tried again on its own, should it fail; null if it can. */
	@Nullable String notRestorable;

	/**
	 * Whether it is tried again, should it fail, though not from what is stored of it.
	 */
	final boolean again;

	/** Whether it failed and does not fail the run. */
	boolean acknowledged;

	/** The max-rejects that kept it from being stored as a reject; 0 if it is stored. */
	int refusedByMaxRejects;

	/** Whether a filter removed it, without calling it failed or ignored. */
	boolean dropped;

	/** The digest of its key, once it was ready for the target; null without a key. */
	@Nullable String recordId;

	/**
	 * The digest of the key of the row that it goes to, as the target compares keys; null
	 * while that is not known, and where the target cannot tell.
	 */
	@Nullable String rowId;

	/** The digest of what the target is to get, where that matters and can be told. */
	@Nullable String contentId;

	private @Nullable String identity;

	/** What the identity was computed from: a filter may name other properties. */
	private List<String> identifiedBy = List.of();

	private @Nullable String contentDigest;

	private boolean contentDigested;

	/** Whether filters and mapping have let it pass. */
	boolean ready;

	/** Whether the target has it already as it is. */
	boolean unchanged;

	public BatchRecord(RecordInFlight record, OpenScope scope) {
		this(record, scope, scope.entry().ordinal(), false);
	}

	/**
	 * A reject that is tried again.
	 * @param record the record
	 * @param reject the reject
	 * @param counted whether this run counts it as failed in a scope
	 */
	BatchRecord(RecordInFlight record, Reject reject, boolean counted) {
		this(record, null, (counted && reject.ordinal() != null) ? reject.ordinal() : Long.valueOf(Reject.ALONE),
				false);
	}

	/** A record that is gone at the source and is to be deleted at the target. */
	static BatchRecord toDelete(RecordInFlight record, String rowId) {
		BatchRecord batchRecord = new BatchRecord(record, null, Reject.DELETION, true);
		batchRecord.rowId = rowId;
		batchRecord.notRestorable = "the next full run deletes it, unless its source has it again";
		return batchRecord;
	}

	private BatchRecord(RecordInFlight record, @Nullable OpenScope scope, long ordinal, boolean again) {
		this.record = record;
		this.scope = scope;
		this.ordinal = ordinal;
		this.again = again;
	}

	/** Where it is counted: in the scope that it came from, or beside the scopes. */
	long ordinal() {
		return this.ordinal;
	}

	/** Returns the digest that identifies it, which is computed once. */
	String identity(ValueCodec codec) {
		String known = this.identity;
		if (known == null || this.identifiedBy != this.record.keyProperties()) {
			known = RecordIdentity.recordId(this.record, codec);
			this.identity = known;
			this.identifiedBy = this.record.keyProperties();
		}
		return known;
	}

	/**
	 * Returns the digest of its original properties, which is computed once; null when
	 * they cannot be written. Costs a third of what {@link #identity} does without a key.
	 */
	@Nullable String contentDigest(ValueCodec codec) {
		if (!this.contentDigested) {
			this.contentDigest = RecordIdentity.uncheckedContentId(this.record, codec);
			this.contentDigested = true;
		}
		return this.contentDigest;
	}

	void leaveOutUnchanged() {
		this.unchanged = true;
		this.record.ignore(DeliveryIndex.UNCHANGED);
	}

	/** Returns what has become of it. */
	Outcome outcome() {
		if (this.record.isFailed()) {
			return Outcome.FAILED;
		}
		if (this.record.isIgnored()) {
			return Outcome.IGNORED;
		}
		return this.dropped ? Outcome.DROPPED : Outcome.WRITTEN;
	}

	/** Counts the records of a batch by what has become of them. */
	public static RecordCounts count(List<BatchRecord> batch) {
		RecordCounter counter = new RecordCounter();
		batch.forEach(
				(batchRecord) -> counter.count(batchRecord.record, batchRecord.outcome(), batchRecord.acknowledged));
		return counter.counts();
	}

	/**
	 * Describes the first record of a batch that failed and that nobody has acknowledged.
	 * There must be one.
	 */
	public static String describeFailure(List<BatchRecord> batch, Mask mask) {
		return batch.stream()
			.filter((batchRecord) -> batchRecord.outcome() == Outcome.FAILED && !batchRecord.acknowledged)
			.map((batchRecord) -> RejectShare.describe(mask.key(batchRecord.record),
					Messages.reason(batchRecord.record, mask)))
			.findFirst()
			.orElseThrow();
	}

	boolean isDelivered() {
		return outcome() == Outcome.WRITTEN;
	}

	/** Whether it is a reject that is retried: older than what this run has fetched. */
	boolean isRetried() {
		return this.scope == null && !this.again;
	}

	boolean isLeftOut() {
		return !this.unchanged && (outcome() == Outcome.IGNORED || outcome() == Outcome.DROPPED);
	}

}
