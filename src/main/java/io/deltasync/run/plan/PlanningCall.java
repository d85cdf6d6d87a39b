package io.deltasync.run.plan;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.codec.ValueCodec;
import io.deltasync.scope.Plan;
import io.deltasync.scope.ScopeTexts;
import org.jspecify.annotations.Nullable;

/**
 * A planning call and the next state. Independent of Spring, and stores nothing.
 *
 * @param answer the answer of the adapter
 * @param plan the state after the answer, with the planning scope, but without counting
 * the scopes
 * @param scopes the scopes to fetch from the answer, as text; IMMEDIATE and LOCATOR are
 * one scope that is null
 * @param reads what the adapter is about to read, in its own words; null if it does not
 * say
 */
public record PlanningCall(FetchStrategy answer, Plan plan, List<? extends @Nullable String> scopes,
		@Nullable String reads) {

	/**
	 * Asks an adapter for the next planning step.
	 * @param adapter a new instance
	 * @param context the context passed to the adapter
	 * @param before the state before the call
	 * @param clock the clock for waits
	 * @return the call with its answer
	 * @throws PlanningException if the answer is invalid
	 * @throws Exception if the adapter fails, or a scope cannot be stored or read back
	 */
	public static PlanningCall make(SourceAdapter adapter, LinkContext context, Plan before, InstantSource clock)
			throws Exception {
		boolean first = before.round() == 0;
		ValueCodec codec = new ValueCodec(adapter);
		RunContext callContext = new RunContext();
		FetchStrategy answer = callContext
			.call(() -> first ? planFetch(adapter, context) : planFetchAgain(adapter, context, codec, before));
		Planning planning = Planning.answer(before, adapter, first ? "planFetch" : "planFetchAgain", answer,
				clock.instant());
		Plan plan = planning.plan()
			.withReported(callContext.cursor(), callContext.warnings())
			.withPlanningScope(write(codec, planning.planningScope()));
		return new PlanningCall(answer, plan, write(codec, planning.scopes()), callContext.description());
	}

	/**
	 * Plans the requests that were pushed to the Link, without asking its adapter.
	 * @param before the state before
	 * @param ids the numbers of the requests, in order; may be empty
	 * @return the plan, which is complete
	 */
	static PlanningCall ofPushes(Plan before, List<Long> ids) {
		return new PlanningCall(ids.isEmpty() ? FetchStrategy.noRecords() : FetchStrategy.scopes(ids),
				Planning.ofPushes(before, ids).plan(), ids.stream().map(String::valueOf).toList(), null);
	}

	/** Adds warnings from after the answer. */
	PlanningCall withWarnings(List<String> warnings) {
		return new PlanningCall(this.answer, this.plan.withReported(null, warnings), this.scopes, this.reads);
	}

	/**
	 * Leaves out scopes that a sample does not choose.
	 * @param sample chooses scopes
	 * @param first whether none was chosen before
	 */
	PlanningCall sampled(ScopeSample sample, boolean first) {
		List<? extends @Nullable String> chosen = sample.of(this.scopes, first && this.plan.finished());
		Long expected = this.plan.expectedTotalRecords();
		return new PlanningCall(this.answer, this.plan.withExpected((expected == null || this.scopes.isEmpty())
				? expected : Long.valueOf(expected * chosen.size() / this.scopes.size())), chosen, this.reads);
	}

	private static List<? extends @Nullable String> write(ValueCodec codec, List<?> scopes) {
		ScopeTexts texts = new ScopeTexts();
		for (Object scope : scopes) {
			if (scope == null) {
				return Collections.singletonList(null);
			}
			texts.add(codec.writeChecked(scope));
		}
		return texts;
	}

	public static FetchStrategy planFetch(SourceAdapter adapter, LinkContext context) throws Exception {
		if (adapter instanceof SourceAdapterForPull pull) {
			return pull.planFetch(context);
		}
		if (adapter instanceof SourceAdapterForRowPush push) {
			return push.planFetch(context);
		}
		throw new PlanningException(adapter, "planFetch",
				"is missing: a source that a run can ask for records implements SourceAdapterForPull");
	}

	private static FetchStrategy planFetchAgain(SourceAdapter adapter, LinkContext context, ValueCodec codec,
			Plan before) throws Exception {
		String scope = before.planningScope();
		return ((DelayedPlanningAdapter) adapter).planFetchAgain(context, (scope != null) ? codec.read(scope) : null);
	}

	private static @Nullable String write(ValueCodec codec, @Nullable Object scope) {
		return (scope != null) ? codec.writeChecked(scope) : null;
	}

}
