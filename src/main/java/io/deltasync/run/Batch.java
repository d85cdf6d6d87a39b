package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * What a lane hands over for delivery at a time: records, and what is to be stored once
 * they are delivered. Filled by one thread, then another's.
 */
final class Batch {

	private final List<InFlight> records;

	private final List<OpenScope> begun = new ArrayList<>();

	private final List<Runnable> ends = new ArrayList<>();

	private @Nullable String chained;

	Batch(int limit) {
		this.records = new ArrayList<>(limit);
	}

	void begin(OpenScope scope) {
		this.begun.add(scope);
	}

	void add(RecordInFlight record, OpenScope scope) {
		this.records.add(new InFlight(record, scope));
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

	List<InFlight> records() {
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

	boolean isEmpty() {
		return this.records.isEmpty() && this.begun.isEmpty() && this.ends.isEmpty();
	}

}
