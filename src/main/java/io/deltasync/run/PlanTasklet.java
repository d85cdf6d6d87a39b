package io.deltasync.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Asks the adapter how to fetch, and stores its answer with the scopes in one
 * transaction. What was planned before a restart is not planned again, unless its scopes
 * live in the instance that planned them.
 */
class PlanTasklet implements Tasklet {

	/** Strategies of which a restart can keep nothing. */
	private static final Set<String> PLANNED_ANEW = Set.of("IMMEDIATE", "LOCATOR");

	/**
	 * A lane's share is cut into this many pages, so that no lane ends long after the
	 * others.
	 */
	private static final int PAGES_PER_LANE = 32;

	private final LiveRuns runs;

	private final Link link;

	private final Stores stores;

	PlanTasklet(LiveRuns runs, Link link, Stores stores) {
		this.runs = runs;
		this.link = link;
		this.stores = stores;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		LiveRun run = this.runs.get(this.link.name());
		long event = contribution.getStepExecution().getJobExecution().getJobInstance().getId();
		Steps.abortOnError(run, contribution, () -> {
			run.limitBatchSize(targetLimit(run.context()));
			Plan plan = this.stores.plans().find(event);
			if (plan.finished() && PLANNED_ANEW.contains(plan.strategy())) {
				plan = forget(event);
			}
			if (!plan.finished()) {
				plan = plan(run, event, plan);
			}
			run.expect(plan.expectedTotalRecords());
		});
		return RepeatStatus.FINISHED;
	}

	/** The target's first call: if it is not there, nothing is asked of the source. */
	private int targetLimit(LinkContext context) throws Exception {
		int limit = this.link.newTarget().getBatchSizeLimit(context);
		if (limit < 1) {
			throw new IllegalStateException(
					"getBatchSizeLimit of the target adapter returned %d; it must be 1 or more".formatted(limit));
		}
		return limit;
	}

	private Plan forget(long event) {
		this.stores.transaction().executeWithoutResult((status) -> {
			this.stores.pages().clear(event);
			this.stores.rejects().removeOfEvent(event);
			this.stores.plans().save(event, Plan.NONE);
		});
		return Plan.NONE;
	}

	private Plan plan(LiveRun run, long event, Plan before) throws Exception {
		SourceAdapter adapter = this.link.newSource();
		RunContext told = new RunContext();
		FetchStrategy answer = told.call(() -> planFetch(adapter, run.context()));
		Planning planning = Planning.answer(before, adapter, "planFetch", answer, this.stores.clock().instant());
		List<@Nullable String> scopes = write(new ScopeCodec(adapter), planning.scopes());
		run.lease().check();
		Plan after = this.stores.transaction().execute((status) -> {
			Plan stored = this.stores.pages()
				.append(event, planning.plan().withTold(told.cursor(), told.warnings()), scopes,
						pageSize(scopes.size()));
			this.stores.plans().save(event, stored);
			return stored;
		});
		run.keepPlanned(adapter);
		return after;
	}

	private static FetchStrategy planFetch(SourceAdapter adapter, LinkContext context) throws Exception {
		if (adapter instanceof SourceAdapterForPull pull) {
			return pull.planFetch(context);
		}
		if (adapter instanceof SourceAdapterForRowPush push) {
			return push.planFetch(context);
		}
		throw new PlanningException(adapter, "planFetch",
				"is missing: a source that a run can ask for records implements SourceAdapterForPull");
	}

	private static List<@Nullable String> write(ScopeCodec codec, List<@Nullable Object> scopes) throws Exception {
		List<@Nullable String> texts = new ArrayList<>(scopes.size());
		for (Object scope : scopes) {
			texts.add((scope != null) ? codec.write(scope) : null);
		}
		return texts;
	}

	private int pageSize(int scopes) {
		return Math.max(1, Math.min(ScopePages.MAX_SCOPES, scopes / (this.link.lanes() * PAGES_PER_LANE)));
	}

}
