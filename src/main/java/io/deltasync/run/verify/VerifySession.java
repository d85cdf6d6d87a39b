package io.deltasync.run.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.config.Mask;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.LaneSession;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.verified.FirstLook;
import io.deltasync.verified.VerifyScopes;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of a lane with what the target holds, and counts those that are
 * not there as they would be delivered: they count as created. Not thread-safe.
 */
final class VerifySession implements LaneSession {

	private final long event;

	private final Mask mask;

	private final Comparer comparer;

	private final HeldRecords heldRecords;

	private final VerifyScopes scopes;

	private final Pace pace;

	private Map<ScopeEntry, FirstLook> found = Map.of();

	VerifySession(long event, Mask mask, Comparer comparer, HeldRecords heldRecords, VerifyScopes scopes, Pace pace) {
		this.event = event;
		this.mask = mask;
		this.comparer = comparer;
		this.heldRecords = heldRecords;
		this.scopes = scopes;
		this.pace = pace;
	}

	/** Nothing is written to the target, so nothing can be written too late. */
	@Override
	public <T extends @Nullable Object> T watch(Callable<T> body) throws Exception {
		return body.call();
	}

	@Override
	public void process(List<BatchRecord> batch) throws Exception {
		this.pace.await(batch.size());
		this.found = new HashMap<>();
		Set<BatchRecord> held = this.heldRecords.of(batch);
		Map<BatchRecord, Comparison> results = this.comparer.compare(this.comparer.prepare(batch));
		for (BatchRecord one : batch) {
			FirstLook look = look(one, results.get(one), held.contains(one));
			if (!look.equals(FirstLook.NONE)) {
				this.found.merge(Objects.requireNonNull(one.scope).entry(), look, FirstLook::plus);
			}
		}
	}

	private FirstLook look(BatchRecord one, @Nullable Comparison result, boolean held) {
		if (one.record.isFailed()) {
			one.acknowledge();
			return held ? new FirstLook(0, 0, 1, 0, 0) : FirstLook.NONE;
		}
		String reason = one.record.ignoreReason();
		if (reason != null) {
			one.record.ignore(this.mask.hideIn(reason, one.record));
		}
		if (result == null) {
			return FirstLook.NONE;
		}
		int absent = (result.kind() == Kind.MISSING) ? 1 : 0;
		if (Comparer.isInStep(one, result)) {
			return (absent == 0) ? FirstLook.NONE : new FirstLook(0, 0, 0, 0, absent);
		}
		one.record.setCreated(true);
		return held ? new FirstLook(0, 1, 0, 0, absent) : new FirstLook(1, 0, 0, absent, 0);
	}

	@Override
	public void store(List<BatchRecord> batch) {
		this.scopes.add(this.event, this.found);
	}

	@Override
	public void close() {
		this.comparer.close();
	}

}
