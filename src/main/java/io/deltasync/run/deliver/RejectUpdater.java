package io.deltasync.run.deliver;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.codec.ValueCodec;
import io.deltasync.reject.FailedRecord;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectOutcome;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.WaitingInRow;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.Room;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Updates rejects after a batch: stores each failed record with its original properties,
 * and closes the reject of every record that was delivered, even in a newer version. Also
 * updates the record log and the delivery index. Not thread-safe; each lane has its own.
 */
public final class RejectUpdater {

	private final ActiveRun run;

	private final RejectingRun rejecting;

	private final EventCounts counts;

	private final RejectChanges rejects;

	private final RejectsInRows inRows;

	private final FailedRecordFactory failedRecords;

	private final RunTransactions transactions;

	private final DeliveryIndex index;

	private final ValueCodec codec;

	private final RecordLogWriter recordLog;

	private final RejectsOfRecords ofRecords;

	RejectUpdater(ActiveRun run, RejectingRun rejecting, EventCounts counts, RejectChanges rejects,
			RejectRows rejectRows, RecordLogWriter recordLog, DeliveryIndex index, RunTransactions transactions) {
		this.run = run;
		this.rejecting = rejecting;
		this.counts = counts;
		this.rejects = rejects;
		this.transactions = transactions;
		this.index = index;
		this.codec = index.codec();
		this.recordLog = recordLog;
		this.inRows = new RejectsInRows(rejecting, rejects, rejectRows, this.codec, transactions.clock());
		this.failedRecords = new FailedRecordFactory(run.link(), this.codec);
		this.ofRecords = new RejectsOfRecords(rejecting, rejects,
				new WaitingRecords(rejecting.link(), rejects, this.codec), this.failedRecords, transactions.clock());
	}

	/**
	 * Before a batch is delivered, marks waiting rejects of the same records as
	 * superseded, unless they hold the same version. Otherwise, if the process died
	 * between write and commit and the source no longer returned the record, a later
	 * retry would overwrite the newer version with the rejected one.
	 * @param batch the records as fetched
	 */
	public void begin(List<BatchRecord> batch) {
		if (!knowsWaitingRejects()) {
			return;
		}
		this.transactions.run(() -> {
			this.run.lease().verify();
			this.ofRecords.supersede(batch);
		});
	}

	/**
	 * Determines the target rows of records, and marks waiting rejects of other records
	 * in the same rows as superseded: if the process died before the delivery is stored,
	 * a later retry would overwrite these records.
	 * @param ready the records, ready for the target
	 * @return the records to write, in their order
	 */
	List<BatchRecord> beforeWriting(List<BatchRecord> ready) {
		ready.forEach((batchRecord) -> batchRecord.ready = true);
		if (this.index.remembers() || knowsWaitingRejects()) {
			this.index.rows().ofReady(ready);
		}
		beginInRows(ready);
		return this.index.leaveOutUnchanged(ready);
	}

	/**
	 * Marks waiting rejects of other records in the same rows as superseded, for records
	 * whose row is known.
	 */
	void beginInRows(List<BatchRecord> ready) {
		if (!knowsWaitingRejects()) {
			return;
		}
		List<BatchRecord> fetched = ready.stream().filter((batchRecord) -> !batchRecord.isRetried()).toList();
		if (fetched.stream().anyMatch((batchRecord) -> batchRecord.rowId != null)) {
			this.transactions.run(() -> {
				this.run.lease().verify();
				this.inRows.supersede(fetched);
			});
		}
	}

	/**
	 * Determines the target rows of records that were stopped by filters, the mapping or
	 * the target. Call it before {@link #update}, because it may call the target.
	 * @param batch the records, delivered or not
	 */
	public void findRows(List<BatchRecord> batch) {
		if (this.rejecting.testing()) {
			return;
		}
		List<BatchRecord> unknown = batch.stream()
			.filter((batchRecord) -> batchRecord.rowId == null)
			.filter((batchRecord) -> batchRecord.record.isFailed()
					|| (this.index.marksSeen() && !batchRecord.isDelivered()))
			.toList();
		this.index.rows().ofReady(unknown.stream().filter((batchRecord) -> batchRecord.ready).toList());
		this.index.rows().ofStopped(unknown.stream().filter((batchRecord) -> !batchRecord.ready).toList());
	}

	DeliveryIndex index() {
		return this.index;
	}

	/** Returns the lane's instance of the target adapter. */
	TargetAdapter target() {
		return this.index.rows().target();
	}

	private boolean knowsWaitingRejects() {
		return this.run.hasWaitingRejects() && !this.rejecting.testing();
	}

	/**
	 * Stores the outcome of a batch's records, and marks the failed ones that do not fail
	 * the run. Takes part in the caller's transaction.
	 * @param batch the records, delivered or failed
	 */
	public void update(List<BatchRecord> batch) {
		batch.forEach((batchRecord) -> hideReason(batchRecord.record));
		List<Failed> failed = failed(batch);
		boolean mayEnd = !this.rejecting.testing() && (this.run.hasWaitingRejects() || !failed.isEmpty());
		Map<String, BatchRecord> last = mayEnd
				? this.ofRecords.last(batch, failed.stream().map((one) -> one.record.identity().recordId()).toList())
				: Map.of();
		lock(failed, last, mayEnd ? this.inRows.others(batch) : List.of());
		subtractRetriedAlone(batch);
		if (!failed.isEmpty()) {
			reject(failed);
		}
		this.ofRecords.close(State.DELIVERED, last);
		this.ofRecords.close(State.DISCARDED, last);
		if (knowsWaitingRejects()) {
			this.inRows.closeOthers(batch.stream()
				.filter((batchRecord) -> batchRecord.rejectState() == State.DELIVERED && !batchRecord.isRetried())
				.toList());
		}
		this.recordLog.write(batch);
		this.index.store(batch);
	}

	/**
	 * Locks all rejects that may be changed, in one order, because the rest of the
	 * transaction uses other orders.
	 */
	private void lock(List<Failed> failed, Map<String, BatchRecord> last, List<WaitingInRow> inRows) {
		Set<String> changing = new TreeSet<>(this.ofRecords.closing(last));
		inRows.forEach((waiting) -> changing.add(waiting.recordId()));
		failed.forEach((one) -> changing.add(this.rejecting.recordId(one.record.identity())));
		if (!changing.isEmpty()) {
			this.rejects.lock(this.run.link().name(), changing);
		}
	}

	/**
	 * Removes records from the retry counts that a replay retried separately because
	 * their scope had failed, and that it fetches now after a restart: they count only in
	 * their scope.
	 */
	private void subtractRetriedAlone(List<BatchRecord> batch) {
		if (this.run.parameters().replayed() == null) {
			return;
		}
		Set<String> fetched = new TreeSet<>();
		batch.stream()
			.filter((batchRecord) -> batchRecord.scope != null)
			.forEach((batchRecord) -> fetched.add(batchRecord.identity(this.codec)));
		List<Boolean> alone = fetched.isEmpty() ? List.of()
				: this.rejects.fetchedAfterAlone(this.run.link().name(), this.rejecting.event(), fetched);
		if (!alone.isEmpty()) {
			long acknowledged = alone.stream().filter((one) -> one).count();
			this.counts.addRetried(this.rejecting.event(),
					RecordCounts.NONE.minus(new RecordCounts(alone.size(), 0, 0, alone.size(), 0, 0, 0, acknowledged)));
		}
	}

	/** Masks the reason for ignoring a record, before it is counted and stored. */
	private void hideReason(RecordInFlight record) {
		String reason = record.ignoreReason();
		if (reason != null) {
			record.ignore(this.run.link().mask().hideIn(reason, record));
		}
	}

	/**
	 * Returns the failed records, in the same order in all lanes, so that two lanes that
	 * add the same rejects do not deadlock.
	 */
	private List<Failed> failed(List<BatchRecord> batch) {
		return batch.stream()
			.filter((batchRecord) -> batchRecord.record.isFailed())
			.map((batchRecord) -> new Failed(batchRecord, this.failedRecords.describe(batchRecord)))
			.sorted(Comparator.comparing((one) -> one.record.identity().recordId()))
			.toList();
	}

	private void reject(List<Failed> failed) {
		Room room = this.run.counters().rejectRoom();
		int granted = room.reserve(failed.size(),
				() -> this.rejects.countMet(this.rejecting.link(), this.rejecting.event(), room.most()));
		List<RejectOutcome> outcomes = this.rejects.failed(this.rejecting, failed.stream().map(Failed::record).toList(),
				granted, this.transactions.clock().instant());
		int stored = 0;
		for (int i = 0; i < outcomes.size(); i++) {
			BatchRecord batchRecord = failed.get(i).batchRecord;
			batchRecord.acknowledged = outcomes.get(i) == RejectOutcome.PASSES;
			boolean refused = outcomes.get(i) == RejectOutcome.NOT_STORED;
			batchRecord.refusedByMaxRejects = refused ? room.most() : 0;
			stored += refused ? 0 : 1;
		}
		room.giveBack(Math.max(0, granted - stored));
		if (!this.rejecting.testing()) {
			SortedMap<String, @Nullable String> rows = new TreeMap<>();
			failed.stream()
				.filter((one) -> one.batchRecord.refusedByMaxRejects == 0)
				.forEach((one) -> rows.put(one.record.identity().recordId(), one.batchRecord.rowId));
			this.inRows.addFailed(rows, failed.stream().map(Failed::batchRecord).toList());
		}
		this.run.markWaitingRejects();
	}

	/** Returns the codec for the properties of rejects. */
	ValueCodec codec() {
		return this.codec;
	}

	private record Failed(BatchRecord batchRecord, FailedRecord record) {

	}

}
