package io.deltasync.run.job;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Steps;
import io.deltasync.run.Verdict;
import io.deltasync.run.deliver.DeletesTasklet;
import io.deltasync.run.deliver.FormerRejects;
import io.deltasync.run.deliver.GoneRecords;
import io.deltasync.run.deliver.RejectRedeliveryTasklet;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.lane.LanePartitioner;
import io.deltasync.run.lane.LaneTasklet;
import io.deltasync.run.lane.LocalLaneExecutor;
import io.deltasync.run.lane.RemoteLaneExecutor;
import io.deltasync.run.lane.RemotePartitionHandler;
import io.deltasync.run.lane.StepRepository;
import io.deltasync.run.lane.WorkerLaneRunner;
import io.deltasync.run.plan.DelayTasklet;
import io.deltasync.run.plan.PlanTasklet;
import io.deltasync.run.plan.Planner;
import io.deltasync.scope.Plan;
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
 * plan ──decider──▶ NO_RECORDS ──────────────────────────────────────▶ retry ──▶ verdict
 *          ▲  ├───▶ DELAY ──▶ delay (waits, plans again) ──┐
 *          └──┼────────────────────────────────────────────┘
 *             ├───▶ IMMEDIATE, LOCATOR ──▶ fetch (one lane) ─────────▶
 *             └───▶ SCOPES, CUMULATIVE_SCOPES ──▶ lanes (partitioned) ▶
 * </pre>
 *
 * If {@code deletes} is set, a step {@code deletes} precedes the verdict. Steps run
 * outside any transaction: a lane borrows a connection only to store its progress, not
 * while it fetches and delivers.
 */
public class LinkJobFactory {

	private static final String DELAY = "DELAY";

	private static final String FETCH = "FETCH";

	private static final String LANES = "LANES";

	private static final String END = "END";

	private final JobRepository repository;

	private final RunRepository runRepository;

	private final PlatformTransactionManager transactionManager;

	private final ActiveRuns runs;

	private final RunStorage stores;

	private final SyncEvents events;

	private final GoneRecords gone;

	private final Planner planner;

	private final LocatorQueries locators;

	private final BatchMemory memory;

	private final @Nullable RemoteLaneExecutor workers;

	/**
	 * Creates the factory.
	 * @param repository the JobRepository
	 * @param transactionManager the transaction manager of the repository
	 * @param runs the runs of this process
	 * @param stores the stores of the runs' state
	 * @param events the Sync Events
	 * @param connections the databases that a LOCATOR query may run on
	 * @param own the database for LOCATOR queries of Links that name none
	 * @param memory limits the memory of all lanes of this process
	 * @param workers runs lanes on workers; null to run them on threads of this process
	 */
	public LinkJobFactory(JobRepository repository, PlatformTransactionManager transactionManager, ActiveRuns runs,
			RunStorage stores, SyncEvents events, Connections connections, DataSource own, BatchMemory memory,
			@Nullable RemoteLaneExecutor workers) {
		this.repository = repository;
		this.runRepository = new RunRepository(repository, stores, runs);
		this.transactionManager = transactionManager;
		this.runs = runs;
		this.stores = stores;
		this.events = events;
		this.gone = new GoneRecords(events, stores);
		this.planner = new Planner(stores);
		this.locators = new LocatorQueries(connections, own, memory);
		this.memory = memory;
		this.workers = workers;
	}

	/**
	 * Builds a job. When a user sets the window, a step {@code set} replaces its flow.
	 * @param link the Link
	 * @return the job, named after the Link
	 */
	public Job job(Link link) {
		LinkJob job = new LinkJob(link.name(), this.runs, step("set", this::set));
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
		return new WorkerLaneRunner(this.repository, this.transactionManager, this.stores, this.planner, this.locators,
				this.memory);
	}

	private Flow flow(Link link) {
		Step plan = step("plan", new PlanTasklet(this.runs, link, this.stores, this.planner,
				(run) -> new FormerRejects(run, this.stores).identifyAll()));
		Step delay = step("delay", new DelayTasklet(this.runs, this.stores, this.planner));
		Step fetch = step("fetch", lane());
		Step lanes = lanes(link);
		Step retry = step("retry", new RejectRedeliveryTasklet(this.runs, this.stores));
		Step verdict = step("verdict", new VerdictTasklet(this.runs, this.stores, this.gone));
		JobExecutionDecider decider = (execution, lastStep) -> decide(execution);
		FlowBuilder<Flow> flow = new FlowBuilder<>(link.name());
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
			.to(lanes)
			.from(decider)
			.on("*")
			.to(retry)
			.from(fetch)
			.on("*")
			.to(retry)
			.from(lanes)
			.on("*")
			.to(retry);
		Step last = retry;
		if (link.deletes() != Link.Deletes.OFF) {
			last = step("deletes", new DeletesTasklet(this.runs, this.stores, this.events.blockedDeletes()));
			flow.from(retry).on("*").to(last);
		}
		flow.from(last).on("*").to(verdict);
		return flow.end();
	}

	private FlowExecutionStatus decide(JobExecution execution) {
		Plan plan = this.stores.plan(execution.getJobInstance().getId());
		if (this.runs.of(execution).ending().mustEnd() || plan.round() == 0) {
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

	private Step lanes(Link link) {
		LocalLaneExecutor threads = new LocalLaneExecutor(this.runs, link.name(), link.lanes(),
				step(Steps.LANE, lane()));
		PartitionHandler handler = (this.workers == null) ? threads
				: new RemotePartitionHandler(this.runs, this.stores, threads, this.workers);
		return new StepBuilder("lanes", this.runRepository).partitioner(Steps.LANE, new LanePartitioner())
			.partitionHandler(handler)
			.allowStartIfComplete(true)
			.build();
	}

	private LaneTasklet lane() {
		return new LaneTasklet((step) -> this.runs.of(step.getJobExecution()), this.stores, this.planner, this.locators,
				this.memory);
	}

	private Step step(String name, Tasklet tasklet) {
		return Steps.step(name, tasklet, new StepRepository(this.repository), this.transactionManager);
	}

}
