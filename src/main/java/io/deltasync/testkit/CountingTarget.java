package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForDeletes;

/**
 * Passes records on to a target, and remembers how many each call had.
 */
class CountingTarget implements TargetAdapter {

	private final TargetAdapter target;

	private final List<Integer> calls = new ArrayList<>();

	private CountingTarget(TargetAdapter target) {
		this.target = target;
	}

	static CountingTarget of(TargetAdapter target) {
		return (target instanceof TargetAdapterForDeletes) ? new ForDeletes(target) : new CountingTarget(target);
	}

	@Override
	public int getBatchSizeLimit(LinkContext context) throws Exception {
		return this.target.getBatchSizeLimit(context);
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
		this.calls.add(records.size());
		this.target.pushRecords(context, records);
	}

	List<Integer> calls() {
		return List.copyOf(this.calls);
	}

	/** Delivery asks for the interface. */
	private static final class ForDeletes extends CountingTarget implements TargetAdapterForDeletes {

		private ForDeletes(TargetAdapter target) {
			super(target);
		}

	}

}
