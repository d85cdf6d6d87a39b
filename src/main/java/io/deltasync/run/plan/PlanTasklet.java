package io.deltasync.run.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.deltasync.event.Mode;
import io.deltasync.event.Rewrite;
import io.deltasync.event.RunParameters;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Steps;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Checks the target and asks the source how to fetch. A restart repeats no question: it
 * continues where the last attempt ended. A replay asks nothing.
 */
public class PlanTasklet implements Tasklet {

	private static final Logger logger = LoggerFactory.getLogger(PlanTasklet.class);

	private final ActiveRuns runs;

	private final Link link;

	private final RunStorage stores;

	private final Planner planner;

	private final Consumer<ActiveRun> beforePlanning;

	/**
	 * Creates the tasklet of a Link.
	 * @param runs the runs of this process
	 * @param link the Link
	 * @param stores the stores of the runs' state
	 * @param planner makes the planning calls
	 * @param beforePlanning called before anything is planned or delivered, unless the
	 * run is a testing run
	 */
	public PlanTasklet(ActiveRuns runs, Link link, RunStorage stores, Planner planner,
			Consumer<ActiveRun> beforePlanning) {
		this.runs = runs;
		this.link = link;
		this.stores = stores;
		this.planner = planner;
		this.beforePlanning = beforePlanning;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		ActiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		long event = contribution.getStepExecution().getJobExecution().getJobInstance().getId();
		String limit = this.link.places().limit(this.link.lanes());
		if (limit != null) {
			logger.warn("Link '{}': {}", this.link.name(), limit);
		}
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> {
			this.stores.transaction().executeWithoutResult((status) -> {
				if (this.stores.formerRows().move(event)) {
					run.lease().lockAndVerify();
				}
			});
			// the target comes first: if it is not available, the source is not called
			askTarget(run, event);
			if (anyRejectWaits()) {
				run.markWaitingRejects();
			}
			if (!run.isTesting()) {
				this.beforePlanning.accept(run);
			}
			forgetDeliveries(run);
			Plan plan = this.stores.plan(event);
			if (plan.round() == 0) {
				coverLateWrites(run, event);
				invalidateDeliveries(run);
				if (run.ending().mustEnd()) {
					// nothing is planned yet, so a restart invalidates the digests again
					return;
				}
			}
			if (plan.round() > 0) {
				run.markRestarted();
				plan = new Restart(this.stores).resume(run, event, plan);
			}
			if (run.parameters().replayed() != null) {
				new ReplayPlan(this.stores).write(run, event, plan);
				return;
			}
			run.counters().expect(plan.expectedTotalRecords());
			if (plan.round() == 0) {
				this.planner.next(run, event, plan);
			}
		}));
		return RepeatStatus.FINISHED;
	}

	private void askTarget(ActiveRun run, long event) throws Exception {
		List<String> warnings = run.askBatchSizeLimit();
		if (this.stores.plan(event).round() == 0) {
			this.stores.addWarnings(run.lease(), event, warnings);
		}
	}

	private boolean anyRejectWaits() {
		return Boolean.TRUE
			.equals(this.stores.transaction().execute((status) -> this.stores.rejects().anyWaiting(this.link.name())));
	}

	/**
	 * Marks late writes as covered, because from now on the run fetches its whole window,
	 * including the records that a run wrote too late. If this run fails, the next one
	 * starts from the same window.
	 */
	private void coverLateWrites(ActiveRun run, long event) {
		RunParameters parameters = run.parameters();
		if (run.isTesting() || !parameters.mode().movesWindow()) {
			return;
		}
		this.stores.transaction().executeWithoutResult((status) -> {
			List<String> warnings = this.stores.lateWrites()
				.cover(this.link.name(), parameters.lastSuccess())
				.stream()
				.map(("event %d may have written records after it had lost the Link, so the window starts where its own "
						+ "did")::formatted)
				.toList();
			this.stores.warnings().add(event, warnings);
			run.lease().lockAndVerify();
		});
	}

	/**
	 * Invalidates all digests before a run that rewrites everything, so that no later run
	 * skips the records that this one does not reach.
	 */
	private void invalidateDeliveries(ActiveRun run) {
		RunParameters parameters = run.parameters();
		if (parameters.rewrite() != Rewrite.EVERYTHING || run.isTesting() || !this.link.skipUnchanged()) {
			return;
		}
		Optional<String> last = Optional.of("");
		while (last.isPresent() && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			String after = last.get();
			last = this.stores.transaction()
				.execute((status) -> this.stores.delivered().invalidateNext(this.link.name(), after));
		}
	}

	/**
	 * Deletes rows of the delivery index: all of them if the Link no longer uses the
	 * index, because they would be outdated when it does again, and on a full run those
	 * of other targets, which are useless.
	 */
	private void forgetDeliveries(ActiveRun run) {
		if (run.isTesting()) {
			return;
		}
		if (!this.link.remembersDeliveries()) {
			repeat(run, () -> this.stores.delivered().deleteSome(this.link.name()));
		}
		else if (run.parameters().mode() == Mode.FULL) {
			String target = this.link.identity().targetId();
			repeat(run, () -> this.stores.delivered().forgetOthers(this.link.name(), target));
		}
	}

	/** Repeats an action until nothing is left, each time in a new transaction. */
	private void repeat(ActiveRun run, BooleanSupplier some) {
		boolean more = true;
		while (more && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			more = Boolean.TRUE.equals(this.stores.transaction().execute((status) -> some.getAsBoolean()));
		}
	}

}
