package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.DeliveryWitness;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.ScopePages;
import io.deltasync.verified.TargetRowCounts;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of the target that no record of the source belongs to. Unless their
 * number proves that there are none, the keys of both sides are read and compared, as
 * many at a time as fit into memory. Not thread-safe.
 */
final class ExtraRows {

	/**
	 * How many keys of the source are kept at a time: at most 64 MB, and half as much
	 * while they grow.
	 */
	private static final long MOST_KEYS = 2_000_000;

	private final ActiveRun run;

	private final long event;

	private final ScopePages pages;

	private final RunTransactions transactions;

	private final ScopeReader reader;

	private final Comparer comparer;

	private final DeliveryWitness witness;

	private final Map<String, Object> constants;

	private final List<String> keyProperties;

	private long gone;

	private long leftOut;

	private long others;

	ExtraRows(ActiveRun run, long event, ScopePages pages, RunTransactions transactions, ScopeReader reader,
			Comparer comparer, DeliveryWitness witness) throws Exception {
		this.run = run;
		this.event = event;
		this.pages = pages;
		this.transactions = transactions;
		this.reader = reader;
		this.comparer = comparer;
		this.witness = witness;
		this.keyProperties = List
			.copyOf(run.retries().call("keyProperties", () -> target().keyProperties(run.context())));
		this.constants = constants(run.link(), this.keyProperties);
	}

	private TargetAdapterForVerify target() {
		return this.comparer.target();
	}

	/** Returns the parts of the target's key that the mapping gives every record. */
	private static Map<String, Object> constants(Link link, List<String> keyProperties) {
		RecordInFlight empty = new RecordInFlight(Map.of(), Operation.DELETE);
		link.mapping().apply(empty);
		Map<String, Object> constants = new LinkedHashMap<>();
		empty.properties().forEach((name, value) -> {
			if (value != null && keyProperties.stream().anyMatch(name::equalsIgnoreCase)) {
				constants.put(name, value);
			}
		});
		return constants;
	}

	/**
	 * Counts the rows.
	 * @param expected how many rows belong to records
	 * @param goneRows receives those that the Link has delivered and the source no longer
	 * has
	 * @return the counts; empty if the source cannot be read again
	 * @throws RunEndsException if the run must end
	 * @throws Exception if the run cannot continue
	 */
	Optional<TargetRowCounts> count(long expected, Consumer<List<UnseenRecord>> goneRows) throws Exception {
		LinkContext context = this.run.context();
		long rows = this.run.retries().call("count", () -> target().count(context, this.constants));
		if (rows == expected && this.run.retries().call("hasUniqueKeys", this::isOneToOne)) {
			return Optional.of(new TargetRowCounts(rows, 0, 0, 0));
		}
		int passes = (int) (1 + Math.max(rows, expected) / MOST_KEYS);
		for (int pass = 0; pass < passes; pass++) {
			Keys keys = new Keys(pass, passes);
			if (!readSource(keys)) {
				return Optional.empty();
			}
			readTarget(keys, goneRows);
		}
		return Optional.of(new TargetRowCounts(rows, this.gone, this.leftOut, this.others));
	}

	private boolean isOneToOne() throws Exception {
		return new KeyCorrespondence(this.run).isOneToOne(target(), this.keyProperties);
	}

	private boolean readSource(Keys keys) throws Exception {
		int after = -1;
		for (Optional<ScopePage> page = next(after); page.isPresent(); page = next(after)) {
			after = page.get().page();
			for (ScopeEntry scope : page.get().scopes()) {
				if (!this.reader.read(scope, (batch) -> take(batch, keys))) {
					return false;
				}
			}
		}
		return true;
	}

	private Optional<ScopePage> next(int after) {
		return this.transactions.call(() -> this.pages.next(this.event, after));
	}

	private void take(List<BatchRecord> batch, Keys keys) throws Exception {
		List<BatchRecord> reaching = this.comparer.prepare(batch);
		this.witness.findRows(reaching, true);
		reaching.forEach((one) -> keys.add(keys.met, one.rowId()));
		List<BatchRecord> stopped = new ArrayList<>(batch);
		stopped.removeAll(new HashSet<>(reaching));
		if (!stopped.isEmpty()) {
			this.witness.findRows(stopped, false);
			stopped.forEach((one) -> keys.add(keys.leftOut, one.rowId()));
		}
	}

	private void readTarget(Keys keys, Consumer<List<UnseenRecord>> goneRows) throws Exception {
		LinkContext context = this.run.context();
		Iterable<? extends List<? extends @Nullable Object>> rows = target().keys(context, this.constants);
		try {
			List<BatchRecord> batch = new ArrayList<>();
			for (List<? extends @Nullable Object> key : rows) {
				batch.add(BatchRecord.standalone(row(key)));
				if (batch.size() == context.batchSizeLimit()) {
					decide(batch, keys, goneRows);
					batch = new ArrayList<>();
				}
			}
			decide(batch, keys, goneRows);
		}
		finally {
			if (rows instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
	}

	private RecordInFlight row(List<? extends @Nullable Object> key) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < this.keyProperties.size(); i++) {
			properties.put(this.keyProperties.get(i), key.get(i));
		}
		return new RecordInFlight(properties, Operation.DELETE).identifiedBy(this.keyProperties);
	}

	private void decide(List<BatchRecord> batch, Keys keys, Consumer<List<UnseenRecord>> goneRows) {
		if (this.run.ending().mustEnd()) {
			throw new RunEndsException();
		}
		if (batch.isEmpty()) {
			return;
		}
		this.run.lease().checkLocally();
		this.witness.findRows(batch, true);
		List<String> extra = new ArrayList<>();
		for (BatchRecord one : batch) {
			String row = one.rowId();
			if (row == null) {
				this.others += keys.isFirst() ? 1 : 0;
			}
			else if (keys.covers(row) && !keys.met.contains(KeySet.bits(row))) {
				extra.add(row);
			}
		}
		Map<String, UnseenRecord> delivered = (this.run.link().deletes() != Link.Deletes.OFF)
				? this.witness.delivered(extra) : new HashMap<>();
		List<UnseenRecord> found = new ArrayList<>();
		for (String row : extra) {
			if (keys.leftOut.contains(KeySet.bits(row))) {
				this.leftOut++;
			}
			else if (delivered.containsKey(row)) {
				this.gone++;
				found.add(Objects.requireNonNull(delivered.get(row)));
			}
			else {
				this.others++;
			}
		}
		if (!found.isEmpty()) {
			goneRows.accept(found);
		}
	}

	/**
	 * The keys of the source that one pass over the target compares: a part of them if
	 * not all fit into memory.
	 */
	private static final class Keys {

		private final KeySet met = new KeySet();

		private final KeySet leftOut = new KeySet();

		private final int pass;

		private final int passes;

		private Keys(int pass, int passes) {
			this.pass = pass;
			this.passes = passes;
		}

		private boolean isFirst() {
			return this.pass == 0;
		}

		private boolean covers(String row) {
			return Long.remainderUnsigned(KeySet.bits(row), this.passes) == this.pass;
		}

		private void add(KeySet set, @Nullable String row) {
			if (row != null && covers(row)) {
				set.add(KeySet.bits(row));
			}
		}

	}

}
