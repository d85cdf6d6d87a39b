package io.deltasync.run.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.api.AbortRunException;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectsToDeliver;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Strategy;

/**
 * Plans a replay: the failed scopes of the replayed event, as they were stored. The
 * adapter is not called. Each transaction adds a limited number of scopes and leaves a
 * replay that can be restarted.
 */
public final class ReplayPlan {

	private final Plans plans;

	private final ScopePages pages;

	private final FailedScopes failedScopes;

	private final RejectsToDeliver rejects;

	private final RunTransactions transactions;

	public ReplayPlan(Plans plans, ScopePages pages, FailedScopes failedScopes, RejectsToDeliver rejects,
			RunTransactions transactions) {
		this.plans = plans;
		this.pages = pages;
		this.failedScopes = failedScopes;
		this.rejects = rejects;
		this.transactions = transactions;
	}

	/**
	 * Plans the scopes that are not planned yet. They keep their ordinals, except for a
	 * chain, which continues from the failed scope.
	 * @param run the replay
	 * @param event its Sync Event
	 * @param before the progress of planning
	 * @return the new progress, which is stored
	 */
	public Plan write(ActiveRun run, long event, Plan before) {
		ReplayOrigin replayed = Objects.requireNonNull(run.parameters().replayed());
		Plan plan = before;
		while (!plan.finished() && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			Plan reached = plan;
			plan = this.transactions.call(() -> {
				Plan next = next(run, event, replayed, reached);
				this.plans.save(event, next);
				run.lease().lockAndVerify();
				return next;
			});
		}
		return plan;
	}

	/**
	 * Plans the scope of a single record, unless it is planned.
	 * @param run the run that delivers the record
	 * @param event its Sync Event
	 * @param before the progress of planning
	 * @param scope the scope as text
	 * @return the new progress, which is stored
	 */
	Plan writeRecord(ActiveRun run, long event, Plan before, String scope) {
		if (before.finished()) {
			return before;
		}
		run.lease().checkLocally();
		return this.transactions.call(() -> {
			Plan after = this.pages.append(event, with(Strategy.SCOPES, true, before), List.of(scope),
					run.link().lanes());
			this.plans.save(event, after);
			run.lease().lockAndVerify();
			return after;
		});
	}

	/**
	 * Plans the next scopes. In place of an adapter's planning scope, the plan contains
	 * the ordinal to continue after.
	 */
	private Plan next(ActiveRun run, long event, ReplayOrigin replayed, Plan reached) {
		String last = reached.planningScope();
		boolean chain = this.plans.find(replayed.event()).strategy() == Strategy.IMMEDIATE;
		List<ScopeEntry> failed = failedAfter(replayed,
				(last != null) ? Long.parseLong(last) : FailedScopes.BEFORE_ALL);
		// checked only now: scopes that were removed before the event itself are missing
		// from the list
		if (!this.plans.isKept(replayed.event())) {
			throw new AbortRunException(
					("event %d, which is replayed, has been removed in the meantime. Nothing is lost: its "
							+ "rejects are kept, and a new run fetches what it did not fetch%s")
						.formatted(replayed.event(), replayed.full() ? ", with --full" : ""));
		}
		if (failed.isEmpty()) {
			return with((reached.nextOrdinal() > 0) ? reached.strategy() : Strategy.NO_RECORDS, true, reached)
				.withPlanningScope(null)
				.withReported(null, leftOut(run.link().name(), replayed));
		}
		Plan begun = with(chain ? Strategy.IMMEDIATE : Strategy.SCOPES, false, reached);
		List<ScopeEntry> restorable = failed.stream().filter((scope) -> scope.text() != null).toList();
		Plan planned = chain ? this.pages.append(event, begun, restorable.stream().map(ScopeEntry::text).toList(), 1)
				: this.pages.appendAgain(event, begun, restorable, run.link().lanes());
		return planned.withPlanningScope(String.valueOf(failed.get(failed.size() - 1).ordinal()));
	}

	private static Plan with(Strategy strategy, boolean finished, Plan plan) {
		return new Plan(strategy, finished, null, plan.nextOrdinal(), plan.nextPage(), plan.planningScope(),
				plan.round() + 1, null, null, null, plan.warnings());
	}

	private List<ScopeEntry> failedAfter(ReplayOrigin replayed, long ordinal) {
		return replayed.scopes() ? this.failedScopes.after(replayed.event(), ordinal) : List.of();
	}

	/**
	 * Whether nothing is left to replay.
	 * @param link the Link's name
	 * @param replayed the event to replay and its scopes
	 * @return false if a scope or a reject is left
	 */
	public boolean isEmpty(String link, ReplayOrigin replayed) {
		return failedAfter(replayed, FailedScopes.BEFORE_ALL).stream().allMatch((scope) -> scope.text() == null)
				&& this.rejects.toReplay(link, replayed.event(), 0, 0, 1).isEmpty();
	}

	/**
	 * Lists failed records and scopes that are not replayed.
	 * @param link the Link's name
	 * @param replayed the event to replay and its scopes
	 * @return the reasons with actions, for operators; may be empty
	 */
	public List<String> leftOut(String link, ReplayOrigin replayed) {
		List<String> reasons = new ArrayList<>();
		List<ScopeEntry> failed = this.failedScopes.after(replayed.event(), FailedScopes.BEFORE_ALL);
		if (!replayed.scopes() && !failed.isEmpty()) {
			reasons.add("the scopes of event %d that failed are not fetched again: a later run has fetched its window"
				.formatted(replayed.event()));
		}
		else if (failed.stream().anyMatch((scope) -> scope.text() == null)) {
			reasons.add("what event %d fetched without a scope (IMMEDIATE, LOCATOR) is not fetched again: run the Link"
				.formatted(replayed.event()));
		}
		long rejects = this.rejects.notToReplay(link, replayed.event());
		if (rejects > 0) {
			reasons.add(("rejects of event %d that cannot be retried separately: %d "
					+ "('rejects %s --json' says why); run the Link")
				.formatted(replayed.event(), rejects, link));
		}
		return reasons;
	}

}
