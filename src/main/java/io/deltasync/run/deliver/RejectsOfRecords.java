package io.deltasync.run.deliver;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.deltasync.reject.Reject.State;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.WaitingVersion;
import org.jspecify.annotations.Nullable;

/**
 * The waiting rejects of the records of a batch: other versions of the same records.
 * Thread-safe; every method takes part in the caller's transaction.
 */
final class RejectsOfRecords {

	private final String link;

	private final RejectingRun rejecting;

	private final RejectChanges rejects;

	private final WaitingRecords waitingRecords;

	private final FailedRecordFactory failedRecords;

	private final InstantSource clock;

	RejectsOfRecords(RejectingRun rejecting, RejectChanges rejects, WaitingRecords waitingRecords,
			FailedRecordFactory failedRecords, InstantSource clock) {
		this.link = rejecting.link();
		this.rejecting = rejecting;
		this.rejects = rejects;
		this.waitingRecords = waitingRecords;
		this.failedRecords = failedRecords;
		this.clock = clock;
	}

	/** Marks rejects as superseded unless they hold the version of the batch. */
	void supersede(List<BatchRecord> batch) {
		Map<String, List<BatchRecord>> versions = this.waitingRecords.in(batch, Set.of());
		this.rejects.supersede(this.rejects.waitingVersions(this.link, versions.keySet())
			.stream()
			.filter((waiting) -> versions.getOrDefault(waiting.recordId(), List.of())
				.stream()
				.anyMatch((batchRecord) -> !isVersion(waiting, batchRecord)))
			.map(WaitingVersion::id)
			.toList());
	}

	/**
	 * Finds the records that may have a waiting reject.
	 * @param batch the records
	 * @param failing the identities of the records that are about to be stored
	 * @return the last version of each record, whose outcome counts
	 */
	Map<String, BatchRecord> last(List<BatchRecord> batch, Collection<String> failing) {
		Map<String, BatchRecord> last = new TreeMap<>();
		this.waitingRecords.in(batch, failing)
			.forEach((id, versions) -> last.put(id, versions.get(versions.size() - 1)));
		return last;
	}

	/** Returns the identities of the records whose rejects {@link #close} may close. */
	Set<String> closing(Map<String, BatchRecord> last) {
		if (last.isEmpty()) {
			return Set.of();
		}
		List<String> passed = last.keySet()
			.stream()
			.filter((id) -> Objects.requireNonNull(last.get(id)).rejectState() != State.OPEN)
			.toList();
		return this.rejects.waitingVersions(this.link, passed)
			.stream()
			.map(WaitingVersion::recordId)
			.collect(Collectors.toSet());
	}

	/**
	 * Closes the rejects of the records that have an outcome.
	 * @param state the state in which that outcome leaves a reject
	 * @param last the last version of each record
	 */
	void close(State state, Map<String, BatchRecord> last) {
		List<String> ids = last.keySet()
			.stream()
			.filter((id) -> Objects.requireNonNull(last.get(id)).rejectState() == state)
			.toList();
		if (!ids.isEmpty()) {
			this.rejects
				.close(this.link, state, ids, this.rejecting.event(),
						(version) -> isVersion(version, Objects.requireNonNull(last.get(version.recordId()))),
						this.clock.instant())
				.forEach((version) -> resolveEarlier(version,
						Objects.requireNonNull(last.get(version.recordId())).scope));
		}
	}

	private boolean isVersion(WaitingVersion waiting, BatchRecord batchRecord) {
		return waiting.contentId().equals(this.failedRecords.contentId(batchRecord.record));
	}

	/**
	 * Corrects the scope of a failure that a newer version resolved. Otherwise the record
	 * would fail this run and every later run that fetches both versions.
	 */
	private void resolveEarlier(WaitingVersion earlier, @Nullable OpenScope scope) {
		if (scope != null && earlier.fails(this.rejecting.event(), scope.entry().ordinal())) {
			scope.supersede();
		}
	}

}
