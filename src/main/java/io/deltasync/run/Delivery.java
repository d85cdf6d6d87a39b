package io.deltasync.run;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a batch of records through filters and mapping to the target and marks what
 * became of each. A batch that the target refuses is split until the records it cannot
 * take are alone: k bad ones in n cost at most 2·k·⌈log2 n⌉ + 1 writes, and those that
 * are made again because a failure may pass: as many for a batch with all its parts. One
 * lane's; not thread-safe.
 */
final class Delivery {

	private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

	private final LinkContext context;

	private final Filters filters;

	private final Consumer<RecordInFlight> mapping;

	private final UnaryOperator<List<InFlight>> unchanged;

	private final TargetAdapter target;

	private final Retries retries;

	private final Runnable held;

	/**
	 * Makes one.
	 * @param held throws when the Link is no more the run's: asked before each write
	 */
	Delivery(LinkContext context, Filters filters, Consumer<RecordInFlight> mapping,
			UnaryOperator<List<InFlight>> unchanged, TargetAdapter target, Retries retries, Runnable held) {
		this.context = context;
		this.filters = filters;
		this.mapping = mapping;
		this.unchanged = unchanged;
		this.target = target;
		this.retries = retries;
		this.held = held;
	}

	/** For a lane, with instances of its own of the Link's target and filters. */
	static Delivery of(LiveRun run, DeliveryMemory memory) {
		LinkContext context = run.context();
		return new Delivery(context, new Filters(run.link().filters(), context, run.retries()),
				run.link().mapping()::apply, memory::leaveOutUnchanged, run.link().newTarget(), run.retries(),
				run.lease()::check);
	}

	/**
	 * Delivers a batch.
	 * @param batch at most as many records as the batch size limit
	 * @throws Exception when the target is not there or says that the run cannot go on;
	 * what had been delivered of the batch until then is delivered again by a later run
	 */
	void deliver(List<InFlight> batch) throws Exception {
		List<InFlight> mapped = new ArrayList<>(batch.size());
		for (InFlight inFlight : this.filters.before(batch)) {
			map(inFlight.record);
			if (inFlight.record.isFailed()) {
				inFlight.failedAt = Reject.Stage.MAPPING;
			}
			else {
				mapped.add(inFlight);
			}
		}
		push(this.unchanged.apply(this.filters.after(mapped))
			.stream()
			.map((inFlight) -> inFlight.record)
			.filter(this::isForTarget)
			.toList(), this.retries.begin("pushRecords"));
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

	private void push(List<RecordInFlight> records, Attempts attempts) throws Exception {
		Exception refusal = records.isEmpty() ? null : write(records, attempts);
		if (refusal == null) {
			return;
		}
		if (Outage.isOutage(refusal)) {
			throw refusal;
		}
		if (records.size() == 1) {
			records.get(0).addError(Messages.of(refusal));
			return;
		}
		logger.debug("The target refused {} records together, which are tried in two parts", records.size(), refusal);
		int middle = records.size() / 2;
		push(records.subList(0, middle), attempts);
		push(records.subList(middle, records.size()), attempts);
	}

	/** Tells why the target does not take records; null when it does. */
	private @Nullable Exception write(List<RecordInFlight> records, Attempts attempts) throws Exception {
		List<Runnable> marks = records.stream().map(RecordInFlight::savepoint).toList();
		while (true) {
			// each time: the attempts before may have lasted longer than the lease
			this.held.run();
			try {
				// a copy: what a target does to its list must not change what is left
				this.target.pushRecords(this.context, new ArrayList<>(records));
				return null;
			}
			catch (AbortRunException ex) {
				throw ex;
			}
			catch (Exception ex) {
				marks.forEach(Runnable::run);
				if (!attempts.again(ex)) {
					return ex;
				}
			}
		}
	}

}
