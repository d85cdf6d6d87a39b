package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.ValueCodec;
import io.deltasync.run.RecordSize;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.DeliveryWitness;
import io.deltasync.run.deliver.DeliveryWitness.Remembered;

/**
 * Looks at the suspects of some scopes: fetches the scopes again, finds the suspects,
 * and, after a time, whether source and target still differ. Not thread-safe.
 */
final class SuspectLooks {

	/** The memory for suspects. */
	static final int MOST_SUSPECTS = 10_000;

	private static final long MOST_BYTES = 16 << 20;

	private final ScopeReader reader;

	private final Comparer comparer;

	private final HeldRecords heldRecords;

	private final DeliveryWitness witness;

	private final Predicate<RecordInFlight> fetchedByNextRun;

	private final ValueCodec codec;

	private final int batchSize;

	private int suspects;

	private long bytes;

	SuspectLooks(ScopeReader reader, Comparer comparer, HeldRecords heldRecords, DeliveryWitness witness,
			Predicate<RecordInFlight> fetchedByNextRun, int batchSize) {
		this.reader = reader;
		this.comparer = comparer;
		this.heldRecords = heldRecords;
		this.witness = witness;
		this.fetchedByNextRun = fetchedByNextRun;
		this.codec = heldRecords.codec();
		this.batchSize = batchSize;
	}

	/** Makes room for the suspects of other scopes. */
	void begin() {
		this.suspects = 0;
		this.bytes = 0;
	}

	/**
	 * Finds the suspects of a scope. Those that the next run delivers anyway are counted
	 * as pending; what is left is open.
	 */
	void find(ScopeSuspects scope) throws Exception {
		boolean read = this.reader.read(scope.entry(), (batch) -> {
			Set<BatchRecord> held = this.heldRecords.of(batch);
			List<String> ids = batch.stream().map((one) -> one.identity(this.codec)).toList();
			Map<BatchRecord, Comparison> results = this.comparer.compare(this.comparer.prepare(batch));
			for (int i = 0; i < batch.size(); i++) {
				BatchRecord one = batch.get(i);
				Comparison result = results.get(one);
				if (held.contains(one)) {
					continue;
				}
				if (result != null && !Comparer.isInStep(one, result)) {
					add(scope, ids.get(i), Suspect.of(one, result, this.codec));
				}
				else if (one.record.isFailed()) {
					scope.refused();
				}
			}
		});
		if (read) {
			askWitnesses(scope);
		}
		else {
			scope.giveUpAll();
		}
	}

	private void add(ScopeSuspects scope, String id, Suspect suspect) {
		boolean known = scope.open.containsKey(id);
		if (!known && (this.suspects >= MOST_SUSPECTS || this.bytes >= MOST_BYTES)) {
			scope.overflow(suspect.isMissing());
			return;
		}
		scope.open.put(id, suspect);
		this.suspects += known ? 0 : 1;
		this.bytes += known ? 0 : RecordSize.of(suspect.record().record);
	}

	private void askWitnesses(ScopeSuspects scope) {
		List<String> ids = List.copyOf(scope.open.keySet());
		for (int from = 0; from < ids.size(); from += this.batchSize) {
			List<String> part = ids.subList(from, Math.min(from + this.batchSize, ids.size()));
			List<Suspect> asked = ask(part.stream().map(scope.open::get).toList());
			for (int i = 0; i < part.size(); i++) {
				scope.open.put(part.get(i), asked.get(i));
				if (isPending(asked.get(i))) {
					scope.pending(part.get(i));
				}
			}
		}
	}

	private List<Suspect> ask(List<Suspect> open) {
		List<Remembered> remembered = this.witness.ask(open.stream().map(Suspect::record).toList());
		List<Suspect> asked = new ArrayList<>();
		for (int i = 0; i < open.size(); i++) {
			asked.add(open.get(i).with(remembered.get(i)));
		}
		return asked;
	}

	/**
	 * Whether the next run will deliver the record. A record that was delivered as it is
	 * now is not pending, even if the next run reads it again: it would leave it out as
	 * unchanged.
	 */
	private boolean isPending(Suspect suspect) {
		return suspect.remembered() != Remembered.SAME && this.fetchedByNextRun.test(suspect.record().record);
	}

	/**
	 * Looks again at the open suspects of a scope. Those whose source and target have not
	 * changed are confirmed, and those are no longer open that the target now holds, that
	 * are gone at the source, or that can no longer be compared.
	 */
	void lookAgain(ScopeSuspects scope) throws Exception {
		Set<String> met = new HashSet<>();
		boolean read = this.reader.read(scope.entry(), (batch) -> {
			List<BatchRecord> again = new ArrayList<>();
			List<String> ids = new ArrayList<>();
			for (BatchRecord one : batch) {
				String id = one.identity(this.codec);
				if (scope.open.containsKey(id)) {
					again.add(one);
					ids.add(id);
					met.add(id);
				}
			}
			lookAgain(scope, again, ids);
		});
		if (!read) {
			scope.giveUp();
			return;
		}
		List.copyOf(scope.open.keySet()).stream().filter((id) -> !met.contains(id)).forEach(scope::moving);
	}

	private void lookAgain(ScopeSuspects scope, List<BatchRecord> again, List<String> ids) throws Exception {
		Map<BatchRecord, Comparison> results = this.comparer.compare(this.comparer.prepare(again));
		Map<String, Suspect> changed = new LinkedHashMap<>();
		for (int i = 0; i < again.size(); i++) {
			String id = ids.get(i);
			Suspect before = scope.open.get(id);
			Comparison result = results.get(again.get(i));
			if (before == null) {
				continue;
			}
			if (again.get(i).record.isFailed()) {
				scope.unconfirmed(id);
			}
			else if (result == null) {
				scope.moving(id);
			}
			else if (Comparer.isInStep(again.get(i), result)) {
				scope.same(id, result.kind() == Kind.MISSING);
			}
			else {
				Suspect now = Suspect.of(again.get(i), result, this.codec);
				if (now.hasContentOf(before)) {
					scope.confirm(id, before.with(now.result()));
				}
				else {
					changed.put(id, now);
				}
			}
		}
		replace(scope, changed);
	}

	/** The target may hold what the source had before. */
	private void replace(ScopeSuspects scope, Map<String, Suspect> changed) throws Exception {
		List<String> ids = List.copyOf(changed.keySet());
		List<BatchRecord> before = ids.stream()
			.map((id) -> Objects.requireNonNull(scope.open.get(id)).record())
			.toList();
		Map<BatchRecord, Comparison> results = this.comparer.compare(before);
		List<Suspect> asked = ask(List.copyOf(changed.values()));
		for (int i = 0; i < ids.size(); i++) {
			String id = ids.get(i);
			Comparison result = results.get(before.get(i));
			if (result != null && Comparer.isInStep(before.get(i), result)) {
				scope.same(id, result.kind() == Kind.MISSING);
				continue;
			}
			scope.open.put(id, asked.get(i));
			if (isPending(asked.get(i))) {
				scope.pending(id);
			}
		}
	}

}
