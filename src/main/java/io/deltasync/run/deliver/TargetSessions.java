package io.deltasync.run.deliver;

import java.util.List;
import java.util.function.UnaryOperator;

import io.deltasync.api.LinkContext;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.event.LateWrites;
import io.deltasync.event.RecordLog;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.EventWarnings;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.EventCounts;

/**
 * Opens sessions with the targets of runs. Thread-safe.
 */
public final class TargetSessions {

	private final EventCounts counts;

	private final RejectChanges rejects;

	private final RejectRows rejectRows;

	private final RecordLog log;

	private final DeliveryIndexTable delivered;

	private final LateWrites lateWrites;

	private final EventWarnings warnings;

	private final RunTransactions transactions;

	/**
	 * Creates the sessions of all runs.
	 * @param tables the tables in which the outcome of records is stored
	 * @param warnings where the warnings of targets and filters are stored
	 * @param transactions the transactions in which this is stored
	 */
	public TargetSessions(RunTables tables, EventWarnings warnings, RunTransactions transactions) {
		this.counts = tables.counts();
		this.rejects = tables.rejectChanges();
		this.rejectRows = tables.rejectRows();
		this.log = tables.log();
		this.delivered = tables.delivered();
		this.lateWrites = tables.lateWrites();
		this.warnings = warnings;
		this.transactions = transactions;
	}

	/**
	 * Opens a session that delivers records through the filters and the mapping of the
	 * Link.
	 * @param run the run
	 * @param rejecting the run as the reject tables identify it
	 * @param met whether this run's source returned the records
	 * @return the session, which the caller closes
	 */
	public TargetSession open(ActiveRun run, RejectingRun rejecting, boolean met) {
		RejectUpdater rejectUpdater = rejectUpdater(run, rejecting, met);
		return session(run, rejecting, rejectUpdater, Delivery.of(run, rejectUpdater));
	}

	/**
	 * Opens a session that delivers deletions, whose keys filters and mapping have
	 * processed before.
	 * @param run the run
	 * @param rejecting the run as the reject tables identify it
	 * @return the session, which the caller closes
	 */
	public TargetSession openForDeletions(ActiveRun run, RejectingRun rejecting) {
		RejectUpdater rejectUpdater = rejectUpdater(run, rejecting, true);
		LinkContext context = LinkContexts.ofDelivery(run);
		return session(run, rejecting, rejectUpdater,
				new Delivery(context, new Filters(List.of(), context, run.retries()), (record) -> {
				}, UnaryOperator.identity(), rejectUpdater.target(), run.retries()));
	}

	private RejectUpdater rejectUpdater(ActiveRun run, RejectingRun rejecting, boolean met) {
		DeliveryIndex index = new DeliveryIndex(run, rejecting.event(), met, this.delivered, this.transactions);
		RecordLogWriter recordLog = new RecordLogWriter(run.link(), run.counters().logRoom(), this.log,
				rejecting.event());
		return new RejectUpdater(run, rejecting, this.counts, this.rejects, this.rejectRows, recordLog, index,
				this.transactions);
	}

	private TargetSession session(ActiveRun run, RejectingRun rejecting, RejectUpdater rejectUpdater,
			Delivery delivery) {
		LateWriteGuard guard = new LateWriteGuard(run, rejecting.event(), delivery, rejectUpdater.index().written(),
				this.lateWrites, this.transactions);
		return new TargetSession(delivery, rejectUpdater, guard,
				(warned) -> this.warnings.add(run.lease(), rejecting.event(), warned));
	}

}
