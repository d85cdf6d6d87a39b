package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.Comparison;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.scope.Warnings;
import io.deltasync.config.Mask;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.DeliveryWitness;
import io.deltasync.run.deliver.TargetSession;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers records that differ, as any run delivers them: with retries, and as rejects if
 * they fail. Only what is then seen equal counts as repaired. Not thread-safe.
 */
final class Repair {

	private final ActiveRun run;

	private final long event;

	private final TargetSession session;

	private final Comparer comparer;

	private final DeliveryWitness witness;

	private final Warnings warnings;

	private final RunTransactions transactions;

	Repair(ActiveRun run, long event, TargetSession session, Comparer comparer, DeliveryWitness witness,
			Warnings warnings, RunTransactions transactions) {
		this.run = run;
		this.event = event;
		this.session = session;
		this.comparer = comparer;
		this.witness = witness;
		this.warnings = warnings;
		this.transactions = transactions;
	}

	/**
	 * Repairs records.
	 * @param confirmed the records that differ
	 * @return an outcome for each, in the same order
	 * @throws Exception if the target is not available or the run must end
	 */
	List<RepairOutcome> repair(List<Suspect> confirmed) throws Exception {
		List<RepairOutcome> outcomes = new ArrayList<>();
		int limit = this.run.context().batchSizeLimit();
		for (int from = 0; from < confirmed.size(); from += limit) {
			if (this.run.ending().mustEnd()) {
				throw new RunEndsException();
			}
			List<Suspect> part = confirmed.subList(from, Math.min(from + limit, confirmed.size()));
			outcomes.addAll(this.run.waits().writing(() -> repairBatch(part)));
		}
		return outcomes;
	}

	private List<RepairOutcome> repairBatch(List<Suspect> part) throws Exception {
		// otherwise skip-unchanged would leave out what is remembered as delivered
		this.transactions.holding(this.run.lease(),
				() -> this.witness.invalidate(part.stream().map(Suspect::record).toList()));
		List<BatchRecord> batch = part.stream().map((suspect) -> BatchRecord.alone(asFetched(suspect))).toList();
		this.session.watch(() -> deliver(batch));
		List<BatchRecord> again = part.stream().map((suspect) -> BatchRecord.standalone(asFetched(suspect))).toList();
		Map<BatchRecord, Comparison> results = this.comparer.compare(this.comparer.prepare(again));
		List<RepairOutcome> outcomes = new ArrayList<>();
		for (int i = 0; i < part.size(); i++) {
			BatchRecord seen = again.get(i);
			Comparison result = results.get(seen);
			outcomes.add(outcome(batch.get(i).record, result != null && Comparer.isInStep(seen, result)));
		}
		return outcomes;
	}

	private static RecordInFlight asFetched(Suspect suspect) {
		RecordInFlight record = suspect.record().record;
		return new RecordInFlight(record.originalProperties(), record.operation()).identifiedBy(record.keyProperties());
	}

	private static RepairOutcome outcome(RecordInFlight delivered, boolean inStep) {
		if (delivered.isFailed()) {
			return RepairOutcome.failed(Messages.reason(delivered, Mask.NONE));
		}
		if (inStep) {
			return RepairOutcome.REPAIRED;
		}
		return RepairOutcome
			.failed((delivered.ignoreReason() != null) ? "the delivery left it out: " + delivered.ignoreReason()
					: "it was delivered, and the target holds other values again");
	}

	private @Nullable Void deliver(List<BatchRecord> batch) throws Exception {
		this.run.lease().checkLocally();
		RunContext callContext = this.run.targetContext();
		callContext.<@Nullable Void>call(() -> {
			this.session.process(batch);
			return null;
		});
		this.run.lease().checkLocally();
		this.transactions.run(() -> {
			this.session.store(batch);
			this.warnings.add(this.event, callContext.warnings());
			this.run.lease().lockAndVerify();
		});
		return null;
	}

}
