package io.deltasync.run.deliver;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.deltasync.codec.ValueCodec;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.WaitingInRow;
import org.jspecify.annotations.Nullable;

/**
 * The waiting rejects of other records in the target rows of a batch: records of the
 * source with different keys may be one row in the target. Thread-safe; every method
 * takes part in the caller's transaction.
 */
final class RejectsInRows {

	private final String link;

	private final RejectingRun rejecting;

	private final RejectChanges rejects;

	private final RejectRows rejectRows;

	private final ValueCodec codec;

	private final InstantSource clock;

	RejectsInRows(RejectingRun rejecting, RejectChanges rejects, RejectRows rejectRows, ValueCodec codec,
			InstantSource clock) {
		this.link = rejecting.link();
		this.rejecting = rejecting;
		this.rejects = rejects;
		this.rejectRows = rejectRows;
		this.codec = codec;
		this.clock = clock;
	}

	/** Returns the waiting rejects of other records in the same target rows. */
	List<WaitingInRow> others(List<BatchRecord> batch) {
		Map<String, List<BatchRecord>> records = new TreeMap<>();
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.rowId != null) {
				records.computeIfAbsent(batchRecord.rowId, (row) -> new ArrayList<>(1)).add(batchRecord);
			}
		}
		return this.rejectRows.waiting(this.link, records.keySet())
			.stream()
			.filter((waiting) -> records.getOrDefault(waiting.rowId(), List.of())
				.stream()
				.noneMatch((batchRecord) -> batchRecord.identity(this.codec).equals(waiting.recordId())))
			.toList();
	}

	/**
	 * Marks the rejects of other records in the rows of a batch as superseded, so that no
	 * retry overwrites these records.
	 */
	void supersede(List<BatchRecord> batch) {
		this.rejectRows.supersede(others(batch).stream().map(WaitingInRow::id).toList());
	}

	/**
	 * Stores the rows of failed records, and marks the rejects of other records in them
	 * as superseded.
	 * @param rows from the identity of each record to its row, or to null if it is
	 * unknown
	 * @param failed the records
	 */
	void addFailed(SortedMap<String, @Nullable String> rows, List<BatchRecord> failed) {
		this.rejectRows.store(this.link, rows);
		supersede(failed);
	}

	/**
	 * Closes the rejects of other records in the rows that were written, because the
	 * target treats them as one record. Rejects of this run stay open: the source has
	 * both records, so the other one fails.
	 * @param delivered the records that were written, without retried ones
	 */
	void closeOthers(List<BatchRecord> delivered) {
		List<String> others = others(delivered).stream()
			.filter((waiting) -> waiting.lastEvent() != this.rejecting.event())
			.map(WaitingInRow::recordId)
			.distinct()
			.toList();
		if (!others.isEmpty()) {
			this.rejects.close(this.link, State.DELIVERED, others, this.rejecting.event(), (version) -> false,
					this.clock.instant());
		}
	}

}
