package io.deltasync.simulation;

import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForKeys;

/**
 * A target that takes keys for equal which are the same number, however it is written.
 */
final class SimulatedKeyTarget extends SimulatedTarget implements TargetAdapterForKeys {

	SimulatedKeyTarget(Hooks hooks) {
		super(hooks);
	}

	@Override
	public List<String> keyProperties(LinkContext context) {
		return Hooks.key();
	}

	@Override
	public List<List<Integer>> canonicalKeys(LinkContext context, List<RecordInFlight> records) {
		return records.stream().map((record) -> List.of(key(record))).toList();
	}

}
