package io.deltasync.testkit;

import java.util.List;

import io.deltasync.api.RecordInFlight;

/**
 * The result of a delivery in memory. Not thread-safe.
 */
public final class TargetRun {

	private final List<RecordInFlight> records;

	private final List<Integer> calls;

	private final List<String> warnings;

	TargetRun(List<RecordInFlight> records, List<Integer> calls, List<String> warnings) {
		this.records = records;
		this.calls = calls;
		this.warnings = warnings;
	}

	/**
	 * Returns copies of all records, with their outcome.
	 * @return the records, in their order
	 */
	public List<RecordInFlight> records() {
		return this.records;
	}

	/**
	 * Returns the records that the target accepted.
	 * @return the records, in their order; may be empty
	 */
	public List<RecordInFlight> delivered() {
		return this.records.stream().filter((record) -> !record.isFailed() && !record.isIgnored()).toList();
	}

	/**
	 * Returns the records that would become rejects.
	 * @return the records, in their order, with their errors; may be empty
	 */
	public List<RecordInFlight> failed() {
		return this.records.stream().filter(RecordInFlight::isFailed).toList();
	}

	/**
	 * Returns the sizes of the batches that {@code pushRecords} was called with,
	 * including repeated calls and the parts of batches that were split.
	 * @return the number of records of each call, in order
	 */
	public List<Integer> calls() {
		return this.calls;
	}

	/**
	 * Returns the warnings that the target added to its {@code RunContext}.
	 * @return the warnings, in order; may be empty
	 */
	public List<String> warnings() {
		return this.warnings;
	}

}
