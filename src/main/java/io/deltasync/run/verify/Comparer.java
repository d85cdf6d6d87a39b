package io.deltasync.run.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.Delivery;
import io.deltasync.run.retry.Bisection;
import io.deltasync.run.retry.Messages;

/**
 * Passes records through filters and mapping, and compares them with what the target
 * holds. Has its own instances of the target and the filters. Not thread-safe.
 */
final class Comparer implements AutoCloseable {

	private final ActiveRun run;

	private final LinkContext context;

	private final TargetAdapterForVerify target;

	private final Delivery delivery;

	private List<BatchRecord> ready = List.of();

	Comparer(ActiveRun run) {
		this.run = run;
		this.context = run.context();
		this.target = (TargetAdapterForVerify) run.link().newTarget();
		this.delivery = Delivery.upToTarget(run, this.context, this.target, (batch) -> this.ready = batch);
	}

	/**
	 * Passes records through filters and mapping.
	 * @param batch the records as fetched, at most as many as the batch size limit; the
	 * outcome of those that do not reach the target is marked
	 * @return those that reach the target
	 * @throws Exception if the run cannot continue
	 */
	List<BatchRecord> prepare(List<BatchRecord> batch) throws Exception {
		this.ready = List.of();
		this.delivery.deliver(batch);
		return this.ready;
	}

	/**
	 * Compares records that reach the target. Those that it would refuse are marked as
	 * failed.
	 * @param prepared the records
	 * @return the results of all that did not fail
	 * @throws Exception if the run cannot continue
	 */
	Map<BatchRecord, Comparison> compare(List<BatchRecord> prepared) throws Exception {
		Map<BatchRecord, Comparison> results = new HashMap<>(prepared.size() * 2);
		new Bisection<BatchRecord>("the target '%s'".formatted(this.context.linkTargetName()),
				this.run.retries().begin("compare"), (one) -> one.record, (part) -> compare(part, results),
				(one, failure) -> one.record.addError(Messages.of(failure)))
			.run(prepared);
		return results;
	}

	private void compare(List<BatchRecord> part, Map<BatchRecord, Comparison> results) throws Exception {
		List<RecordInFlight> records = part.stream().map((one) -> one.record).collect(Collectors.toList());
		List<Comparison> compared = this.target.compare(this.context, records);
		if (compared.size() != part.size()) {
			throw new AbortRunException("compare of target adapter %s returned %d results for %d records"
				.formatted(this.target.getClass().getName(), compared.size(), part.size()));
		}
		for (int i = 0; i < part.size(); i++) {
			BatchRecord one = part.get(i);
			Comparison result = compared.get(i);
			if (result.kind() == Kind.REFUSED) {
				one.record.addError(String.valueOf(result.reason()));
			}
			else {
				results.put(one, result);
			}
		}
	}

	/**
	 * Whether a delivery would change nothing. One that only changes or deletes rows has
	 * nothing to do where there is none.
	 * @param one a record
	 * @param result its result
	 */
	static boolean isInStep(BatchRecord one, Comparison result) {
		return result.kind() == Kind.SAME
				|| (result.kind() == Kind.MISSING && one.record.operation() != Operation.UPSERT);
	}

	/** Returns the instance of the target. */
	TargetAdapterForVerify target() {
		return this.target;
	}

	/** Closes the target and the filters. */
	@Override
	public void close() {
		this.delivery.close();
	}

}
