package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Deletes at the target what a full run did not meet any more, or marks it as deleted,
 * page after page: by the keys that the target got, past filters and mapping, which have
 * seen these records before. What cannot be deleted becomes a reject, and the next full
 * run tries it again. Not thread-safe.
 */
final class Deletion {

	private final ActiveRun run;

	private final Link link;

	private final RejectingRun rejecting;

	private final String targetId;

	private final RunStorage stores;

	private final TargetRows rows;

	private final Delivery delivery;

	private final DeliveryIndex memory;

	private final RejectUpdater settlement;

	private final LateWriteGuard lateWrites;

	Deletion(ActiveRun run, RejectingRun rejecting, String targetId, RunStorage stores) {
		this.run = run;
		this.link = run.link();
		this.rejecting = rejecting;
		this.targetId = targetId;
		this.stores = stores;
		LinkContext context = run.context();
		this.memory = new DeliveryIndex(run, rejecting.event(), true, stores);
		this.rows = this.memory.rows();
		this.settlement = new RejectUpdater(run, rejecting, stores, this.memory);
		this.lateWrites = new LateWriteGuard(run, rejecting.event(), stores);
		this.delivery = new Delivery(context, new Filters(List.of(), context, run.retries()), (record) -> {
		}, UnaryOperator.identity(), this.rows.target(), run.retries());
	}

	/**
	 * Forgets those whose key is, as the target compares keys now, the key of a row that
	 * this run has met. The target may have begun to compare keys in another way since
	 * they were delivered, as the type of a column was changed: what would be deleted
	 * then is what the source has. Where the target cannot tell any more, it may be what
	 * the source has, so it is not deleted.
	 * @return false when the run had to end before
	 */
	boolean forgetMet() {
		for (boolean more = true; more;) {
			if (this.run.mustEnd()) {
				return false;
			}
			this.run.lease().checkLocally();
			more = Boolean.TRUE.equals(this.stores.transaction().execute((status) -> forgetSomeMetByTargetKey()));
		}
		for (List<UnseenRecord> page = read(""); !page.isEmpty();) {
			if (this.run.mustEnd()) {
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
		List<String> met = this.stores.delivered()
			.metByTargetKey(this.link.name(), this.targetId, this.rejecting.event(), limit);
		this.stores.delivered().remove(this.link.name(), met);
		return met.size() == limit;
	}

	private void forgetMet(List<UnseenRecord> page) {
		Map<String, String> asOfNow = new HashMap<>();
		Set<String> unknown = new HashSet<>();
		List<BatchRecord> batch = batch(page);
		this.rows.ofReady(batch);
		for (int i = 0; i < page.size(); i++) {
			String rowId = page.get(i).rowId();
			String now = this.memory.indexId(batch.get(i));
			if (!now.equals(rowId)) {
				asOfNow.put(rowId, now);
			}
			if (batch.get(i).rowId == null && this.rows.areCompared()) {
				unknown.add(rowId);
			}
		}
		if (!asOfNow.isEmpty() || !unknown.isEmpty()) {
			this.stores.transaction().executeWithoutResult((status) -> {
				this.run.lease().verify();
				Set<String> met = this.stores.delivered()
					.met(this.link.name(), this.rejecting.event(), asOfNow.values());
				this.stores.delivered()
					.remove(this.link.name(),
							asOfNow.keySet().stream().filter((id) -> met.contains(asOfNow.get(id))).toList());
				this.stores.delivered().cannotDelete(this.link.name(), unknown);
			});
		}
	}

	/** Ends the execution context of the target. */
	void close() {
		this.stores.heard(this.run.lease(), this.rejecting.event(), this.delivery.close());
	}

	/**
	 * Deletes all of them.
	 * @return false when the run had to end before
	 * @throws Exception when the target is not there
	 */
	boolean deleteAll() throws Exception {
		for (List<UnseenRecord> page = read(""); !page.isEmpty();) {
			if (this.run.mustEnd()) {
				return false;
			}
			List<UnseenRecord> deleting = page;
			this.lateWrites.watch(this.delivery, this.memory, () -> delete(deleting));
			page = read(page.get(page.size() - 1).rowId());
		}
		return true;
	}

	private List<UnseenRecord> read(String after) {
		return this.stores.transaction()
			.execute((status) -> this.stores.delivered()
				.unseen(this.link.name(), this.targetId, this.rejecting.event(), after,
						this.run.context().batchSizeLimit()));
	}

	private @Nullable Void delete(List<UnseenRecord> page) throws Exception {
		List<BatchRecord> batch = batch(page);
		this.run.lease().checkLocally();
		this.settlement.begin(batch);
		this.settlement.beginInRows(batch);
		doubt(page);
		RunContext told = this.run.targetContext();
		told.<@Nullable Void>call(() -> {
			this.delivery.deliver(batch);
			return null;
		});
		this.run.lease().checkLocally();
		this.stores.transaction().executeWithoutResult((status) -> {
			store(page, batch);
			this.stores.pages().addEventWarnings(this.rejecting.event(), told.warnings());
			this.run.lease().lockAndVerify();
		});
		this.run.tally(BatchRecord.count(batch));
		return null;
	}

	private List<BatchRecord> batch(List<UnseenRecord> page) {
		List<BatchRecord> batch = new ArrayList<>(page.size());
		page.forEach((unseen) -> batch.add(BatchRecord.toDelete(record(unseen), unseen.rowId())));
		return batch;
	}

	/**
	 * If this process dies before it has stored the deletion, nobody else knows of it.
	 */
	private void doubt(List<UnseenRecord> page) {
		List<String> ids = page.stream().map(UnseenRecord::rowId).toList();
		this.memory.noteWriting(ids);
		this.stores.transaction().executeWithoutResult((status) -> {
			this.run.lease().verify();
			this.stores.delivered().invalidate(this.link.name(), ids);
		});
	}

	private void store(List<UnseenRecord> page, List<BatchRecord> batch) {
		this.settlement.settle(batch);
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
		this.stores.delivered().remove(this.link.name(), deleted);
		this.stores.pages()
			.addDeleted(this.rejecting.event(), new RecordCounts(page.size(), deleted.size(), 0, failed, 0,
					page.size() - deleted.size() - failed, 0, acknowledged));
	}

	private RecordInFlight record(UnseenRecord unseen) {
		ValueCodec codec = this.settlement.codec();
		Map<String, @Nullable Object> properties = new LinkedHashMap<>(properties(unseen.targetKey(), codec));
		RecordInFlight key = sourceKey(unseen, codec);
		if (this.link.deletes() == Deletes.HARD) {
			return key.replaceProperties(properties);
		}
		properties.putAll(this.link.softDelete());
		return new RecordInFlight(key.originalProperties(), Operation.UPDATE).identifiedBy(key.keyProperties())
			.replaceProperties(properties);
	}

	/** The record, as far as it is known: its key as the source had it. */
	static RecordInFlight sourceKey(UnseenRecord unseen, ValueCodec codec) {
		Map<String, @Nullable Object> key = properties(unseen.sourceKey(), codec);
		return new RecordInFlight(key, Operation.DELETE).identifiedBy(List.copyOf(key.keySet()));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> properties(String text, ValueCodec codec) {
		return (Map<String, @Nullable Object>) codec.read(text);
	}

}
