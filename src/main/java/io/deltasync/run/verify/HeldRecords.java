package io.deltasync.run.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.reject.RejectChanges;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.codec.ValueCodec;

/**
 * Finds records that wait as rejects. Thread-safe.
 *
 * @param run the run
 * @param rejects the rejects of all Links
 * @param codec the codec of the source's properties
 * @param transactions the transactions in which they are read
 */
record HeldRecords(ActiveRun run, RejectChanges rejects, ValueCodec codec, RunTransactions transactions) {

	/**
	 * Finds those of a batch. Call it before filters and mapping, which may change what
	 * identifies a record.
	 * @param batch the records as fetched
	 * @return those that wait as rejects
	 */
	Set<BatchRecord> of(List<BatchRecord> batch) {
		if (!this.run.hasWaitingRejects() || batch.isEmpty()) {
			return Set.of();
		}
		List<String> ids = batch.stream().map((one) -> one.identity(this.codec)).toList();
		Set<String> waiting = new HashSet<>();
		this.transactions.call(() -> this.rejects.waitingVersions(this.run.link().name(), Set.copyOf(ids)))
			.forEach((version) -> waiting.add(version.recordId()));
		Set<BatchRecord> held = new HashSet<>();
		for (int i = 0; i < ids.size(); i++) {
			if (waiting.contains(ids.get(i))) {
				held.add(batch.get(i));
			}
		}
		return held;
	}

}
