package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RecordSize;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * A batch that a lane hands over for delivery: records, and the scope ends to store once
 * the records are delivered. Not thread-safe: one thread fills it, then hands it to
 * another.
 */
final class Batch {

	private final List<BatchRecord> records;

	private final List<OpenScope> openedScopes = new ArrayList<>();

	private final List<Runnable> completions = new ArrayList<>();

	private final int limit;

	private final BatchMemory.Share memory;

	private long bytes;

	private long same;

	private @Nullable String chained;

	Batch(int limit, BatchMemory.Share memory) {
		this.records = new ArrayList<>();
		this.limit = limit;
		this.memory = memory;
	}

	void begin(OpenScope scope) {
		this.openedScopes.add(scope);
	}

	void add(RecordInFlight record, OpenScope scope) {
		long size = RecordSize.of(record);
		String refusal = this.memory.refusal(size);
		if (refusal != null) {
			record.addError(refusal);
		}
		this.records.add(new BatchRecord(record, scope));
		this.bytes += size;
	}

	/**
	 * Adds the end of a scope, which is passed to the scope once this batch is delivered.
	 * @param end marks the end in the scope
	 */
	void end(Runnable end) {
		this.completions.add(end);
	}

	/**
	 * Adds the end of a scope whose records are all at the target.
	 * @param scope the scope
	 * @param records how many records it has
	 */
	void endSame(OpenScope scope, long records) {
		this.same += records;
		end(() -> {
			scope.countSame(records);
			scope.end(new RunContext());
		});
	}

	/**
	 * Sets the next scope that a chaining adapter returned.
	 * @param scope the scope as text
	 */
	void chain(String scope) {
		this.chained = scope;
	}

	List<BatchRecord> records() {
		return this.records;
	}

	/** Returns the counts of all records, once they are delivered. */
	RecordCounts counts() {
		return BatchRecord.count(this.records).plus(RecordCounts.written(this.same));
	}

	/** Returns the scopes that were opened since the previous batch, in order. */
	List<OpenScope> openedScopes() {
		return this.openedScopes;
	}

	List<Runnable> completions() {
		return this.completions;
	}

	@Nullable String chained() {
		return this.chained;
	}

	/** Whether the batch has reached the limit of records or bytes. */
	boolean isFull() {
		return this.records.size() >= this.limit || this.bytes >= this.memory.limit();
	}

	/**
	 * Waits until there is memory to deliver the batch.
	 * @param ends whether to stop waiting
	 * @return releases the memory
	 * @throws RunEndsException if the wait was ended
	 */
	Runnable reserve(BooleanSupplier ends) throws InterruptedException {
		return this.memory.reserve(this.bytes, ends);
	}

	boolean isEmpty() {
		return this.records.isEmpty() && this.openedScopes.isEmpty() && this.completions.isEmpty();
	}

}
