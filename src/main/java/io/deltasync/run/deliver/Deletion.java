package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.MetRecords;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * Deletes records at the target that a full run did not find in the source, or marks them
 * as deleted, page by page. It uses the keys that the target received and bypasses
 * filters and mapping, which have processed these records before. A failed deletion
 * becomes a reject, and the next full run retries it. Not thread-safe.
 */
public final class Deletion {

	private final ActiveRun run;

	private final Link link;

	private final RejectingRun rejecting;

	private final String targetId;

	private final EventCounts counts;

	private final Warnings warnings;

	private final DeliveryIndexTable delivered;

	private final MetRecords metRecords;

	private final RunTransactions transactions;

	private final TargetRows rows;

	private final TargetSession session;

	private final DeliveryIndex index;

	private final RejectUpdater rejectUpdater;

	public Deletion(ActiveRun run, RejectingRun rejecting, TargetSession session, EventCounts counts, Warnings warnings,
			DeliveryIndexTable delivered, MetRecords metRecords, RunTransactions transactions) {
		this.run = run;
		this.link = run.link();
		this.rejecting = rejecting;
		this.targetId = this.link.identity().targetId();
		this.session = session;
		this.rejectUpdater = session.rejectUpdater();
		this.index = this.rejectUpdater.index();
		this.rows = this.index.rows();
		this.counts = counts;
		this.warnings = warnings;
		this.delivered = delivered;
		this.metRecords = metRecords;
		this.transactions = transactions;
	}

	/**
	 * Removes index entries whose key, as the target compares keys now, belongs to a row
	 * that this run has read. The target may compare keys differently since the records
	 * were delivered, for example because the type of a column was changed, and a
	 * deletion would then hit a record that the source still has. An entry whose key the
	 * target can no longer compare may be such a record, so it is not deleted.
	 * @return false if the run had to end before that
	 */
	boolean forgetMet() {
		for (boolean more = true; more;) {
			if (this.run.ending().mustEnd()) {
				return false;
			}
			this.run.lease().checkLocally();
			more = this.transactions.call(() -> forgetSomeMetByTargetKey());
		}
		for (List<UnseenRecord> page = read(""); !page.isEmpty();) {
			if (this.run.ending().mustEnd()) {
				return false;
			}
			this.run.lease().checkLocally();
			forgetMet(page);
			page = read(page.get(page.size() - 1).rowId());
		}
		return true;
	}

	private boolean forgetSomeMetByTargetKey() {
		this.run.lease().verify();
		int limit = this.run.context().batchSizeLimit();
		List<String> met = this.metRecords.metByTargetKey(this.link.name(), this.targetId, this.rejecting.event(),
				limit);
		this.delivered.remove(this.link.name(), met);
		return met.size() == limit;
	}

	private void forgetMet(List<UnseenRecord> page) {
		Map<String, String> currentIds = new HashMap<>();
		Set<String> unknown = new HashSet<>();
		List<BatchRecord> batch = batch(page);
		this.rows.ofReady(batch);
		for (int i = 0; i < page.size(); i++) {
			String rowId = page.get(i).rowId();
			String now = this.index.ids().indexId(batch.get(i));
			if (!now.equals(rowId)) {
				currentIds.put(rowId, now);
			}
			if (batch.get(i).rowId == null && this.rows.areCompared()) {
				unknown.add(rowId);
			}
		}
		if (!currentIds.isEmpty() || !unknown.isEmpty()) {
			this.transactions.run(() -> {
				this.run.lease().verify();
				Set<String> met = this.metRecords.met(this.link.name(), this.rejecting.event(), currentIds.values());
				this.delivered.remove(this.link.name(),
						currentIds.keySet().stream().filter((id) -> met.contains(currentIds.get(id))).toList());
				this.delivered.cannotDelete(this.link.name(), unknown);
			});
		}
	}

	/**
	 * Deletes all missing records.
	 * @return false if the run had to end before that
	 * @throws Exception if the target is not available
	 */
	boolean deleteAll() throws Exception {
		for (List<UnseenRecord> page = read(""); !page.isEmpty();) {
			if (this.run.ending().mustEnd()) {
				return false;
			}
			List<UnseenRecord> deleting = page;
			this.session.watch(() -> deleteAndStore(deleting));
			page = read(page.get(page.size() - 1).rowId());
		}
		return true;
	}

	/**
	 * Deletes records.
	 * @param page at most as many as the batch size limit
	 * @throws Exception if the target is not available
	 */
	public void delete(Collection<UnseenRecord> page) throws Exception {
		this.session.watch(() -> deleteAndStore(List.copyOf(page)));
	}

	private List<UnseenRecord> read(String after) {
		return this.transactions.call(() -> this.metRecords.unseen(this.link.name(), this.targetId,
				this.rejecting.event(), after, this.run.context().batchSizeLimit()));
	}

	private @Nullable Void deleteAndStore(List<UnseenRecord> page) throws Exception {
		List<BatchRecord> batch = batch(page);
		this.run.lease().checkLocally();
		this.rejectUpdater.begin(batch);
		this.rejectUpdater.beginInRows(batch);
		invalidate(page);
		RunContext callContext = this.run.targetContext();
		callContext.<@Nullable Void>call(() -> {
			this.session.delivery().deliver(batch);
			return null;
		});
		this.run.lease().checkLocally();
		this.transactions.run(() -> {
			store(page, batch);
			this.warnings.add(this.rejecting.event(), callContext.warnings());
			this.run.lease().lockAndVerify();
		});
		this.run.counters().tally(BatchRecord.count(batch));
		return null;
	}

	private List<BatchRecord> batch(List<UnseenRecord> page) {
		List<BatchRecord> batch = new ArrayList<>(page.size());
		page.forEach((unseen) -> batch.add(BatchRecord.toDelete(record(unseen), unseen.rowId())));
		return batch;
	}

	/**
	 * Invalidates the digests of records before they are deleted: if this process dies
	 * before the deletion is stored, no other process knows of it.
	 */
	private void invalidate(List<UnseenRecord> page) {
		List<String> ids = page.stream().map(UnseenRecord::rowId).toList();
		this.index.written().add(ids);
		this.transactions.run(() -> {
			this.run.lease().verify();
			this.delivered.invalidate(this.link.name(), ids);
		});
	}

	private void store(List<UnseenRecord> page, List<BatchRecord> batch) {
		this.rejectUpdater.update(batch);
		List<String> deleted = new ArrayList<>();
		int failed = 0;
		int acknowledged = 0;
		for (int i = 0; i < page.size(); i++) {
			BatchRecord batchRecord = batch.get(i);
			if (batchRecord.isDelivered()) {
				deleted.add(page.get(i).rowId());
			}
			else if (batchRecord.record.isFailed()) {
				failed++;
				acknowledged += batchRecord.acknowledged ? 1 : 0;
			}
		}
		this.delivered.remove(this.link.name(), deleted);
		this.counts.addDeleted(this.rejecting.event(), new RecordCounts(page.size(), deleted.size(), 0, failed, 0,
				page.size() - deleted.size() - failed, 0, acknowledged));
	}

	private RecordInFlight record(UnseenRecord unseen) {
		ValueCodec codec = this.rejectUpdater.codec();
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(properties(unseen.targetKey(), codec));
		RecordInFlight key = sourceKey(unseen, codec);
		if (this.link.deletes() == Deletes.HARD) {
			return key.replaceProperties(properties);
		}
		properties.putAll(this.link.softDelete());
		return new RecordInFlight(key.originalProperties(), Operation.UPDATE).identifiedBy(key.keyProperties())
			.replaceProperties(properties);
	}

	/** Creates a record from the only part that is known: its key in the source. */
	public static RecordInFlight sourceKey(UnseenRecord unseen, ValueCodec codec) {
		Map<String, @Nullable Object> key = properties(unseen.sourceKey(), codec);
		return new RecordInFlight(key, Operation.DELETE).identifiedBy(List.copyOf(key.keySet()));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> properties(String text, ValueCodec codec) {
		return (Map<String, @Nullable Object>) codec.read(text);
	}

}
