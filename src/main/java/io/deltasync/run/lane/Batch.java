package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.deltasync.api.RecordInFlight;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RecordSize;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;

/**
 * What a lane hands over for delivery at a time: records, and what is to be stored once
 * they are delivered. Filled by one thread, then another's.
 */
final class Batch {

	private final List<BatchRecord> records;

	private final List<OpenScope> begun = new ArrayList<>();

	private final List<Runnable> ends = new ArrayList<>();

	private final int limit;

	private final BatchMemory.Share memory;

	private long bytes;

	private @Nullable String chained;

	Batch(int limit, BatchMemory.Share memory) {
		this.records = new ArrayList<>();
		this.limit = limit;
		this.memory = memory;
	}

	void begin(OpenScope scope) {
		this.begun.add(scope);
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
	 * Notes that no more records of a scope will come, to be told to the scope when all
	 * of this batch is delivered.
	 * @param end tells it
	 */
	void end(Runnable end) {
		this.ends.add(end);
	}

	/**
	 * Notes what a chaining adapter named as its next scope.
	 * @param scope the scope as text
	 */
	void chain(String scope) {
		this.chained = scope;
	}

	List<BatchRecord> records() {
		return this.records;
	}

	/** The scopes that were begun since the batch before, in order. */
	List<OpenScope> begun() {
		return this.begun;
	}

	List<Runnable> ends() {
		return this.ends;
	}

	@Nullable String chained() {
		return this.chained;
	}

	/** Whether it has as many records, or as many bytes of them, as it may. */
	boolean isFull() {
		return this.records.size() >= this.limit || this.bytes >= this.memory.limit();
	}

	/**
	 * Waits until there is memory to deliver it.
	 * @param ends whether to give up
	 * @return gives the memory back
	 * @throws RunEndsException when it was given up
	 */
	Runnable reserve(BooleanSupplier ends) throws InterruptedException {
		return this.memory.reserve(this.bytes, ends);
	}

	boolean isEmpty() {
		return this.records.isEmpty() && this.begun.isEmpty() && this.ends.isEmpty();
	}

}
