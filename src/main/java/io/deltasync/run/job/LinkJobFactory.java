package io.deltasync.run.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.api.TargetAdapterForCompletion;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.notify.LinkNotices;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.EventWarnings;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.ScopeReset;
import io.deltasync.run.Steps;
import io.deltasync.run.Verdict;
import io.deltasync.run.deliver.DeletesTasklet;
import io.deltasync.run.deliver.FormerRejects;
import io.deltasync.run.deliver.GoneRecords;
import io.deltasync.run.deliver.RejectRedeliveryTasklet;
import io.deltasync.run.deliver.TargetSessions;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.fetch.PushedScopes;
import io.deltasync.run.lane.FencedRepository;
import io.deltasync.run.lane.LaneFactory;
import io.deltasync.run.lane.LanePartitioner;
import io.deltasync.run.lane.LaneTasklet;
import io.deltasync.run.lane.LocalLaneExecutor;
import io.deltasync.run.lane.RemoteLaneExecutor;
import io.deltasync.run.lane.RemotePartitionHandler;
import io.deltasync.run.lane.StepRepository;
import io.deltasync.run.lane.WorkerLaneRunner;
import io.deltasync.run.plan.AbandonedRuns;
import io.deltasync.run.plan.ColumnWatch;
import io.deltasync.run.plan.DelayTasklet;
import io.deltasync.run.plan.PlanTasklet;
import io.deltasync.run.plan.Planner;
import io.deltasync.run.plan.ReplayPlan;
import io.deltasync.run.plan.Restart;
import io.deltasync.run.plan.RunPreparation;
import io.deltasync.run.verify.ConfirmTasklet;
import io.deltasync.run.verify.Findings;
import io.deltasync.run.verify.SecondLook;
import io.deltasync.run.verify.VerifySessions;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Builds the job of a Link:
 *
 * <pre>
 * plan ──decider──▶ NO_RECORDS ──────────────────────────────────────▶ (retry) ──▶ verdict
 *          ▲  ├───▶ DELAY ──▶ delay (waits, plans again) ──┐
 *          └──┼────────────────────────────────────────────┘
 *             ├───▶ IMMEDIATE, LOCATOR ──▶ fetch (one lane) ─────────▶
 *             └───▶ SCOPES, CUMULATIVE_SCOPES ──▶ lanes (partitioned) ▶
 * </pre>
 *
 * There is a step {@code retry} only if rejects wait. If {@code deletes} is set, a step
 * {@code deletes} precedes the verdict. Steps run outside any transaction: a lane borrows
 * a connection only to store its progress, not while it fetches and delivers.
 * <p>
 * It has more than 300 lines because all parts of a run are put together here.
 */
public class LinkJobFactory {

	private static final String DELAY = "DELAY";

	private static final String FETCH = "FETCH";

	private static final String LANES = "LANES";

	private static final String RETRY = "RETRY";

	private static final String END = "END";

	private final JobRepository repository;

	private final RunRepository runRepository;

	private final PlatformTransactionManager transactionManager;

	private final ActiveRuns runs;

	private final RunTransactions transactions;

	private final Plans plans;

	private final Rejects rejects;

	private final Planner planner;

	private final LaneFactory lanes;

	private final PlanTasklet planTasklet;

	private final RejectRedeliveryTasklet redeliveryTasklet;

	private final DeletesTasklet deletesTasklet;

	private final ConfirmTasklet confirmTasklet;

	private final CompletionTasklet completionTasklet;

	private final VerdictTasklet verdictTasklet;

	private final @Nullable RemoteLaneExecutor workers;

	/**
	 * Creates the factory.
	 * @param repository the JobRepository
	 * @param transactionManager the transaction manager of the repository
	 * @param runs the runs of this process
	 * @param tables the tables in which runs store their state
	 * @param transactions the transactions in which they store it
	 * @param events the Sync Events
	 * @param connections the databases that a LOCATOR query may run on
	 * @param own the database for LOCATOR queries of Links that name none
	 * @param memory limits the memory of all lanes of this process
	 * @param notices writes the notifications of Links whose runs end
	 * @param workers runs lanes on workers; null to run them on threads of this process
	 */
	public LinkJobFactory(JobRepository repository, PlatformTransactionManager transactionManager, ActiveRuns runs,
			RunTables tables, RunTransactions transactions, SyncEvents events, Connections connections, DataSource own,
			BatchMemory memory, LinkNotices notices, @Nullable RemoteLaneExecutor workers) {
		this.repository = repository;
		this.runRepository = new RunRepository(repository, tables.owed(),
				new PushedEnd(tables.plans(), tables.inbox(), transactions.clock()), tables.columns(), transactions,
				runs, notices);
		this.transactionManager = transactionManager;
		this.runs = runs;
		this.transactions = transactions;
		this.plans = tables.plans();
		this.rejects = tables.rejects();
		this.planner = new Planner(this.plans, tables.pages(), tables.inbox(), transactions);
		EventWarnings warnings = new EventWarnings(tables.warnings(), transactions);
		ScopeReset reset = new ScopeReset(tables);
		TargetSessions sessions = new TargetSessions(tables, warnings, transactions);
		LocatorQueries locators = new LocatorQueries(connections, own, memory);
		this.lanes = new LaneFactory(tables, reset, sessions, new VerifySessions(tables, transactions), locators,
				memory, transactions);
		this.planTasklet = new PlanTasklet(runs,
				new RunPreparation(this.plans, tables.warnings(), tables.formerRows(), this.rejects,
						tables.rejectRows(), tables.columns(), tables.delivered(), tables.lateWrites(), transactions),
				new Restart(this.plans, tables.pages(), tables.failedScopes(), transactions, reset),
				new ReplayPlan(this.plans, tables.pages(), tables.failedScopes(), tables.rejectsToDeliver(),
						transactions),
				this.planner, new ColumnWatch(tables.columns(), tables.warnings(), transactions), warnings,
				(run, discarded) -> new FormerRejects(run, tables.rejectsToDeliver(), tables.rejectRows(), transactions)
					.identify(discarded),
				new AbandonedRuns(events, this.plans, tables.pages(), warnings, transactions));
		this.redeliveryTasklet = new RejectRedeliveryTasklet(runs, this.plans, tables.progress(), tables.counts(),
				tables.warnings(), tables.rejectsToDeliver(), tables.rejectChanges().scopeFailures(), tables.ignored(),
				transactions, sessions);
		this.deletesTasklet = new DeletesTasklet(runs, this.plans, tables.progress(), tables.counts(),
				tables.warnings(), tables.delivered(), tables.metRecords(), events.blockedDeletes(), this.rejects,
				sessions, transactions);
		this.confirmTasklet = new ConfirmTasklet(runs, new SecondLook(tables, sessions, locators,
				new PushedScopes(tables.inbox(), memory, transactions), transactions));
		this.completionTasklet = new CompletionTasklet(runs, this.plans, tables.progress(), warnings, transactions);
		this.verdictTasklet = new VerdictTasklet(runs, this.plans, tables.progress(), tables.warnings(),
				tables.summaries(), this.rejects, tables.log(), tables.failed(), transactions,
				new GoneRecords(events, tables.unmet(), transactions), new Findings(tables));
		this.workers = workers;
	}

	/**
	 * Builds a job. When a user sets the window, a step {@code set} replaces its flow.
	 * @param link the Link
	 * @return the job, named after the Link
	 */
	public Job job(Link link) {
		LinkJob job = new LinkJob(link.name(), this.runs, step("set", this::set), verification(link));
		job.setJobRepository(this.runRepository);
		job.setFlow(flow(link));
		return job;
	}

	/**
	 * Sets the window for a user. The new window is one of the event's parameters and
	 * takes effect because the event is successful.
	 */
	private @Nullable RepeatStatus set(StepContribution contribution, ChunkContext chunkContext) {
		ActiveRun run = this.runs.of(contribution.getStepExecution().getJobExecution());
		run.lease().checkLocally();
		run.ending().decide(Verdict.SUCCESS);
		return RepeatStatus.FINISHED;
	}

	/**
	 * Creates the runner of a worker's lanes, which may belong to any Link.
	 * @return a runner without lanes
	 */
	public WorkerLaneRunner workerLanes() {
		return new WorkerLaneRunner(this.repository, this.transactionManager, this.lanes, this.planner,
				this.transactions);
	}

	private Flow flow(Link link) {
		List<Step> last = new ArrayList<>();
		if (link.deletes() != Link.Deletes.OFF) {
			last.add(step("deletes", this.deletesTasklet));
		}
		if (TargetAdapterForCompletion.class.isAssignableFrom(link.targetType())) {
			last.add(step("complete", this.completionTasklet));
		}
		last.add(step("verdict", this.verdictTasklet));
		JobExecutionDecider rejects = (execution, lastStep) -> new FlowExecutionStatus(
				this.redeliveryTasklet.isNeeded(this.runs.of(execution)) ? RETRY : END);
		Step retry = step("retry", this.redeliveryTasklet);
		FlowBuilder<Flow> flow = new FlowBuilder<>(link.name());
		fetching(flow, lanes(link, link.lanes()), (from) -> from.to(rejects));
		flow.from(rejects)
			.on(RETRY)
			.to(retry)
			.from(rejects)
			.on("*")
			.to(last.get(0))
			.from(retry)
			.on("*")
			.to(last.get(0));
		for (int i = 1; i < last.size(); i++) {
			flow.from(last.get(i - 1)).on("*").to(last.get(i));
		}
		return flow.end();
	}

	private Flow verification(Link link) {
		Step confirm = step("confirm", this.confirmTasklet);
		FlowBuilder<Flow> flow = new FlowBuilder<>(link.name() + ":verify");
		fetching(flow, lanes(link, link.verifyLanes()), (from) -> from.to(confirm));
		flow.from(confirm).on("*").to(step("verdict", this.verdictTasklet));
		return flow.end();
	}

	/** Adds the steps that plan and fetch, and what follows each end of theirs. */
	private void fetching(FlowBuilder<Flow> flow, Step lanes, Consumer<FlowBuilder.TransitionBuilder<Flow>> next) {
		Step plan = step("plan", this.planTasklet);
		Step delay = step("delay", new DelayTasklet(this.runs, this.planner));
		Step fetch = step("fetch", lane());
		JobExecutionDecider decider = (execution, lastStep) -> decide(execution);
		flow.start(plan)
			.on("*")
			.to(decider)
			.from(decider)
			.on(DELAY)
			.to(delay)
			.from(delay)
			.on("*")
			.to(decider)
			.from(decider)
			.on(FETCH)
			.to(fetch)
			.from(decider)
			.on(LANES)
			.to(lanes);
		next.accept(flow.from(decider).on("*"));
		next.accept(flow.from(fetch).on("*"));
		next.accept(flow.from(lanes).on("*"));
	}

	private FlowExecutionStatus decide(JobExecution execution) {
		ActiveRun run = this.runs.of(execution);
		Plan plan = run.plan();
		if (run.ending().mustEnd() || plan.round() == 0) {
			return new FlowExecutionStatus(END);
		}
		return new FlowExecutionStatus(switch (plan.strategy()) {
			case NO_RECORDS -> END;
			case IMMEDIATE, LOCATOR -> FETCH;
			// between pages of scopes, the planner waits while lanes fetch
			case DELAY -> (plan.nextOrdinal() > 0) ? LANES : DELAY;
			default -> LANES;
		});
	}

	private Step lanes(Link link, int count) {
		LocalLaneExecutor threads = new LocalLaneExecutor(this.runs, link.name(), count,
				Steps.step(Steps.LANE, lane(), new FencedRepository(this.repository, this.transactions,
						(step) -> this.runs.of(step.getJobExecution()).lease()), this.transactionManager));
		PartitionHandler handler = (this.workers == null) ? threads
				: new RemotePartitionHandler(this.runs, this.rejects, this.transactions, threads, this.workers);
		return new StepBuilder("lanes", this.runRepository).partitioner(Steps.LANE, new LanePartitioner())
			.partitionHandler(handler)
			.allowStartIfComplete(true)
			.build();
	}

	private LaneTasklet lane() {
		return new LaneTasklet((step) -> this.runs.of(step.getJobExecution()), this.lanes, this.planner);
	}

	private Step step(String name, Tasklet tasklet) {
		return Steps.step(name, tasklet, new StepRepository(this.runRepository), this.transactionManager);
	}

}
