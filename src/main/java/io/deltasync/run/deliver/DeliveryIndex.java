package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.codec.ValueDigest;
import io.deltasync.config.Mask;
import io.deltasync.delivered.DeliveredRecord;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.IndexEntry;
import io.deltasync.delivered.MeetingRun;
import io.deltasync.event.Rewrite;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import org.jspecify.annotations.Nullable;

/**
 * A lane's view of the delivery index of its Link: unchanged records are not written
 * again ({@code skip-unchanged}), and records that the source no longer has are found
 * ({@code deletes}). Empty if neither is set. Not thread-safe; each lane has its own.
 */
public final class DeliveryIndex {

	/** The reason for ignoring unchanged records. */
	static final String UNCHANGED = "unchanged";

	private final DeliveryIndexTable delivered;

	private final RunTransactions transactions;

	private final Lease lease;

	private final String link;

	private final String target;

	private final MeetingRun by;

	private final boolean remembers;

	private final boolean changes;

	private final boolean compares;

	private final boolean skips;

	private final boolean deletes;

	private final boolean marksSeen;

	private final ValueCodec codec;

	private final ValueDigest digest = ValueDigest.ofContents();

	private final TargetRows rows;

	private final Map<String, String> writing;

	/** The rows that may have been written since {@link #begin()}. */
	private final Set<String> written = new HashSet<>();

	private final Mask mask;

	private boolean warned;

	/** The index entries of the current batch. */
	private Map<String, IndexEntry> known = Map.of();

	/** The rows of the current batch that were not in the index. */
	private Set<String> added = Set.of();

	/**
	 * Rows that were added for batches whose outcome is not stored yet: after an abort,
	 * their records may be delivered one by one.
	 */
	private final Set<String> placeholders = new HashSet<>();

	/**
	 * Creates an empty view.
	 * @param met whether this run's source returned the records; a full run deletes those
	 * that it did not return
	 */
	public DeliveryIndex(ActiveRun run, long event, boolean met, DeliveryIndexTable delivered,
			RunTransactions transactions) {
		Link settings = run.link();
		this.delivered = delivered;
		this.transactions = transactions;
		this.lease = run.lease();
		this.link = settings.name();
		this.target = settings.identity().targetId();
		this.by = met ? MeetingRun.of(event, run.parameters().runTimestamp()) : MeetingRun.NONE;
		this.remembers = settings.remembersDeliveries();
		this.changes = this.remembers && !run.isTesting();
		this.writing = settings.writing();
		this.compares = settings.skipUnchanged();
		this.skips = this.compares && run.parameters().rewrite() == Rewrite.NOTHING;
		this.deletes = settings.deletes() != Link.Deletes.OFF;
		this.marksSeen = this.deletes && run.meetsEverything();
		this.mask = settings.mask();
		this.codec = ValueCodec.ofProperties(settings.sourceType());
		this.rows = new TargetRows(run, settings.newTarget(), new KeyEncoder(settings.mapping(), this.codec));
	}

	/**
	 * Returns the resolver of target rows, which owns the lane's instance of the target.
	 */
	TargetRows rows() {
		return this.rows;
	}

	/** Whether the rows of records that are ready for the target must be known. */
	boolean remembers() {
		return this.remembers;
	}

	/** Whether the rows of all records that the source returned must be known. */
	boolean marksSeen() {
		return this.marksSeen && this.changes;
	}

	/** Returns the codec for the properties of records. */
	ValueCodec codec() {
		return this.codec;
	}

	/** Clears the set of written rows. */
	void begin() {
		this.written.clear();
	}

	/**
	 * Adds rows that are about to be written or deleted.
	 * @param rowIds the digests of their keys
	 */
	void addWritten(Collection<String> rowIds) {
		this.written.addAll(rowIds);
	}

	/**
	 * Invalidates the digests of all rows that may have been written since
	 * {@link #begin()}, so that they are written again. Takes part in the caller's
	 * transaction.
	 */
	void forgetWritten() {
		if (this.changes) {
			this.delivered.invalidate(this.link, this.written);
		}
	}

	/**
	 * Leaves out unchanged records, and invalidates the digests of the others: until
	 * {@link #store}, the content of their rows is uncertain.
	 * @param batch records that are ready for the target; those that are left out are
	 * marked
	 * @return the records to write, in their order
	 */
	List<BatchRecord> leaveOutUnchanged(List<BatchRecord> batch) {
		this.known = Map.of();
		this.added = Set.of();
		Map<String, List<BatchRecord>> byId = this.remembers ? identify(batch) : Map.of();
		if (byId.isEmpty()) {
			return batch;
		}
		addWritten(byId.keySet());
		byId.values().forEach(this::warnOfSeveral);
		Set<String> unchanged = new HashSet<>();
		this.transactions.run(() -> {
			unchanged.clear();
			this.lease.verify();
			this.known = this.delivered.find(this.link, this.target, byId.keySet());
			byId.forEach((id, versions) -> {
				if (this.skips && isUnchanged(this.known.get(id), versions)) {
					unchanged.add(id);
				}
			});
			invalidateChanged(unchanged);
			addPlaceholders(byId);
		});
		this.placeholders.addAll(this.added);
		byId.forEach((id, versions) -> {
			if (unchanged.contains(id)) {
				versions.forEach(BatchRecord::leaveOutUnchanged);
			}
		});
		return batch.stream().filter((batchRecord) -> !batchRecord.unchanged).toList();
	}

	/**
	 * Groups the records of the batch by row: all records of one row have the same id.
	 */
	private Map<String, List<BatchRecord>> identify(List<BatchRecord> batch) {
		Map<String, List<BatchRecord>> byId = new HashMap<>();
		for (BatchRecord batchRecord : batch) {
			if (RecordIdentity.hasKey(batchRecord.record)) {
				batchRecord.recordId = batchRecord.identity(this.codec);
				batchRecord.contentId = this.compares ? contentId(batchRecord.record) : null;
				byId.computeIfAbsent(indexId(batchRecord), (key) -> new ArrayList<>(1)).add(batchRecord);
			}
		}
		return byId;
	}

	/**
	 * Warns of several records in one row, once in each lane because there may be many.
	 */
	private void warnOfSeveral(List<BatchRecord> ofOneRow) {
		BatchRecord first = ofOneRow.get(0);
		BatchRecord last = ofOneRow.get(ofOneRow.size() - 1);
		if (!this.warned && !Objects.equals(first.recordId, last.recordId)) {
			this.warned = true;
			RunContext.currentContext()
				.addWarning(
						("the records %s and %s of the source are one row of the target, which treats their keys as equal; "
								+ "the last one written remains")
							.formatted(this.mask.key(first.record), this.mask.key(last.record)));
		}
	}

	/**
	 * Returns the id of a record's row. If the target cannot compare keys, the source's
	 * key identifies the row.
	 */
	String indexId(BatchRecord batchRecord) {
		return (batchRecord.rowId != null) ? batchRecord.rowId : "source:" + sourceId(batchRecord);
	}

	private String sourceId(BatchRecord batchRecord) {
		return (batchRecord.recordId != null) ? batchRecord.recordId : batchRecord.identity(this.codec);
	}

	/**
	 * Returns the digest of a record's content. It includes the target's options, because
	 * they may change the values that are written.
	 */
	private @Nullable String contentId(RecordInFlight record) {
		Map<String, @Nullable Object> properties = record.properties();
		return this.writing.isEmpty() ? this.digest.of(properties)
				: this.digest.of(Map.of("properties", properties, "writing", this.writing));
	}

	private static boolean isUnchanged(@Nullable IndexEntry known, List<BatchRecord> versions) {
		return known != null && known.contentId() != null
				&& versions.stream()
					.allMatch((version) -> version.record.operation() == Operation.UPSERT
							&& known.contentId().equals(version.contentId));
	}

	private void invalidateChanged(Set<String> unchanged) {
		if (!this.changes) {
			return;
		}
		List<String> changed = new ArrayList<>();
		this.known.replaceAll((id, content) -> {
			if (content.contentId() == null || unchanged.contains(id)) {
				return content;
			}
			changed.add(id);
			return new IndexEntry(null, content.version() + 1);
		});
		this.delivered.invalidate(this.link, changed);
	}

	/**
	 * Adds placeholders for records that are not in the index. A record that is written
	 * just before a crash and then deleted at the source would otherwise be unknown to
	 * {@code deletes}.
	 */
	private void addPlaceholders(Map<String, List<BatchRecord>> byId) {
		this.added = new HashSet<>();
		if (!this.changes || !this.deletes) {
			return;
		}
		List<DeliveredRecord> news = new ArrayList<>();
		byId.forEach((id, versions) -> {
			BatchRecord last = versions.get(versions.size() - 1);
			IndexEntry before = this.known.get(id);
			if ((before == null || before.isPlaceholder()) && last.record.operation() != Operation.DELETE) {
				this.added.add(id);
				if (before == null || !this.placeholders.contains(id)) {
					news.add(describe(id, last, true));
				}
			}
		});
		this.delivered.store(this.link, this.target, this.by, news);
		news.forEach((one) -> this.known.put(one.rowId(), new IndexEntry(null, one.version() + 1)));
	}

	/**
	 * Stores the outcome of a batch. Takes part in the caller's transaction.
	 * @param batch the records, delivered or not
	 */
	void store(List<BatchRecord> batch) {
		if (!this.changes) {
			return;
		}
		Map<String, BatchRecord> delivered = new TreeMap<>();
		Set<String> uncertain = new HashSet<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.recordId != null && batchRecord.isDelivered()) {
				delivered.put(indexId(batchRecord), batchRecord);
			}
			else if (batchRecord.recordId != null) {
				uncertain.add(indexId(batchRecord));
			}
		}
		List<DeliveredRecord> written = new ArrayList<>();
		List<String> deleted = new ArrayList<>();
		delivered.forEach((id, batchRecord) -> {
			if (batchRecord.record.operation() == Operation.DELETE) {
				deleted.add(id);
			}
			else {
				written.add(describe(id, batchRecord, uncertain.contains(id)));
			}
		});
		this.delivered.store(this.link, this.target, this.by, written);
		this.delivered.remove(this.link, deleted);
		Set<String> undelivered = new HashSet<>(this.added);
		undelivered.removeAll(delivered.keySet());
		this.delivered.deletePlaceholders(this.link, undelivered);
		this.placeholders.removeAll(this.added);
		if (this.marksSeen) {
			this.delivered.markSeen(this.link, this.by, seen(batch, delivered.keySet()));
		}
	}

	private DeliveredRecord describe(String id, BatchRecord batchRecord, boolean uncertain) {
		IndexEntry before = this.known.get(id);
		// an update may not have found a row
		boolean unknown = uncertain || batchRecord.record.operation() != Operation.UPSERT;
		boolean deletable = batchRecord.rowId != null || !this.rows.areCompared();
		return new DeliveredRecord(id, Objects.requireNonNull(batchRecord.recordId),
				unknown ? null : batchRecord.contentId, (before != null) ? before.version() : 0,
				this.rows.keys().source(batchRecord.record),
				deletable ? this.rows.keys().target(batchRecord.record) : null);
	}

	/**
	 * Returns the rows of all records that the source returned, whatever their outcome:
	 * the current row, and the previous one if the record was not written.
	 */
	private Set<String> seen(List<BatchRecord> batch, Set<String> delivered) {
		Set<String> seen = new HashSet<>();
		Set<String> stopped = new HashSet<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.scope != null && RecordIdentity.hasKey(batchRecord.record)) {
				seen.add(indexId(batchRecord));
				if (!batchRecord.isDelivered() && !batchRecord.unchanged) {
					stopped.add(sourceId(batchRecord));
				}
			}
		}
		seen.addAll(this.delivered.rowsOf(this.link, stopped));
		seen.removeAll(delivered);
		return seen;
	}

}
