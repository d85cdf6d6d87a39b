package io.deltasync.run.plan;

import java.util.List;

import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.EventWarnings;
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

	private final RunPreparation preparation;

	private final Restart restart;

	private final ReplayPlan replayPlan;

	private final Planner planner;

	private final ColumnWatch columns;

	private final EventWarnings warnings;

	private final FormerRecords formerRecords;

	private final AbandonedRuns abandoned;

	/**
	 * Creates the tasklet.
	 * @param runs the runs of this process
	 * @param preparation prepares the state of the Link
	 * @param restart resumes runs
	 * @param replayPlan plans replays
	 * @param planner makes the planning calls
	 * @param columns compares the columns of both ends with those of earlier runs
	 * @param warnings stores the warnings of targets
	 * @param formerRecords called before anything is planned or delivered, unless the run
	 * is a testing run
	 * @param abandoned tells the source about the run before
	 */
	public PlanTasklet(ActiveRuns runs, RunPreparation preparation, Restart restart, ReplayPlan replayPlan,
			Planner planner, ColumnWatch columns, EventWarnings warnings, FormerRecords formerRecords,
			AbandonedRuns abandoned) {
		this.runs = runs;
		this.preparation = preparation;
		this.restart = restart;
		this.replayPlan = replayPlan;
		this.planner = planner;
		this.columns = columns;
		this.warnings = warnings;
		this.formerRecords = formerRecords;
		this.abandoned = abandoned;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		ActiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		long event = contribution.getStepExecution().getJobExecution().getJobInstance().getId();
		Link link = run.link();
		String limit = link.places().limit(link.lanes());
		if (limit != null) {
			logger.warn("Link '{}': {}", link.name(), limit);
		}
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> plan(run, event)));
		return RepeatStatus.FINISHED;
	}

	private void plan(ActiveRun run, long event) throws Exception {
		RunPreparation.Begun begun = this.preparation.begin(run, event);
		Plan plan = begun.plan();
		// the target comes first: if it is not available, the source is not called
		List<String> warnings = run.askBatchSizeLimit();
		if (plan.round() == 0) {
			this.warnings.add(run.lease(), event, warnings);
		}
		if (!run.isTesting() && begun.mayHaveFormerRejects()) {
			this.formerRecords.identify(run, !begun.discardedIdentified());
		}
		this.preparation.forgetOtherTargets(run);
		if (plan.round() == 0) {
			this.preparation.invalidateDeliveries(run);
			if (run.ending().mustEnd()) {
				// nothing is planned yet, so a restart invalidates the digests again
				return;
			}
		}
		if (plan.round() > 0) {
			run.markRestarted();
			plan = this.restart.resume(run, event, plan);
			run.planned(plan);
		}
		if (run.parameters().replayed() != null) {
			run.planned(this.replayPlan.write(run, event, plan));
			return;
		}
		if (run.parameters().record() != null) {
			run.planned(this.replayPlan.writeRecord(run, event, plan, run.parameters().record()));
			return;
		}
		run.counters().expect(plan.expectedTotalRecords());
		if (plan.round() == 0) {
			if (!run.isTesting()) {
				// the source may refuse a second export while it makes the first
				this.abandoned.tell(run, event);
			}
			// before planning, which may fail because of a change
			this.columns.compare(run, event, begun.columns());
			this.planner.next(run, event, plan);
		}
	}

	/** Identifies the records that an earlier version of DeltaSync has rejected. */
	@FunctionalInterface
	public interface FormerRecords {

		/**
		 * Identifies them as this version does.
		 * @param run the run
		 * @param discarded whether this was not done yet for those that were discarded
		 */
		void identify(ActiveRun run, boolean discarded);

	}

}
