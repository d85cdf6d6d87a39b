package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.reject.Reject;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.retry.Bisection;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.Retries;

/**
 * Passes a batch of records through filters and mapping to the target, and marks the
 * outcome of each record. A batch that the target rejects is split until the failing
 * records are isolated. Not thread-safe; each lane has its own.
 */
public final class Delivery {

	private final LinkContext context;

	private final Filters filters;

	private final Consumer<RecordInFlight> mapping;

	private final UnaryOperator<List<BatchRecord>> unchanged;

	private final TargetAdapter target;

	private final Retries retries;

	private boolean mayHaveWritten;

	Delivery(LinkContext context, Filters filters, Consumer<RecordInFlight> mapping,
			UnaryOperator<List<BatchRecord>> unchanged, TargetAdapter target, Retries retries) {
		this.context = context;
		this.filters = filters;
		this.mapping = mapping;
		this.unchanged = unchanged;
		this.target = target;
		this.retries = retries;
	}

	/**
	 * Creates the delivery of a lane, with its own instances of the target and the
	 * filters.
	 */
	public static Delivery of(ActiveRun run, RejectUpdater rejectUpdater) {
		LinkContext context = LinkContexts.ofDelivery(run);
		try {
			return new Delivery(context, new Filters(run.link().filters(), context, run.retries()),
					run.link().mapping()::apply, rejectUpdater::beforeWriting, rejectUpdater.target(), run.retries());
		}
		catch (RuntimeException ex) {
			Instances.close(List.of(rejectUpdater.target()));
			throw ex;
		}
	}

	/**
	 * Creates a delivery that ends before the target: records pass through filters and
	 * mapping.
	 * @param run the run
	 * @param context the context passed to the filters
	 * @param target the target that the records are meant for, which is closed as well
	 * @param ready receives the records that are ready for the target
	 * @return the delivery, with its own instances of the filters
	 */
	public static Delivery upToTarget(ActiveRun run, LinkContext context, TargetAdapter target,
			Consumer<List<BatchRecord>> ready) {
		try {
			return new Delivery(context, new Filters(run.link().filters(), context, run.retries()),
					run.link().mapping()::apply, (batch) -> {
						ready.accept(batch);
						return List.of();
					}, target, run.retries());
		}
		catch (RuntimeException ex) {
			Instances.close(List.of(target));
			throw ex;
		}
	}

	/**
	 * Closes the target and the filters, at the end of their execution context.
	 * @return their warnings
	 */
	public List<String> close() {
		List<String> warnings = new ArrayList<>(this.filters.close());
		warnings.addAll(Instances.close(List.of(this.target)));
		return warnings;
	}

	/**
	 * Delivers a batch.
	 * @param batch at most as many records as the batch size limit
	 * @throws Exception if the target is not available or reports that the run cannot
	 * continue; a later run delivers again the part of the batch that was already written
	 */
	public void deliver(List<BatchRecord> batch) throws Exception {
		List<BatchRecord> mapped = new ArrayList<>(batch.size());
		for (BatchRecord batchRecord : this.filters.before(batch)) {
			map(batchRecord.record);
			if (batchRecord.record.isFailed()) {
				batchRecord.failedAt = Reject.Stage.MAPPING;
			}
			else {
				mapped.add(batchRecord);
			}
		}
		List<RecordInFlight> records = this.unchanged.apply(this.filters.after(mapped))
			.stream()
			.map((batchRecord) -> batchRecord.record)
			.filter(this::isForTarget)
			.toList();
		new Bisection<>("the target '%s'".formatted(this.context.linkTargetName()), this.retries.begin("pushRecords"),
				UnaryOperator.identity(), this::push, (record, failure) -> record.addError(Messages.of(failure)))
			.run(records);
	}

	/**
	 * Whether the target supports the record's operation: a target without support for
	 * deletes would write the record that must be deleted.
	 */
	private boolean isForTarget(RecordInFlight record) {
		boolean supported = record.operation() == Operation.UPSERT || this.target instanceof TargetAdapterForDeletes;
		if (!supported) {
			record.addError(
					"operation %s is not supported by target adapter %s; honour RecordInFlight.operation() and implement TargetAdapterForDeletes"
						.formatted(record.operation(), this.target.getClass().getName()));
		}
		return supported;
	}

	private void map(RecordInFlight record) {
		try {
			this.mapping.accept(record);
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			record.addError(Messages.of(ex));
		}
	}

	/** Clears the mark of {@link #mayHaveWritten()}. */
	void begin() {
		this.mayHaveWritten = false;
	}

	/**
	 * Whether the target received records since {@link #begin()}, whatever their outcome.
	 */
	boolean mayHaveWritten() {
		return this.mayHaveWritten;
	}

	/** Passes a copy to the target, because the target may change its list. */
	private void push(List<RecordInFlight> records) throws Exception {
		this.mayHaveWritten = true;
		this.target.pushRecords(this.context, new ArrayList<>(records));
	}

}
