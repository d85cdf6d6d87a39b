package io.deltasync.run.plan;

import java.util.List;
import java.util.function.Supplier;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.ScopeReset;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Scopes;

/**
 * The first step of a restart: requeues failed and unfinished scopes. IMMEDIATE and
 * LOCATOR are planned again, because their state is in the adapter instance or in
 * unstable row positions. It consists of many small transactions, each of which leaves a
 * run that can be restarted.
 */
public final class Restart {

	private final Plans plans;

	private final ScopePages pages;

	private final FailedScopes failedScopes;

	private final RunTransactions transactions;

	private final ScopeReset reset;

	public Restart(Plans plans, ScopePages pages, FailedScopes failedScopes, RunTransactions transactions,
			ScopeReset reset) {
		this.plans = plans;
		this.pages = pages;
		this.failedScopes = failedScopes;
		this.transactions = transactions;
		this.reset = reset;
	}

	/**
	 * Resumes a run where its last attempt ended.
	 * @param run the run
	 * @param event the Sync Event
	 * @param plan the progress of planning
	 * @return the new progress, which is stored
	 */
	public Plan resume(ActiveRun run, long event, Plan plan) {
		String link = run.link().name();
		if (isPlannedAgain(run, event, plan)) {
			return isRepeated(run, () -> this.reset.clearSome(link, event)) ? held(run, () -> {
				this.reset.clearRest(link, event);
				return Plan.NONE;
			}) : plan;
		}
		Scopes begun = new Scopes(this.transactions.call(() -> this.pages.begun(event)));
		if (begun.isEmpty() || isRepeated(run, () -> this.reset.forgetSome(link, event, begun))) {
			held(run, () -> {
				this.reset.forgetRest(link, event, new Scopes(this.pages.release(event)));
				return plan;
			});
		}
		return requeue(run, event, plan);
	}

	private boolean isPlannedAgain(ActiveRun run, long event, Plan plan) {
		return !run.parameters().isReplay() && plan.strategy().isFetchedByPlanner()
				&& !this.transactions.call(() -> this.pages.isFirstScopeDone(event));
	}

	/**
	 * Runs a change in a transaction that locks the lease only at its end, because the
	 * lease cannot be renewed while it is locked.
	 */
	private <T> T held(ActiveRun run, Supplier<T> change) {
		run.lease().checkLocally();
		return this.transactions.call(() -> {
			T result = change.get();
			run.lease().lockAndVerify();
			return result;
		});
	}

	/**
	 * Repeats an action until nothing is left, each time in a new transaction.
	 * @return false if the run must end before that
	 */
	private boolean isRepeated(ActiveRun run, Supplier<Boolean> some) {
		boolean more = true;
		while (more && !run.ending().mustEnd()) {
			more = held(run, some);
		}
		return !more;
	}

	private Plan requeue(ActiveRun run, long event, Plan released) {
		Plan before = released;
		while (!run.ending().mustEnd()) {
			List<ScopeEntry> scopes = this.transactions
				.call(() -> this.failedScopes.after(event, FailedScopes.BEFORE_ALL));
			Scopes failed = new Scopes(scopes.stream().map(ScopeEntry::ordinal).toList());
			if (failed.isEmpty() || !isRepeated(run, () -> this.reset.forgetSome(run.link().name(), event, failed))) {
				break;
			}
			Plan plan = before;
			before = held(run, () -> requeueSome(run, event, plan));
		}
		return before;
	}

	@SuppressWarnings("ReferenceEquality")
	private Plan requeueSome(ActiveRun run, long event, Plan before) {
		Plan after = this.failedScopes.requeue(event, before,
				(ordinals) -> this.reset.forgetRest(run.link().name(), event, new Scopes(ordinals)));
		if (after != before) {
			this.plans.save(event, after);
		}
		return after;
	}

}
