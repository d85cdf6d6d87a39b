package io.deltasync.run.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.SourceAdapter;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Strategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes planning calls, each on a new adapter instance, and stores each answer with its
 * scopes in one transaction: after a crash, no page is requested twice and none is
 * skipped. A call that failed transiently is repeated with the same scope. Thread-safe.
 */
public final class Planner {

	private static final Logger logger = LoggerFactory.getLogger(Planner.class);

	private final Plans plans;

	private final ScopePages pages;

	private final InboxDelivery inbox;

	private final RunTransactions transactions;

	public Planner(Plans plans, ScopePages pages, InboxDelivery inbox, RunTransactions transactions) {
		this.plans = plans;
		this.pages = pages;
		this.inbox = inbox;
		this.transactions = transactions;
	}

	/**
	 * Waits as long as the last answer requested, without holding a transaction or a
	 * connection.
	 * @param run the run
	 * @param plan the progress of planning
	 * @return false if the run must end before the wait is over
	 */
	public boolean awaitTurn(ActiveRun run, Plan plan) {
		Instant until = plan.delayedUntil();
		if (until == null) {
			return true;
		}
		if (until.isAfter(this.transactions.now().plusSeconds(1))) {
			logger.info("Link '{}': the source adapter asked to wait; planning continues at {}", run.link().name(),
					until.truncatedTo(ChronoUnit.SECONDS));
		}
		return run.timedWaits().pauseUntil(until, this.transactions::now);
	}

	/**
	 * Makes planning calls until the plan is complete or the run must end.
	 * @param run the run
	 * @param event the Sync Event
	 * @throws Exception if the run must be aborted
	 */
	public void planAll(ActiveRun run, long event) throws Exception {
		Plan plan = this.transactions.call(() -> this.plans.find(event));
		while (!plan.finished() && !run.ending().mustEnd() && awaitTurn(run, plan)) {
			plan = next(run, event, plan);
		}
	}

	/**
	 * Makes the next planning call.
	 * @param run the run
	 * @param event the Sync Event
	 * @param before the progress of planning
	 * @return the new progress, which is stored
	 * @throws Exception if the run must be aborted
	 */
	public Plan next(ActiveRun run, long event, Plan before) throws Exception {
		Link link = run.link();
		if (before.round() > 0 && this.transactions.now().isAfter(run.planningDeadline())) {
			throw new AbortRunException(
					("planning has not ended in %s: source adapter %s keeps answering %s. Correct the adapter, or "
							+ "give the Link a longer max-planning-time")
						.formatted(link.maxPlanningTime(), link.sourceType().getName(), before.strategy()));
		}
		Answered answered = run.retries()
			.call((before.round() == 0) ? "planFetch" : "planFetchAgain",
					() -> run.waits().reading(() -> ask(run, before)));
		SourceAdapter fetching = answered.adapter;
		if (fetching != null) {
			// closed with the run if it never fetches
			run.keepPlanned(fetching);
		}
		PlanningCall call = (before.round() == 0) ? compareKeys(run, answered.call).withWarnings(foldedKeys(run))
				: answered.call;
		Double sample = run.parameters().verification().sample();
		if (sample != null) {
			call = call.sampled(new ScopeSample(sample, RandomGenerator.getDefault()), before.nextOrdinal() == 0);
		}
		PlanningCall chosen = call;
		run.lease().checkLocally();
		Plan after = this.transactions.call(() -> {
			Instant answeredAt = this.transactions.clock().instant();
			Plan stored = this.pages.append(event, chosen.plan(), chosen.scopes(), link.lanes());
			this.plans.save(event, stored);
			this.plans.addAnswer(event, Strategy.of(chosen.answer()), chosen.scopes().size(), answeredAt,
					stored.delayedUntil());
			run.lease().lockAndVerify();
			return stored;
		});
		run.planned(after);
		run.counters().expect(after.expectedTotalRecords());
		return after;
	}

	/** Compares the keys, which may not have been possible at the start of the run. */
	private static PlanningCall compareKeys(ActiveRun run, PlanningCall call) throws Exception {
		try {
			String warning = run.retries()
				.<@Nullable String>call("keyProperties",
						() -> run.waits().reading(() -> KeyCheck.ask(run.link(), run.context())));
			return (warning != null) ? call.withWarnings(List.of(warning)) : call;
		}
		catch (KeyMismatchException ex) {
			throw new AbortRunException(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Returns a warning about keys that the target does not distinguish. A delta run does
	 * not repeat it.
	 */
	private static List<String> foldedKeys(ActiveRun run) throws Exception {
		if (run.context().lastSuccessfulSync() != null) {
			return List.of();
		}
		return run.waits().reading(() -> Stream.ofNullable(FoldedKeys.warning(run.link(), run.context())).toList());
	}

	private Answered ask(ActiveRun run, Plan before) throws Exception {
		if (run.link().takesPushes()) {
			return new Answered(null,
					PlanningCall.ofPushes(before, this.transactions.call(() -> this.inbox.next(run.link().name()))));
		}
		SourceAdapter adapter = run.link().newSource();
		try {
			PlanningCall call = PlanningCall.make(adapter, run.context(), before, this.transactions.clock());
			return call.plan().strategy().isFetchedByPlanner() ? new Answered(adapter, call)
					: new Answered(null, call.withWarnings(Instances.close(List.of(adapter))));
		}
		catch (AbortRunException ex) {
			Instances.close(List.of(adapter));
			throw ex;
		}
		catch (Exception ex) {
			Instances.close(List.of(adapter));
			throw new IllegalStateException(message(adapter, before, ex), ex);
		}
	}

	private static String message(SourceAdapter adapter, Plan before, Exception ex) {
		return Messages.ofSource(adapter, (before.round() == 0) ? "planFetch" : "planFetchAgain",
				" in planning call %d".formatted(before.round() + 1), ex, "Correct the cause, then restart the run");
	}

	/**
	 * A planning call with its answer.
	 *
	 * @param adapter the instance that fetches next, or null if it is closed
	 * @param call the call
	 */
	private record Answered(@Nullable SourceAdapter adapter, PlanningCall call) {

	}

}
