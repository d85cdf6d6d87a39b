package io.deltasync.run;

import java.util.Set;

import io.deltasync.scope.Plan;

/**
 * What a restart begins with: what failed, or was begun, is put back in line. Only what
 * lives in the instance that planned it, or has no stable positions, is planned anew. It
 * is many small transactions, each of which leaves a run that can be restarted.
 */
final class Restart {

	/** Strategies of which a restart can keep nothing, unless they reached their end. */
	private static final Set<String> PLANNED_ANEW = Set.of("IMMEDIATE", "LOCATOR");

	private final Stores stores;

	Restart(Stores stores) {
		this.stores = stores;
	}

	/**
	 * Takes up a run where its last attempt left it.
	 * @param run the run
	 * @param event the Sync Event
	 * @param plan how far planning had come
	 * @return how far it is now, stored
	 */
	Plan takeUp(LiveRun run, long event, Plan plan) {
		run.lease().check();
		Plan released = this.stores.transaction().execute((status) -> held(run, release(run, event, plan)));
		return requeue(run, event, released);
	}

	/** Only then, as the lease cannot be renewed while the transaction lasts. */
	private static Plan held(LiveRun run, Plan plan) {
		run.lease().hold();
		return plan;
	}

	private Plan release(LiveRun run, long event, Plan plan) {
		boolean anew = run.parameters().replayed() == null && PLANNED_ANEW.contains(plan.strategy())
				&& !this.stores.pages().isFirstScopeDone(event);
		if (anew) {
			this.stores.clear(run.link().name(), event);
			return Plan.NONE;
		}
		this.stores.fetchedAgain(run.link().name(), event, this.stores.pages().release(event));
		return plan;
	}

	private Plan requeue(LiveRun run, long event, Plan released) {
		Plan before = released;
		while (!run.mustEnd()) {
			run.lease().check();
			Plan plan = before;
			Plan after = this.stores.transaction().execute((status) -> held(run, requeueSome(run, event, plan)));
			if (after == before) {
				break;
			}
			before = after;
		}
		return before;
	}

	private Plan requeueSome(LiveRun run, long event, Plan before) {
		Plan after = this.stores.pages()
			.requeueFailed(event, before, (ordinals) -> this.stores.fetchedAgain(run.link().name(), event, ordinals));
		if (after != before) {
			this.stores.plans().save(event, after);
		}
		return after;
	}

}
