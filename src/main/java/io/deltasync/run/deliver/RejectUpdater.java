package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.codec.ValueCodec;
import io.deltasync.link.Link;
import io.deltasync.link.RecordLogging;
import io.deltasync.reject.FailedRecord;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectOutcome;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.WaitingInRow;
import io.deltasync.reject.WaitingVersion;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.Room;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Messages;
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

	private final RejectRows rejectRows;

	private final RunTransactions transactions;

	private final DeliveryIndex index;

	private final ValueCodec codec;

	private final RecordLogWriter recordLog;

	private final WaitingRecords waitingRecords;

	RejectUpdater(ActiveRun run, RejectingRun rejecting, EventCounts counts, RejectChanges rejects,
			RejectRows rejectRows, RecordLogWriter recordLog, DeliveryIndex index, RunTransactions transactions) {
		this.run = run;
		this.rejecting = rejecting;
		this.counts = counts;
		this.rejects = rejects;
		this.rejectRows = rejectRows;
		this.transactions = transactions;
		this.index = index;
		this.codec = index.codec();
		this.recordLog = recordLog;
		this.waitingRecords = new WaitingRecords(run.link().name(), rejects, this.codec);
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
			Map<String, List<BatchRecord>> versions = this.waitingRecords.in(batch, Set.of());
			List<WaitingVersion> waiting = this.rejects.waitingVersions(this.run.link().name(), versions.keySet());
			this.rejects.supersede(waiting.stream()
				.filter((version) -> versions.getOrDefault(version.recordId(), List.of())
					.stream()
					.anyMatch((batchRecord) -> !version.contentId().equals(contentId(batchRecord.record))))
				.map(WaitingVersion::id)
				.toList());
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
		List<BatchRecord> fetched = ready.stream().filter((batchRecord) -> !batchRecord.isRetried()).toList();
		if (knowsWaitingRejects() && fetched.stream().anyMatch((batchRecord) -> batchRecord.rowId != null)) {
			this.transactions.run(() -> {
				this.run.lease().verify();
				supersede(fetched);
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

	/** Returns the waiting rejects of other records in the same target rows. */
	private List<WaitingInRow> othersInRows(List<BatchRecord> batch) {
		Map<String, List<BatchRecord>> records = new TreeMap<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.rowId != null) {
				records.computeIfAbsent(batchRecord.rowId, (row) -> new ArrayList<>(1)).add(batchRecord);
			}
		}
		return this.rejectRows.waiting(this.run.link().name(), records.keySet())
			.stream()
			.filter((waiting) -> records.getOrDefault(waiting.rowId(), List.of())
				.stream()
				.noneMatch((batchRecord) -> batchRecord.identity(this.codec).equals(waiting.recordId())))
			.toList();
	}

	private void supersede(List<BatchRecord> batch) {
		this.rejectRows.supersede(othersInRows(batch).stream().map(WaitingInRow::id).toList());
	}

	private String contentId(RecordInFlight record) {
		return RecordIdentity.of(record, this.codec, this.run.link().mask(), this.run.link().maxRejectSize())
			.contentId();
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
		Map<String, BatchRecord> last = mayEnd ? lastVersions(batch, failed) : Map.of();
		lock(failed, last, mayEnd ? othersInRows(batch) : List.of());
		subtractRetriedAlone(batch);
		if (!failed.isEmpty()) {
			reject(failed);
		}
		close(State.DELIVERED, last);
		close(State.DISCARDED, last);
		if (knowsWaitingRejects()) {
			closeOthersInRows(batch);
		}
		this.recordLog.write(batch);
		this.index.store(batch);
	}

	/**
	 * Locks all rejects that may be changed, in one order, because the rest of the
	 * transaction uses other orders.
	 */
	private void lock(List<Failed> failed, Map<String, BatchRecord> last, List<WaitingInRow> inRows) {
		Set<String> changing = new TreeSet<>();
		if (!last.isEmpty()) {
			List<String> passed = last.keySet()
				.stream()
				.filter((id) -> state(Objects.requireNonNull(last.get(id))) != State.OPEN)
				.toList();
			this.rejects.waitingVersions(this.run.link().name(), passed)
				.forEach((version) -> changing.add(version.recordId()));
		}
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

	/** Returns the last version of each record in the batch, whose outcome counts. */
	private Map<String, BatchRecord> lastVersions(List<BatchRecord> batch, List<Failed> failed) {
		List<String> failing = failed.stream().map((one) -> one.record.identity().recordId()).toList();
		Map<String, BatchRecord> last = new TreeMap<>();
		this.waitingRecords.in(batch, failing)
			.forEach((id, versions) -> last.put(id, versions.get(versions.size() - 1)));
		return last;
	}

	/**
	 * Closes the rejects of other records in the rows that were written, because the
	 * target treats them as one record. Rejects of this run stay open: the source has
	 * both records, so the other one fails.
	 */
	private void closeOthersInRows(List<BatchRecord> batch) {
		List<BatchRecord> delivered = batch.stream()
			.filter((batchRecord) -> state(batchRecord) == State.DELIVERED && !batchRecord.isRetried())
			.toList();
		List<String> others = othersInRows(delivered).stream()
			.filter((waiting) -> waiting.lastEvent() != this.rejecting.event())
			.map(WaitingInRow::recordId)
			.distinct()
			.toList();
		if (!others.isEmpty()) {
			this.rejects.close(this.run.link().name(), State.DELIVERED, others, this.rejecting.event(),
					(version) -> false, this.transactions.clock().instant());
		}
	}

	private void close(State state, Map<String, BatchRecord> last) {
		List<String> ids = last.keySet()
			.stream()
			.filter((id) -> state(Objects.requireNonNull(last.get(id))) == state)
			.toList();
		if (!ids.isEmpty()) {
			this.rejects
				.close(this.run.link().name(), state, ids, this.rejecting.event(),
						(version) -> isVersion(version, Objects.requireNonNull(last.get(version.recordId()))),
						this.transactions.clock().instant())
				.forEach((version) -> resolveEarlier(version,
						Objects.requireNonNull(last.get(version.recordId())).scope));
		}
	}

	private boolean isVersion(WaitingVersion waiting, BatchRecord batchRecord) {
		return waiting.contentId().equals(contentId(batchRecord.record));
	}

	private static State state(BatchRecord batchRecord) {
		return batchRecord.record.isFailed() ? State.OPEN : batchRecord.isLeftOut() ? State.DISCARDED : State.DELIVERED;
	}

	/**
	 * Corrects the scope of a failure that a newer version resolved. Otherwise the record
	 * would fail this run and every later run that fetches both versions.
	 */
	private void resolveEarlier(WaitingVersion earlier, @Nullable OpenScope scope) {
		if (scope != null && earlier.fails(this.rejecting.event(), scope.entry().ordinal())) {
			scope.supersede();
		}
	}

	/**
	 * Returns the failed records, in the same order in all lanes, so that two lanes that
	 * add the same rejects do not deadlock.
	 */
	private List<Failed> failed(List<BatchRecord> batch) {
		return batch.stream()
			.filter((batchRecord) -> batchRecord.record.isFailed())
			.map((batchRecord) -> new Failed(batchRecord, describe(batchRecord)))
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
			this.rejectRows.store(this.run.link().name(), rows);
			supersede(failed.stream().map(Failed::batchRecord).toList());
		}
		this.run.markWaitingRejects();
	}

	private FailedRecord describe(BatchRecord batchRecord) {
		RecordInFlight record = batchRecord.record;
		Link link = this.run.link();
		RecordIdentity identity = RecordIdentity.of(record, this.codec, link.mask(), link.maxRejectSize());
		if (link.logging() == RecordLogging.NONE) {
			identity = identity.withoutProperties("the Link's 'logging: none' does not store its properties");
		}
		if (batchRecord.notRestorable != null) {
			identity = identity.notRestorable(batchRecord.notRestorable);
		}
		String keyProperties = record.keyProperties().isEmpty() ? null : this.codec.write(record.keyProperties());
		if (keyProperties != null && keyProperties.length() > FailedRecord.MAX_KEY_PROPERTIES) {
			keyProperties = null;
			identity = identity.notRestorable("the names of the properties of its key are longer than %d characters"
				.formatted(FailedRecord.MAX_KEY_PROPERTIES));
		}
		return new FailedRecord(identity, batchRecord.ordinal(), link.mask().key(record), keyProperties,
				record.operation(), Objects.requireNonNullElse(batchRecord.failedAt, Reject.Stage.TARGET),
				Messages.reason(record, link.mask()), batchRecord.retriedElsewhere, record.isTriedLast());
	}

	/** Returns the codec for the properties of rejects. */
	ValueCodec codec() {
		return this.codec;
	}

	private record Failed(BatchRecord batchRecord, FailedRecord record) {

	}

}
