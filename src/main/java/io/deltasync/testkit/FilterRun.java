package io.deltasync.testkit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.deltasync.api.RecordInFlight;

/**
 * The result of a filter in memory. Not thread-safe.
 */
public final class FilterRun {

	private final boolean valid;

	private final List<RecordInFlight> records;

	private final List<RecordInFlight> kept;

	FilterRun(boolean valid, List<RecordInFlight> records, List<RecordInFlight> kept) {
		this.valid = valid;
		this.records = records;
		this.kept = kept;
	}

	/**
	 * Whether the filter takes part in the run.
	 * @return the answer of {@code validFor}
	 */
	public boolean isValid() {
		return this.valid;
	}

	/**
	 * Returns the records that would be delivered.
	 * @return copies of the records, as the filter left them; may be empty
	 */
	public List<RecordInFlight> kept() {
		return this.kept;
	}

	/**
	 * Returns the records that the filter removed from its list.
	 * @return copies of the records; may be empty
	 */
	public List<RecordInFlight> dropped() {
		Set<RecordInFlight> continuing = Collections.newSetFromMap(new IdentityHashMap<>());
		continuing.addAll(this.kept);
		return this.records.stream()
			.filter((record) -> !continuing.contains(record) && !record.isFailed() && !record.isIgnored())
			.toList();
	}

	/**
	 * Returns the records that the filter ignored.
	 * @return copies of the records, with their reasons; may be empty
	 */
	public List<RecordInFlight> ignored() {
		return this.records.stream().filter((record) -> record.isIgnored() && !record.isFailed()).toList();
	}

	/**
	 * Returns the records that would become rejects.
	 * @return copies of the records, with their errors; may be empty
	 */
	public List<RecordInFlight> failed() {
		return this.records.stream().filter(RecordInFlight::isFailed).toList();
	}

}
