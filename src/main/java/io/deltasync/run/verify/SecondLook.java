package io.deltasync.run.verify;

import java.util.Optional;

import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.MetRecords;
import io.deltasync.event.RecordLog;
import io.deltasync.event.VerifyOptions;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.DeliveryWitness;
import io.deltasync.run.deliver.TargetSession;
import io.deltasync.run.deliver.TargetSessions;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.fetch.PushedScopes;
import io.deltasync.run.fetch.ScopeOpener;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import io.deltasync.verified.TargetRowCounts;
import io.deltasync.verified.Verifications;
import io.deltasync.verified.VerifyScopes;
import org.jspecify.annotations.Nullable;

/**
 * The part of a verification that follows its lanes. What it has stored is not done again
 * after a restart. Thread-safe.
 */
public final class SecondLook {

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeProgress progress;

	private final RejectChanges rejects;

	private final RecordLog log;

	private final DeliveryIndexTable delivered;

	private final MetRecords metRecords;

	private final Warnings warnings;

	private final VerifyScopes scopes;

	private final Verifications verifications;

	private final TargetSessions sessions;

	private final GoneDeletion deletion;

	private final LocatorQueries locators;

	private final PushedScopes pushed;

	private final RunTransactions transactions;

	/**
	 * Creates the second look of all runs.
	 * @param tables the tables in which findings are stored
	 * @param sessions opens the sessions of repairs
	 * @param locators runs LOCATOR queries
	 * @param pushed reads requests that were pushed to the Link
	 * @param transactions the transactions in which findings are stored
	 */
	public SecondLook(RunTables tables, TargetSessions sessions, LocatorQueries locators, PushedScopes pushed,
			RunTransactions transactions) {
		this.plans = tables.plans();
		this.pages = tables.pages();
		this.progress = tables.progress();
		this.rejects = tables.rejectChanges();
		this.log = tables.log();
		this.delivered = tables.delivered();
		this.metRecords = tables.metRecords();
		this.warnings = tables.warnings();
		this.scopes = tables.verifyScopes();
		this.verifications = tables.verifications();
		this.sessions = sessions;
		this.deletion = new GoneDeletion(tables, sessions, transactions);
		this.locators = locators;
		this.pushed = pushed;
		this.transactions = transactions;
	}

	/** Whether all scopes were fetched, or cannot be. */
	boolean isDue(long event) {
		return this.transactions.call(() -> {
			Plan plan = this.plans.find(event);
			Progress made = this.progress.find(event);
			return plan.finished() && made.scopes().done() + made.scopes().failed() == plan.nextOrdinal();
		});
	}

	/**
	 * Compares all suspects again and counts the rows of the target.
	 * @throws Exception if the run must end or cannot continue
	 */
	void take(ActiveRun run, RejectingRun rejecting) throws Exception {
		new RunContext().<@Nullable Void>call(() -> {
			look(run, rejecting);
			return null;
		});
	}

	private void look(ActiveRun run, RejectingRun rejecting) throws Exception {
		long event = rejecting.event();
		VerifyOptions options = run.parameters().verification();
		Plan plan = this.transactions.call(() -> this.plans.find(event));
		ValueCodec codec = ValueCodec.ofProperties(run.link().sourceType());
		ScopeReader reader = new ScopeReader(run, new ScopeOpener(run, run.context(), plan, this.locators, this.pushed),
				new Pace(run.timedWaits(), options.rate(), 1));
		try (Comparer comparer = new Comparer(run);
				DeliveryWitness witness = new DeliveryWitness(run, event, this.delivered, this.metRecords,
						this.transactions);
				TargetSession repairing = options.repair() ? this.sessions.open(run, rejecting, false) : null) {
			Repair repair = (repairing != null)
					? new Repair(run, event, repairing, comparer, witness, this.warnings, this.transactions) : null;
			SuspectLooks looks = new SuspectLooks(reader, comparer,
					new HeldRecords(run, this.rejects, codec, this.transactions), witness, PendingRecords.of(run),
					run.context().batchSizeLimit());
			new Confirmation(run, event, this.scopes, this.log, this.transactions, looks, witness, repair).confirmAll();
			if (options.sample() == null && needsRows(event)) {
				countRows(run, rejecting, codec,
						new ExtraRows(run, event, this.pages, this.transactions, reader, comparer, witness));
			}
		}
	}

	/** Whether rows must be counted, which a scope that failed makes useless. */
	private boolean needsRows(long event) {
		return this.transactions.call(() -> this.progress.find(event).scopes().failed() == 0
				&& this.verifications.rows(event).rows() == null);
	}

	private void countRows(ActiveRun run, RejectingRun rejecting, ValueCodec codec, ExtraRows extraRows)
			throws Exception {
		long event = rejecting.event();
		GoneRows gone = new GoneRows(run, event, this.log, codec);
		long expected = this.transactions.call(() -> {
			VerifyScopes.Sums sums = this.scopes.sums(event);
			return this.progress.find(event).records().written() - sums.findings().absent()
					- sums.first().othersAbsent();
		});
		Optional<TargetRowCounts> counted = extraRows.count(expected, gone::add);
		if (counted.isEmpty()) {
			return;
		}
		TargetRowCounts rows = counted.get();
		long deleted = run.parameters().verification().repair() ? this.deletion.delete(run, rejecting, gone.rows()) : 0;
		boolean all = deleted == rows.gone();
		this.transactions.holding(run.lease(), () -> {
			gone.store(all);
			this.verifications.setRows(event,
					new TargetRowCounts(rows.rows(), rows.gone() - deleted, rows.leftOut(), rows.others()));
		});
	}

}
