package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;

/**
 * Brings a batch of records through filters and mapping to the target and marks what
 * became of each. A batch that the target refuses is split until the records it cannot
 * take are alone: k bad ones in n cost at most 2·k·⌈log2 n⌉ + 1 writes. One lane's; not
 * thread-safe.
 */
final class Delivery {

	private final LinkContext context;

	private final Filters filters;

	private final Consumer<RecordInFlight> mapping;

	private final TargetAdapter target;

	Delivery(LinkContext context, Filters filters, Consumer<RecordInFlight> mapping, TargetAdapter target) {
		this.context = context;
		this.filters = filters;
		this.mapping = mapping;
		this.target = target;
	}

	/** For a lane, with instances of its own of the Link's target and filters. */
	static Delivery of(Link link, LinkContext context) {
		return new Delivery(context, new Filters(link.filters(), context), link.mapping()::apply, link.newTarget());
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
		push(this.filters.after(mapped).stream().map((inFlight) -> inFlight.record).toList());
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

	private void push(List<RecordInFlight> records) throws Exception {
		if (records.isEmpty()) {
			return;
		}
		try {
			// a copy: what a target does to its list must not change what is left to do
			this.target.pushRecords(this.context, new ArrayList<>(records));
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (Outage.isOutage(ex)) {
				throw ex;
			}
			if (records.size() == 1) {
				records.get(0).addError(Messages.of(ex));
				return;
			}
			int middle = records.size() / 2;
			push(records.subList(0, middle));
			push(records.subList(middle, records.size()));
		}
	}

}
