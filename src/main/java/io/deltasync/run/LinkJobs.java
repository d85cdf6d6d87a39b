package io.deltasync.run;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.link.Link;
import io.deltasync.scope.Plan;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Builds the job of a Link (DESIGN 4.2):
 *
 * <pre>
 * plan ──decider──▶ NO_RECORDS ──────────────────────────────────────▶ retry ──▶ verdict
 *          ▲  ├───▶ DELAY ──▶ delay (waits, plans again) ──┐
 *          └──┼────────────────────────────────────────────┘
 *             ├───▶ IMMEDIATE, LOCATOR ──▶ fetch (one lane) ─────────▶
 *             └───▶ SCOPES, CUMULATIVE_SCOPES ──▶ lanes (partitioned) ▶
 * </pre>
 *
 * Where a Link asks for deletes, a step {@code deletes} stands before the verdict. Steps
 * run without a transaction of their own: a lane takes a connection for its progress
 * only, not while it fetches and delivers.
 */
public class LinkJobs {

	private static final String DELAY = "DELAY";

	private static final String FETCH = "FETCH";

	private static final String LANES = "LANES";

	private static final String END = "END";

	private final JobRepository repository;

	private final PlatformTransactionManager transactionManager;

	private final LiveRuns runs;

	private final Stores stores;

	private final Planner planner;

	private final Locators locators;

	/**
	 * Makes a builder of jobs.
	 * @param repository the JobRepository
	 * @param transactionManager what the repository's transactions are made with
	 * @param runs the runs of this process
	 * @param stores where runs keep their state
	 * @param connections the databases that a query of LOCATOR may run on
	 * @param own the database that it runs on where a Link names none
	 */
	public LinkJobs(JobRepository repository, PlatformTransactionManager transactionManager, LiveRuns runs,
			Stores stores, Connections connections, DataSource own) {
		this.repository = repository;
		this.transactionManager = transactionManager;
		this.runs = runs;
		this.stores = stores;
		this.planner = new Planner(stores);
		this.locators = new Locators(connections, own);
	}

	/**
	 * Builds a job. In place of its flow it has a step {@code set} for when a person sets
	 * the window.
	 * @param link the Link
	 * @return the job, named like the Link
	 */
	public Job job(Link link) {
		LinkJob job = new LinkJob(link.name(), this.runs, step("set", new SetTasklet(this.runs, this.stores)));
		job.setJobRepository(this.repository);
		job.setFlow(flow(link));
		return job;
	}

	private Flow flow(Link link) {
		Step plan = step("plan", new PlanTasklet(this.runs, link, this.stores, this.planner));
		Step delay = step("delay", new DelayTasklet(this.runs, this.stores, this.planner));
		Step fetch = step("fetch", new LaneTasklet(this.runs, this.stores, this.planner, this.locators));
		Step lanes = lanes(link);
		Step retry = step("retry", new RetryTasklet(this.runs, this.stores));
		Step verdict = step("verdict", new VerdictTasklet(this.runs, this.stores));
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
			last = step("deletes", new DeletesTasklet(this.runs, this.stores));
			flow.from(retry).on("*").to(last);
		}
		flow.from(last).on("*").to(verdict);
		return flow.end();
	}

	private FlowExecutionStatus decide(JobExecution execution) {
		Plan plan = this.stores.plan(execution.getJobInstance().getId());
		if (this.runs.of(execution).mustEnd() || plan.round() == 0) {
			return new FlowExecutionStatus(END);
		}
		return new FlowExecutionStatus(switch (plan.strategy()) {
			case "NO_RECORDS" -> END;
			case "IMMEDIATE", "LOCATOR" -> FETCH;
			// a wait between pages of scopes is the planner's, while lanes fetch
			case "DELAY" -> (plan.nextOrdinal() > 0) ? LANES : DELAY;
			default -> LANES;
		});
	}

	private Step lanes(Link link) {
		Step lane = step("lane", new LaneTasklet(this.runs, this.stores, this.planner, this.locators));
		return new StepBuilder("lanes", this.repository).partitioner("lane", new CumulativePartitioner())
			.partitionHandler(new LaneThreads(this.runs, link.name(), link.lanes(), lane))
			.allowStartIfComplete(true)
			.build();
	}

	private Step step(String name, Tasklet tasklet) {
		return new StepBuilder(name, this.repository).tasklet(tasklet, this.transactionManager)
			.transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
			.allowStartIfComplete(true)
			.build();
	}

}
