package io.deltasync.testkit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.run.plan.PlanningCall;
import io.deltasync.scope.Plan;

/**
 * Plans to the end, with each call on a new instance, and without the waits in between.
 */
final class PlanningDriver {

	private final Instances<SourceAdapter> instances;

	private final LinkContext context;

	private final int rounds;

	PlanningDriver(Instances<SourceAdapter> instances, LinkContext context, int rounds) {
		this.instances = instances;
		this.context = context;
		this.rounds = rounds;
	}

	Planned plan() {
		List<FetchStrategy> answers = new ArrayList<>();
		List<Planned.Handed> scopes = new ArrayList<>();
		Plan plan = Plan.NONE;
		while (true) {
			SourceAdapter adapter = this.instances.fresh();
			requireEnd(adapter, plan);
			PlanningCall call = call(adapter, plan);
			answers.add(call.answer());
			call.scopes().forEach((text) -> scopes.add(new Planned.Handed(text, adapter)));
			plan = call.plan().withStored(call.scopes().size(), 1);
			if (plan.finished()) {
				return new Planned(List.copyOf(answers), plan, scopes, adapter);
			}
		}
	}

	private PlanningCall call(SourceAdapter adapter, Plan before) {
		String method = (before.round() == 0) ? "planFetch" : "planFetchAgain";
		StaticFields statics = StaticFields.of("source adapter", adapter.getClass());
		try {
			PlanningCall call = PlanningCall.make(adapter, this.context, before,
					InstantSource.fixed(this.context.runTimestamp()));
			statics.requireUnchanged(method);
			return call;
		}
		catch (Exception ex) {
			String hint = (before.round() == 0) ? ""
					: "; it is called on a fresh instance, which knows of the call before only what is in the scope";
			throw AdapterFailure.by(ex, "source adapter", adapter, method, hint);
		}
	}

	private void requireEnd(SourceAdapter adapter, Plan plan) {
		if (plan.round() >= this.rounds) {
			throw new AssertionError(
					("planning has not ended after %,d calls: planFetchAgain of source adapter %s keeps answering %s; "
							+ "answer another strategy once the source is ready, or allow more rounds(…)")
						.formatted(plan.round(), adapter.getClass().getName(), plan.strategy()));
		}
	}

}
