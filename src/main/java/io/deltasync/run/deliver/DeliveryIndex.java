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
import io.deltasync.delivered.IndexEntry;
import io.deltasync.delivered.MeetingRun;
import io.deltasync.event.Rewrite;
import io.deltasync.lease.Lease;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import org.jspecify.annotations.Nullable;

/**
 * What a lane knows of what its Link has delivered: records that the target has already
 * as they are need not be written again ({@code skip-unchanged}), and those that the
 * source gives no more can be found ({@code deletes}). Knows nothing where a Link wants
 * neither. One lane's; not thread-safe.
 */
public final class DeliveryIndex {

	/** Why records are left out. */
	static final String UNCHANGED = "unchanged";

	private final RunStorage stores;

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

	/** Of the batch that is under way. */
	private Map<String, IndexEntry> known = Map.of();

	/** Records of it that nothing had been known of. */
	private Set<String> added = Set.of();

	/**
	 * Rows that were added for batches whose outcome is not stored yet: after an abort,
	 * their records may be delivered one by one.
	 */
	private final Set<String> placeholders = new HashSet<>();

	/**
	 * Knows nothing yet.
	 * @param met whether this run's source gave the records; those that it did not give,
	 * a full run deletes
	 */
	public DeliveryIndex(ActiveRun run, long event, boolean met, RunStorage stores) {
		Link settings = run.link();
		this.stores = stores;
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
		this.codec = ValueCodec.ofProperties(settings.sourceType(), settings::newSource);
		this.rows = new TargetRows(run, settings.newTarget(), new KeyEncoder(settings.mapping(), this.codec));
	}

	/** Tells which rows records go to; has the lane's instance of the target. */
	TargetRows rows() {
		return this.rows;
	}

	/** Whether rows must be known of records that are ready for the target. */
	boolean remembers() {
		return this.remembers;
	}

	/** Whether rows must be known of all records that the source gave. */
	boolean marksSeen() {
		return this.marksSeen && this.changes;
	}

	/** What reads and writes the properties of records. */
	ValueCodec codec() {
		return this.codec;
	}

	/** Forgets which rows were written before. */
	void begin() {
		this.written.clear();
	}

	/**
	 * Notes that rows are about to be written, or deleted.
	 * @param rowIds the digests of their keys
	 */
	void noteWriting(Collection<String> rowIds) {
		this.written.addAll(rowIds);
	}

	/**
	 * Makes unknown what the target holds in the rows that were written since
	 * {@link #begin()}: they are written again. Takes part in the caller's transaction.
	 */
	void forgetWritten() {
		if (this.changes) {
			this.stores.delivered().invalidate(this.link, this.written);
		}
	}

	/**
	 * Leaves out what the target has already, and notes that the rest is under way: from
	 * now on until {@link #store} nobody knows what the target holds of it.
	 * @param batch records that are ready for the target; those that are left out are
	 * marked
	 * @return those that are to be written, in their order
	 */
	List<BatchRecord> leaveOutUnchanged(List<BatchRecord> batch) {
		this.known = Map.of();
		this.added = Set.of();
		Map<String, List<BatchRecord>> byId = this.remembers ? identify(batch) : Map.of();
		if (byId.isEmpty()) {
			return batch;
		}
		noteWriting(byId.keySet());
		byId.values().forEach(this::warnOfSeveral);
		Set<String> unchanged = new HashSet<>();
		this.stores.transaction().executeWithoutResult((status) -> {
			unchanged.clear();
			this.lease.verify();
			this.known = this.stores.delivered().find(this.link, this.target, byId.keySet());
			byId.forEach((id, versions) -> {
				if (this.skips && isUnchanged(this.known.get(id), versions)) {
					unchanged.add(id);
				}
			});
			noteUnderWay(unchanged);
			noteNew(byId);
		});
		this.placeholders.addAll(this.added);
		byId.forEach((id, versions) -> {
			if (unchanged.contains(id)) {
				versions.forEach(BatchRecord::leaveOutUnchanged);
			}
		});
		return batch.stream().filter((batchRecord) -> !batchRecord.unchanged).toList();
	}

	/** All records of the batch that go to one row have the same id. */
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

	/** Once in a lane: where there are two there may be many. */
	private void warnOfSeveral(List<BatchRecord> ofOneRow) {
		BatchRecord first = ofOneRow.get(0);
		BatchRecord last = ofOneRow.get(ofOneRow.size() - 1);
		if (!this.warned && !Objects.equals(first.recordId, last.recordId)) {
			this.warned = true;
			RunContext.currentContext()
				.addWarning(
						("the records %s and %s of the source are one row of the target, which takes their keys for equal; "
								+ "the one that is written last stays")
							.formatted(this.mask.key(first.record), this.mask.key(last.record)));
		}
	}

	/** Where the target does not tell rows apart, keys of the source do. */
	String indexId(BatchRecord batchRecord) {
		return (batchRecord.rowId != null) ? batchRecord.rowId : "source:" + sourceId(batchRecord);
	}

	private String sourceId(BatchRecord batchRecord) {
		return (batchRecord.recordId != null) ? batchRecord.recordId : batchRecord.identity(this.codec);
	}

	/** The target's options count too, because they may change what is written. */
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

	private void noteUnderWay(Set<String> unchanged) {
		if (!this.changes) {
			return;
		}
		List<String> underWay = new ArrayList<>();
		this.known.replaceAll((id, content) -> {
			if (content.contentId() == null || unchanged.contains(id)) {
				return content;
			}
			underWay.add(id);
			return new IndexEntry(null, content.version() + 1);
		});
		this.stores.delivered().invalidate(this.link, underWay);
	}

	/**
	 * If this process dies before it has stored the delivery, and the source gives up the
	 * record before it is fetched again, nobody else would know what to delete.
	 */
	private void noteNew(Map<String, List<BatchRecord>> byId) {
		this.added = new HashSet<>();
		if (!this.changes || !this.deletes) {
			return;
		}
		List<DeliveredRecord> news = new ArrayList<>();
		byId.forEach((id, versions) -> {
			BatchRecord last = versions.get(versions.size() - 1);
			IndexEntry before = this.known.get(id);
			if ((before == null || before.isUnderWay()) && last.record.operation() != Operation.DELETE) {
				this.added.add(id);
				if (before == null || !this.placeholders.contains(id)) {
					news.add(describe(id, last, true));
				}
			}
		});
		this.stores.delivered().store(this.link, this.target, this.by, news);
		news.forEach((one) -> this.known.put(one.rowId(), new IndexEntry(null, one.version() + 1)));
	}

	/**
	 * Stores what became of a batch. Takes part in the caller's transaction.
	 * @param batch the records, delivered or not
	 */
	void store(List<BatchRecord> batch) {
		if (!this.changes) {
			return;
		}
		Map<String, BatchRecord> delivered = new TreeMap<>();
		Set<String> doubtful = new HashSet<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.recordId != null && batchRecord.isDelivered()) {
				delivered.put(indexId(batchRecord), batchRecord);
			}
			else if (batchRecord.recordId != null) {
				doubtful.add(indexId(batchRecord));
			}
		}
		List<DeliveredRecord> written = new ArrayList<>();
		List<String> deleted = new ArrayList<>();
		delivered.forEach((id, batchRecord) -> {
			if (batchRecord.record.operation() == Operation.DELETE) {
				deleted.add(id);
			}
			else {
				written.add(describe(id, batchRecord, doubtful.contains(id)));
			}
		});
		this.stores.delivered().store(this.link, this.target, this.by, written);
		this.stores.delivered().remove(this.link, deleted);
		Set<String> undelivered = new HashSet<>(this.added);
		undelivered.removeAll(delivered.keySet());
		this.stores.delivered().deletePlaceholders(this.link, undelivered);
		this.placeholders.removeAll(this.added);
		if (this.marksSeen) {
			this.stores.delivered().markSeen(this.link, this.by, seen(batch, delivered.keySet()));
		}
	}

	private DeliveredRecord describe(String id, BatchRecord batchRecord, boolean doubtful) {
		IndexEntry before = this.known.get(id);
		// an update may have found no row
		boolean unknown = doubtful || batchRecord.record.operation() != Operation.UPSERT;
		boolean deletable = batchRecord.rowId != null || !this.rows.areCompared();
		return new DeliveredRecord(id, Objects.requireNonNull(batchRecord.recordId),
				unknown ? null : batchRecord.contentId, (before != null) ? before.version() : 0,
				this.rows.keys().source(batchRecord.record),
				deletable ? this.rows.keys().target(batchRecord.record) : null);
	}

	/**
	 * What the source gave is there, whatever became of it: the row that it goes to now,
	 * and unless it was written the one that it went to before.
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
		seen.addAll(this.stores.delivered().rowsOf(this.link, stopped));
		seen.removeAll(delivered);
		return seen;
	}

}
