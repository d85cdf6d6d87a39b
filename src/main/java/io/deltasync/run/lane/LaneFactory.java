package io.deltasync.run.lane;

import io.deltasync.inbox.InboxDelivery;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.ScopeReset;
import io.deltasync.run.deliver.LaneSession;
import io.deltasync.run.deliver.TargetSessions;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.fetch.PushedScopes;
import io.deltasync.run.fetch.ScopeOpener;
import io.deltasync.run.verify.VerifySessions;
import io.deltasync.run.verify.WholeScopes;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.LaneHolder;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;

/**
 * Sets up lanes, each with its own instances of the adapters and its share of the memory,
 * and takes them down after their work. Thread-safe.
 */
public final class LaneFactory {

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeProgress progress;

	private final IgnoredReasons ignored;

	private final ScopeReset reset;

	private final TargetSessions sessions;

	private final VerifySessions verifySessions;

	private final RejectChanges rejects;

	private final InboxDelivery inbox;

	private final PushedScopes pushed;

	private final LocatorQueries locators;

	private final BatchMemory memory;

	private final RunTransactions transactions;

	/**
	 * Creates the factory.
	 * @param tables the tables in which lanes store their progress
	 * @param reset deletes what a crashed attempt stored about scopes
	 * @param sessions opens sessions that deliver to targets
	 * @param verifySessions opens sessions that compare targets
	 * @param locators runs LOCATOR queries
	 * @param memory limits the memory of all lanes of this process
	 * @param transactions the transactions of lanes
	 */
	public LaneFactory(RunTables tables, ScopeReset reset, TargetSessions sessions, VerifySessions verifySessions,
			LocatorQueries locators, BatchMemory memory, RunTransactions transactions) {
		this.plans = tables.plans();
		this.pages = tables.pages();
		this.progress = tables.progress();
		this.ignored = tables.ignored();
		this.reset = reset;
		this.sessions = sessions;
		this.verifySessions = verifySessions;
		this.rejects = tables.rejectChanges();
		this.inbox = tables.inbox();
		this.pushed = new PushedScopes(this.inbox, memory, transactions);
		this.locators = locators;
		this.memory = memory;
		this.transactions = transactions;
	}

	/**
	 * Does the work of a lane.
	 * @param run the run
	 * @param rejecting the run as the reject tables identify it
	 * @param name the lane's name, the same after a restart
	 * @return the counts of the records that the lane delivered
	 * @throws Exception if the run cannot continue
	 */
	RecordCounts work(ActiveRun run, RejectingRun rejecting, String name) throws Exception {
		long event = rejecting.event();
		LaneHolder holder = new LaneHolder(name, run.lease().token());
		Plan known = run.plan();
		Plan plan = (known.round() > 0) ? known : this.transactions.call(() -> this.plans.find(event));
		LanePages lanePages = new LanePages(run, event, holder, plan.finished(), this.plans, this.pages, this.reset,
				this.transactions);
		try (BatchMemory.Share share = this.memory.open();
				WholeScopes whole = WholeScopes.of(run);
				LaneSession session = open(run, rejecting, plan);
				LaneWriter writer = new LaneWriter(run, event, holder, session, this.plans, this.pages, this.progress,
						this.ignored, this.rejects, this.inbox, this.transactions)) {
			return new Lane(run, lanePages, new ScopeOpener(run, run.context(), plan, this.locators, this.pushed),
					plan.strategy(), whole, writer, share)
				.work();
		}
	}

	private LaneSession open(ActiveRun run, RejectingRun rejecting, Plan plan) {
		return run.parameters().isVerification()
				? this.verifySessions.open(run, rejecting.event(),
						plan.strategy().isFetchedByPlanner() ? 1 : run.link().verifyLanes())
				: this.sessions.open(run, rejecting, true);
	}

}
