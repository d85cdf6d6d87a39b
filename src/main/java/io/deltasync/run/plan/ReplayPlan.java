package io.deltasync.run.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.api.AbortRunException;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import io.deltasync.scope.Plan;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePages;

/**
 * The plan of a replay: the scopes that failed in the event it replays, as they were
 * stored. The adapter is not asked. However many there are, each transaction takes some,
 * and leaves a replay that can be restarted.
 */
public final class ReplayPlan {

	private final RunStorage stores;

	public ReplayPlan(RunStorage stores) {
		this.stores = stores;
	}

	/**
	 * Plans what is not planned yet. Scopes keep their ordinals, except those of a chain,
	 * which goes on from the one that failed.
	 * @param run the replay
	 * @param event its Sync Event
	 * @param before how far planning has come
	 */
	public void write(ActiveRun run, long event, Plan before) {
		ReplayOrigin replayed = Objects.requireNonNull(run.parameters().replayed());
		Plan plan = before;
		while (!plan.finished() && !run.mustEnd()) {
			run.lease().checkLocally();
			Plan reached = plan;
			plan = this.stores.transaction().execute((status) -> {
				Plan next = next(run, event, replayed, reached);
				this.stores.plans().save(event, next);
				run.lease().lockAndVerify();
				return next;
			});
		}
	}

	/** Planning goes on from the scope that the plan has instead of an adapter's own. */
	private Plan next(ActiveRun run, long event, ReplayOrigin replayed, Plan reached) {
		String last = reached.planningScope();
		boolean chain = this.stores.plans().find(replayed.event()).strategy().equals("IMMEDIATE");
		List<ScopeEntry> failed = failedAfter(replayed, (last != null) ? Long.parseLong(last) : ScopePages.BEFORE_ALL);
		// only now: what was removed before the event itself was not read
		if (!this.stores.plans().isKept(replayed.event())) {
			throw new AbortRunException(
					("event %d, which is replayed, has been removed meanwhile. Nothing is lost: its "
							+ "rejects wait, and what it did not fetch is fetched by a new run%s")
						.formatted(replayed.event(), replayed.full() ? ", with --full" : ""));
		}
		if (failed.isEmpty()) {
			return with((reached.nextOrdinal() > 0) ? reached.strategy() : "NO_RECORDS", true, reached)
				.withPlanningScope(null)
				.withTold(null, leftOut(run.link().name(), replayed));
		}
		Plan begun = with(chain ? "IMMEDIATE" : "SCOPES", false, reached);
		List<ScopeEntry> restorable = failed.stream().filter((scope) -> scope.text() != null).toList();
		Plan planned = chain
				? this.stores.pages().append(event, begun, restorable.stream().map(ScopeEntry::text).toList(), 1)
				: this.stores.pages().appendAgain(event, begun, restorable, run.link().lanes());
		return planned.withPlanningScope(String.valueOf(failed.get(failed.size() - 1).ordinal()));
	}

	private static Plan with(String strategy, boolean finished, Plan plan) {
		return new Plan(strategy, finished, null, plan.nextOrdinal(), plan.nextPage(), plan.planningScope(),
				plan.round() + 1, null, null, null, plan.warnings());
	}

	private List<ScopeEntry> failedAfter(ReplayOrigin replayed, long ordinal) {
		return replayed.scopes() ? this.stores.pages().failedAfter(replayed.event(), ordinal) : List.of();
	}

	/**
	 * Tells whether there is anything to replay.
	 * @param link the Link's name
	 * @param replayed what is to be replayed
	 * @return false when neither a scope nor a reject is left
	 */
	public boolean isEmpty(String link, ReplayOrigin replayed) {
		return failedAfter(replayed, ScopePages.BEFORE_ALL).stream().allMatch((scope) -> scope.text() == null)
				&& this.stores.rejects().toReplay(link, replayed.event(), 0, 0, 1).isEmpty();
	}

	/**
	 * Lists what is not replayed though it failed.
	 * @param link the Link's name
	 * @param replayed what is to be replayed
	 * @return what, why and what to do, in words an operator understands; may be empty
	 */
	public List<String> leftOut(String link, ReplayOrigin replayed) {
		List<String> reasons = new ArrayList<>();
		List<ScopeEntry> failed = this.stores.pages().failedAfter(replayed.event(), ScopePages.BEFORE_ALL);
		if (!replayed.scopes() && !failed.isEmpty()) {
			reasons.add("the scopes of event %d that failed are not fetched again: a later run has fetched its window"
				.formatted(replayed.event()));
		}
		else if (failed.stream().anyMatch((scope) -> scope.text() == null)) {
			reasons.add("what event %d fetched without a scope (IMMEDIATE, LOCATOR) is not fetched again: run the Link"
				.formatted(replayed.event()));
		}
		long rejects = this.stores.rejects().notToReplay(link, replayed.event());
		if (rejects > 0) {
			reasons.add(("rejects of event %d that cannot be tried on their own: %d "
					+ "('rejects %s --json' says why); run the Link")
				.formatted(replayed.event(), rejects, link));
		}
		return reasons;
	}

}
