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
 * A record in a batch of a lane, with its outcome. Not thread-safe.
 */
public final class BatchRecord {

	public final RecordInFlight record;

	/** The scope that the record came from; null for a reject that is retried. */
	public final @Nullable OpenScope scope;

	private final long ordinal;

	Reject.@Nullable Stage failedAt;

	/** Why the record cannot be retried separately if it fails; null if it can. */
	@Nullable String notRestorable;

	/** Whether a failed record is retried by other means than from its stored reject. */
	final boolean retriedElsewhere;

	/** Whether the record failed without failing the run. */
	boolean acknowledged;

	/**
	 * The max-rejects limit that kept the reject from being stored; 0 if it is stored.
	 */
	int refusedByMaxRejects;

	/** Whether a filter removed the record without marking it as failed or ignored. */
	boolean dropped;

	/** The name of the filter that stopped the record; null if none did. */
	@Nullable String stoppedBy;

	/**
	 * The digest of the record's key, set when the record is ready for the target; null
	 * without a key.
	 */
	@Nullable String recordId;

	/**
	 * The digest of the key of the record's row, as the target compares keys; null while
	 * unknown, and if the target cannot compare the key.
	 */
	@Nullable String rowId;

	/**
	 * The digest of the content to write, if it is needed and can be computed; otherwise
	 * null.
	 */
	@Nullable String contentId;

	private @Nullable String identity;

	/** The key properties of the computed identity: a filter may change them. */
	private List<String> identifiedBy = List.of();

	private @Nullable String contentDigest;

	private boolean contentDigested;

	/** Whether the record has passed filters and mapping. */
	boolean ready;

	/** Whether the target already holds the record unchanged. */
	boolean unchanged;

	public BatchRecord(RecordInFlight record, OpenScope scope) {
		this(record, scope, scope.entry().ordinal(), false);
	}

	/**
	 * Creates the record of a reject that is retried.
	 * @param record the restored record
	 * @param reject the reject
	 * @param counted whether this run has counted the record as failed in a scope
	 */
	BatchRecord(RecordInFlight record, Reject reject, boolean counted) {
		this(record, null, (counted && reject.ordinal() != null) ? reject.ordinal() : Long.valueOf(Reject.ALONE),
				false);
	}

	/**
	 * Creates the record for a deletion at the target, because the source no longer has
	 * the record.
	 */
	static BatchRecord toDelete(RecordInFlight record, String rowId) {
		BatchRecord batchRecord = new BatchRecord(record, null, Reject.DELETION, true);
		batchRecord.rowId = rowId;
		batchRecord.notRestorable = "the next full run deletes it, unless the source has it again";
		return batchRecord;
	}

	/** Creates a record that no scope counts. */
	public static BatchRecord standalone(RecordInFlight record) {
		return new BatchRecord(record, null, Reject.ALONE, true);
	}

	/** Creates a record that is delivered alone, and becomes a reject if it fails. */
	public static BatchRecord alone(RecordInFlight record) {
		return new BatchRecord(record, null, Reject.ALONE, false);
	}

	private BatchRecord(RecordInFlight record, @Nullable OpenScope scope, long ordinal, boolean retriedElsewhere) {
		this.record = record;
		this.scope = scope;
		this.ordinal = ordinal;
		this.retriedElsewhere = retriedElsewhere;
	}

	/**
	 * Returns the ordinal of the scope in which the record is counted, or a special value
	 * for records outside all scopes.
	 */
	long ordinal() {
		return this.ordinal;
	}

	/** Returns the digest that identifies the record. It is cached. */
	public String identity(ValueCodec codec) {
		String known = this.identity;
		if (known == null || this.identifiedBy != this.record.keyProperties()) {
			known = RecordIdentity.recordId(this.record, codec);
			this.identity = known;
			this.identifiedBy = this.record.keyProperties();
		}
		return known;
	}

	/**
	 * Returns the digest of the record's original properties, or null if they cannot be
	 * serialised. It is cached, and costs a third of {@link #identity} for a record
	 * without a key.
	 */
	public @Nullable String contentDigest(ValueCodec codec) {
		if (!this.contentDigested) {
			this.contentDigest = RecordIdentity.uncheckedContentId(this.record, codec);
			this.contentDigested = true;
		}
		return this.contentDigest;
	}

	/** Returns the digest of the key of the record's row; null if it is not known. */
	public @Nullable String rowId() {
		return this.rowId;
	}

	void leaveOutUnchanged() {
		this.unchanged = true;
		this.record.ignore(DeliveryIndex.UNCHANGED);
	}

	/** Returns the outcome of the record. */
	public Outcome outcome() {
		if (this.record.isFailed()) {
			return Outcome.FAILED;
		}
		if (this.record.isIgnored()) {
			return Outcome.IGNORED;
		}
		return this.dropped ? Outcome.DROPPED : Outcome.WRITTEN;
	}

	/** Marks a failure as one that does not fail the run. */
	public void acknowledge() {
		this.acknowledged = true;
	}

	/** Returns the state in which the outcome leaves a reject of the record. */
	Reject.State rejectState() {
		return switch (outcome()) {
			case FAILED -> Reject.State.OPEN;
			case WRITTEN -> Reject.State.DELIVERED;
			default -> this.unchanged ? Reject.State.DELIVERED : Reject.State.DISCARDED;
		};
	}

	/** Counts the records of a batch by their outcome. */
	public static RecordCounts count(List<BatchRecord> batch) {
		RecordCounter counter = new RecordCounter();
		batch.forEach(
				(batchRecord) -> counter.count(batchRecord.record, batchRecord.outcome(), batchRecord.acknowledged));
		return counter.counts();
	}

	/**
	 * Describes the first failed record of a batch that is not acknowledged. There must
	 * be one.
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

	/**
	 * Whether the record is a retried reject, and therefore older than the records that
	 * this run has fetched.
	 */
	boolean isRetried() {
		return this.scope == null && !this.retriedElsewhere;
	}

}
