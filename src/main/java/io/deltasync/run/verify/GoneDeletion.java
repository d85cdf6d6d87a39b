package io.deltasync.run.verify;

import java.util.List;

import io.deltasync.delivered.DeliveredCounts;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.MetRecords;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.Deletion;
import io.deltasync.run.deliver.TargetSession;
import io.deltasync.run.deliver.TargetSessions;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows that the source no longer has, where a full run of the Link would delete
 * them. Thread-safe.
 */
final class GoneDeletion {

	private final EventCounts counts;

	private final ScopeProgress progress;

	private final Warnings warnings;

	private final DeliveryIndexTable delivered;

	private final MetRecords metRecords;

	private final TargetSessions sessions;

	private final RunTransactions transactions;

	GoneDeletion(RunTables tables, TargetSessions sessions, RunTransactions transactions) {
		this.counts = tables.counts();
		this.progress = tables.progress();
		this.warnings = tables.warnings();
		this.delivered = tables.delivered();
		this.metRecords = tables.metRecords();
		this.sessions = sessions;
		this.transactions = transactions;
	}

	/**
	 * Deletes rows.
	 * @return how many were deleted
	 * @throws Exception if the target is not available or the run must end
	 */
	long delete(ActiveRun run, RejectingRun rejecting, List<UnseenRecord> rows) throws Exception {
		Link link = run.link();
		if (rows.isEmpty() || !link.deletesRecords()) {
			return 0;
		}
		long event = rejecting.event();
		DeliveredCounts all = this.transactions
			.call(() -> this.metRecords.count(link.name(), link.identity().targetId(), event));
		if (new DeliveredCounts(all.all(), rows.size(), rows.size()).exceeds(link.maxDeleteShare())
				&& !run.parameters().force()) {
			this.transactions.holding(run.lease(), () -> this.warnings.setDeletes(event,
					("the source no longer has %d of %d delivered records, more than max-delete-share allows "
							+ "(%s %%), so they were not deleted; 'verify %s --repair --force' deletes them anyway")
						.formatted(rows.size(), all.all(), link.maxDeleteShare(), link.name())));
			return 0;
		}
		long before = deleted(event);
		try (TargetSession session = this.sessions.openForDeletions(run, rejecting)) {
			Deletion deletion = new Deletion(run, rejecting, session, this.counts, this.warnings, this.delivered,
					this.metRecords, this.transactions);
			int limit = run.context().batchSizeLimit();
			for (int from = 0; from < rows.size(); from += limit) {
				if (run.ending().mustEnd()) {
					throw new RunEndsException();
				}
				List<UnseenRecord> page = rows.subList(from, Math.min(from + limit, rows.size()));
				run.waits().<@Nullable Void>writing(() -> {
					deletion.delete(page);
					return null;
				});
			}
		}
		return deleted(event) - before;
	}

	private long deleted(long event) {
		return this.transactions.call(() -> this.progress.find(event).deletions().written());
	}

}
