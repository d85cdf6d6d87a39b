package io.deltasync.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.link.Link;
import io.deltasync.scope.Plan;
import io.deltasync.scope.ScopeCodec;
import io.deltasync.scope.ScopePages;
import org.jspecify.annotations.Nullable;

/**
 * Makes planning calls, each on a fresh adapter instance, and stores each answer with its
 * scopes in one transaction: after a crash no page is asked for twice and none is
 * skipped. Thread-safe.
 */
final class Planner {

	/**
	 * A lane's share is cut into this many pages, so that no lane ends long after the
	 * others.
	 */
	private static final int PAGES_PER_LANE = 32;

	private final Stores stores;

	Planner(Stores stores) {
		this.stores = stores;
	}

	/**
	 * Waits as long as the last answer asked for. Holds neither transaction nor
	 * connection.
	 * @param run the run
	 * @param plan how far planning has come
	 * @return false when the run must end before the wait does
	 */
	boolean awaitTurn(LiveRun run, Plan plan) {
		Instant until = plan.delayedUntil();
		return until == null || run.pauseUntil(until, this.stores.clock());
	}

	/**
	 * Makes the next planning call.
	 * @param run the run
	 * @param event the Sync Event
	 * @param before how far planning has come
	 * @return how far it is now, stored
	 * @throws Exception whatever ends the run
	 */
	Plan next(LiveRun run, long event, Plan before) throws Exception {
		Link link = run.link();
		boolean first = before.round() == 0;
		Instant now = this.stores.clock().instant();
		if (!first && now.isAfter(run.planningDeadline())) {
			throw new AbortRunException(
					("planning has not ended in %s: source adapter %s keeps answering %s. Mend it, or "
							+ "give the Link a longer max-planning-time")
						.formatted(link.maxPlanningTime(), link.newSource().getClass().getName(), before.strategy()));
		}
		SourceAdapter adapter = link.newSource();
		ScopeCodec codec = new ScopeCodec(adapter);
		RunContext told = new RunContext();
		FetchStrategy answer = told.call(() -> first ? planFetch(adapter, run.context())
				: planFetchAgain(adapter, run.context(), codec, before));
		Planning planning = Planning.answer(before, adapter, first ? "planFetch" : "planFetchAgain", answer,
				this.stores.clock().instant());
		List<@Nullable String> scopes = new ArrayList<>(planning.scopes().size());
		for (Object scope : planning.scopes()) {
			scopes.add(write(codec, scope));
		}
		Plan answered = planning.plan()
			.withTold(told.cursor(), told.warnings())
			.withPlanningScope(write(codec, planning.planningScope()));
		run.lease().check();
		Plan after = this.stores.transaction().execute((status) -> {
			Plan stored = this.stores.pages().append(event, answered, scopes, pageSize(link, scopes.size()));
			this.stores.plans().save(event, stored);
			return stored;
		});
		run.keepPlanned(adapter);
		run.expect(after.expectedTotalRecords());
		return after;
	}

	static FetchStrategy planFetch(SourceAdapter adapter, LinkContext context) throws Exception {
		if (adapter instanceof SourceAdapterForPull pull) {
			return pull.planFetch(context);
		}
		if (adapter instanceof SourceAdapterForRowPush push) {
			return push.planFetch(context);
		}
		throw new PlanningException(adapter, "planFetch",
				"is missing: a source that a run can ask for records implements SourceAdapterForPull");
	}

	private static FetchStrategy planFetchAgain(SourceAdapter adapter, LinkContext context, ScopeCodec codec,
			Plan before) throws Exception {
		String scope = before.planningScope();
		return ((DelayedPlanningAdapter) adapter).planFetchAgain(context, (scope != null) ? codec.read(scope) : null);
	}

	private static @Nullable String write(ScopeCodec codec, @Nullable Object scope) {
		return (scope != null) ? codec.writeChecked(scope) : null;
	}

	private static int pageSize(Link link, int scopes) {
		return Math.max(1, Math.min(ScopePages.MAX_SCOPES, scopes / (link.lanes() * PAGES_PER_LANE)));
	}

}
