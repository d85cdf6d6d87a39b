package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.deltasync.api.Operation;
import io.deltasync.codec.ValueCodec;
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

	private final boolean skips;

	private final boolean deletes;

	private final boolean marksSeen;

	private final ValueCodec codec;

	private final TargetRows rows;

	private final RowIds ids;

	private final WrittenRows written;

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
		// a person who delivers a single record wants it written
		this.skips = settings.skipUnchanged() && run.parameters().rewrite() == Rewrite.NOTHING
				&& run.parameters().record() == null;
		this.deletes = settings.deletes() != Link.Deletes.OFF;
		this.marksSeen = this.deletes && run.meetsEverything();
		this.codec = ValueCodec.ofProperties(settings.sourceType());
		this.ids = new RowIds(settings, this.codec);
		this.written = new WrittenRows(this.link, delivered, this.changes);
		this.rows = new TargetRows(run.context(), run.retries(), settings.newTarget(),
				new KeyEncoder(settings.mapping(), this.codec));
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

	/** Returns what identifies the rows of records. */
	RowIds ids() {
		return this.ids;
	}

	/** Returns the rows that may have been written. */
	WrittenRows written() {
		return this.written;
	}

	/** Returns the codec for the properties of records. */
	ValueCodec codec() {
		return this.codec;
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
		Map<String, List<BatchRecord>> byId = this.remembers ? this.ids.identify(batch) : Map.of();
		if (byId.isEmpty()) {
			return batch;
		}
		this.written.add(byId.keySet());
		byId.values().forEach(this.ids::warnOfSeveral);
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
				delivered.put(this.ids.indexId(batchRecord), batchRecord);
			}
			else if (batchRecord.recordId != null) {
				uncertain.add(this.ids.indexId(batchRecord));
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
				seen.add(this.ids.indexId(batchRecord));
				if (!batchRecord.isDelivered() && !batchRecord.unchanged) {
					stopped.add(this.ids.sourceId(batchRecord));
				}
			}
		}
		seen.addAll(this.delivered.rowsOf(this.link, stopped));
		seen.removeAll(delivered);
		return seen;
	}

}
