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

/**
 * Gives each scope the adapter instance that fetches it: a fresh one, or the one that
 * planned. One lane's.
 */
public final class ScopeOpener {

	private final ActiveRun run;

	private final LinkContext context;

	private final Plan plan;

	private final LocatorQueries locators;

	/**
	 * Makes the sources of a lane.
	 * @param run the run
	 * @param context what adapters are told
	 * @param plan how far planning had come when the lane began
	 * @param locators what runs the query of LOCATOR
	 */
	public ScopeOpener(ActiveRun run, LinkContext context, Plan plan, LocatorQueries locators) {
		this.run = run;
		this.context = context;
		this.plan = plan;
		this.locators = locators;
	}

	/**
	 * Begins to fetch a scope.
	 * @param scope the scope
	 * @return its records
	 * @throws ScopeException when it cannot be fetched
	 */
	public Fetch open(ScopeEntry scope) {
		SourceAdapter planned = (scope.text() == null) ? this.run.takePlanned() : null;
		SourceAdapter adapter = (planned != null) ? planned : this.run.link().newSource();
		try {
			if (scope.text() == null && planned == null) {
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
		if (scope.text() != null) {
			return Fetch.of((SourceAdapterForPull) adapter, this.context, read(adapter, scope.text()));
		}
		String query = this.plan.locatorQuery();
		return (query != null) ? Fetch.of(adapter, this.locators.run(this.run.link(), this.context, adapter, query))
				: Fetch.of((SourceAdapterForPull) adapter, this.context, null);
	}

	/**
	 * Tells whether a scope of which nothing was handed on can be fetched once more.
	 * @param scope the scope
	 * @return false when the only instance that could has failed
	 */
	public boolean canRepeat(ScopeEntry scope) {
		return scope.text() != null || (this.plan.strategy().equals("IMMEDIATE") && this.plan.round() == 1);
	}

	/**
	 * The instance that planned has failed, and what it knew is gone with it: to a fresh
	 * one, another attempt is what a restart is.
	 */
	private void planAgain(SourceAdapter adapter) {
		FetchStrategy answer = Fetch.call(adapter, "planFetch", () -> PlanningCall.planFetch(adapter, this.context));
		if (!(answer instanceof FetchStrategy.Immediate)) {
			throw new ScopeException(("planFetch of source adapter %s does not answer IMMEDIATE any more, as it did "
					+ "before fetching failed; restart the run, which goes by the new answer")
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
