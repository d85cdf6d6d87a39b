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
import io.deltasync.run.retry.Bisection;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.Retries;

/**
 * Brings a batch of records through filters and mapping to the target and marks what
 * became of each. A batch that the target refuses is split until the records it cannot
 * take are alone. Not thread-safe; each lane has its own.
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

	/** For a lane, with its own instances of the Link's target and filters. */
	public static Delivery of(ActiveRun run, RejectUpdater settlement) {
		LinkContext context = run.context();
		try {
			return new Delivery(context, new Filters(run.link().filters(), context, run.retries()),
					run.link().mapping()::apply, settlement::beforeWriting, settlement.target(), run.retries());
		}
		catch (RuntimeException ex) {
			Instances.close(List.of(settlement.target()));
			throw ex;
		}
	}

	/**
	 * Closes its instances, at the end of their execution context.
	 * @return what was warned of
	 */
	public List<String> close() {
		List<String> warnings = new ArrayList<>(this.filters.close());
		warnings.addAll(Instances.close(List.of(this.target)));
		return warnings;
	}

	/**
	 * Delivers a batch.
	 * @param batch at most as many records as the batch size limit
	 * @throws Exception when the target is not there or says that the run cannot go on;
	 * what had been delivered of the batch until then is delivered again by a later run
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

	/** A target that knows nothing of deletes would write what is to be deleted. */
	private boolean isForTarget(RecordInFlight record) {
		boolean taken = record.operation() == Operation.UPSERT || this.target instanceof TargetAdapterForDeletes;
		if (!taken) {
			record.addError(
					"is to be a %s, but the target adapter %s only inserts and updates; let it heed a record's operation() and implement TargetAdapterForDeletes"
						.formatted(record.operation(), this.target.getClass().getName()));
		}
		return taken;
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

	/** Forgets what was written before. */
	void begin() {
		this.mayHaveWritten = false;
	}

	/**
	 * Whether the target was given records since {@link #begin()}, whatever it did with
	 * them.
	 */
	boolean mayHaveWritten() {
		return this.mayHaveWritten;
	}

	/** A copy: what a target does to its list must not change what is left. */
	private void push(List<RecordInFlight> records) throws Exception {
		this.mayHaveWritten = true;
		this.target.pushRecords(this.context, new ArrayList<>(records));
	}

}
