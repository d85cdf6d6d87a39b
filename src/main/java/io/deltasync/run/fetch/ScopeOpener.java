package io.deltasync.run.fetch;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.codec.UnreadableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.plan.PlanningCall;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.Plan;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.Strategy;

/**
 * Opens scopes, each with its adapter instance: a new one, or the one that planned. Not
 * thread-safe; each lane has its own.
 */
public final class ScopeOpener {

	private final ActiveRun run;

	private final LinkContext context;

	private final Plan plan;

	private final LocatorQueries locators;

	private final PushedScopes pushed;

	/**
	 * Creates the opener of a lane.
	 * @param run the run
	 * @param context the context passed to adapters
	 * @param plan the progress of planning when the lane started
	 * @param locators runs LOCATOR queries
	 * @param pushed reads requests that were pushed to the Link
	 */
	public ScopeOpener(ActiveRun run, LinkContext context, Plan plan, LocatorQueries locators, PushedScopes pushed) {
		this.run = run;
		this.context = context;
		this.plan = plan;
		this.locators = locators;
		this.pushed = pushed;
	}

	/**
	 * Starts to fetch a scope.
	 * @param scope the scope
	 * @return its records
	 * @throws ScopeException if the scope cannot be fetched
	 */
	public Fetch open(ScopeEntry scope) {
		SourceAdapter planned = (scope.text() == null) ? this.run.takePlanned() : null;
		SourceAdapter adapter = (planned != null) ? planned : this.run.link().newSource();
		try {
			if (scope.text() == null && planned == null && this.plan.locatorQuery() == null) {
				planAgain(adapter);
			}
			return fetch(adapter, scope).closingAdapter();
		}
		catch (RuntimeException ex) {
			Instances.closeInCall(adapter);
			throw ex;
		}
	}

	private Fetch fetch(SourceAdapter adapter, ScopeEntry scope) {
		if (this.run.link().takesPushes()) {
			return this.pushed.open(this.run.link().name(), this.context, adapter, PushedScopes.id(scope));
		}
		if (scope.text() != null) {
			return Fetch.of((SourceAdapterForPull) adapter, this.context, read(adapter, scope.text()));
		}
		String query = this.plan.locatorQuery();
		return (query != null) ? Fetch.of(adapter, this.locators.run(this.run.link(), this.context, adapter, query))
				: Fetch.of((SourceAdapterForPull) adapter, this.context, null);
	}

	/**
	 * Whether a scope can be fetched again if none of its records was handed over.
	 * @param scope the scope
	 * @return false if the only instance that could fetch it has failed
	 */
	public boolean canRepeat(ScopeEntry scope) {
		return scope.text() != null || (this.plan.strategy() == Strategy.IMMEDIATE && this.plan.round() == 1);
	}

	/**
	 * Plans with a new instance, as a restart would, because the instance that planned
	 * has failed and its state is lost.
	 */
	private void planAgain(SourceAdapter adapter) {
		FetchStrategy answer = Fetch.call(adapter, "planFetch", () -> PlanningCall.planFetch(adapter, this.context));
		if (!(answer instanceof FetchStrategy.Immediate)) {
			throw new ScopeException(("planFetch of source adapter %s no longer answers IMMEDIATE, as it did "
					+ "before fetching failed; restart the run, which uses the new answer")
				.formatted(adapter.getClass().getName()));
		}
	}

	private static Object read(SourceAdapter adapter, String text) {
		try {
			return new ValueCodec(adapter).read(text);
		}
		catch (UnreadableScopeException ex) {
			throw new ScopeException(Messages.of(ex), ex);
		}
	}

}
