package io.deltasync.run;

import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.link.Link;
import io.deltasync.scope.Plan;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Builds the job of a Link (DESIGN 4.2):
 *
 * <pre>
 * plan ──decider──▶ NO_RECORDS ──────────────────────────▶ verdict
 *                 ├▶ IMMEDIATE ──▶ fetch (one lane) ─────▶
 *                 └▶ SCOPES ─────▶ lanes (partitioned) ──▶
 * </pre>
 *
 * Steps run without a transaction of their own: a lane takes a connection for its
 * progress only, not while it fetches and delivers.
 */
public class LinkJobs {

	private final JobRepository repository;

	private final PlatformTransactionManager transactionManager;

	private final LiveRuns runs;

	private final Stores stores;

	public LinkJobs(JobRepository repository, PlatformTransactionManager transactionManager, LiveRuns runs,
			Stores stores) {
		this.repository = repository;
		this.transactionManager = transactionManager;
		this.runs = runs;
		this.stores = stores;
	}

	/**
	 * Builds a job.
	 * @param link the Link
	 * @return the job, named like the Link
	 */
	public Job job(Link link) {
		LinkJob job = new LinkJob(link.name(), this.runs);
		job.setJobRepository(this.repository);
		job.setFlow(flow(link));
		job.registerJobExecutionListener(new JobExecutionListener() {
			@Override
			public void afterJob(JobExecution execution) {
				// the status is stored by now: the next run may begin
				LinkJobs.this.runs.remove(link.name());
			}
		});
		return job;
	}

	private Flow flow(Link link) {
		Step plan = step("plan", new PlanTasklet(this.runs, link, this.stores));
		Step fetch = step("fetch", new LaneTasklet(this.runs, this.stores));
		Step lanes = lanes(link);
		Step verdict = step("verdict", new VerdictTasklet(this.runs, this.stores));
		JobExecutionDecider decider = (execution, lastStep) -> decide(execution);
		return new FlowBuilder<Flow>(link.name()).start(plan)
			.on("*")
			.to(decider)
			.from(decider)
			.on("IMMEDIATE")
			.to(fetch)
			.from(decider)
			.on("SCOPES")
			.to(lanes)
			.from(decider)
			.on("*")
			.to(verdict)
			.from(fetch)
			.on("*")
			.to(verdict)
			.from(lanes)
			.on("*")
			.to(verdict)
			.end();
	}

	private FlowExecutionStatus decide(JobExecution execution) {
		Plan plan = this.stores.plans().find(execution.getJobInstance().getId());
		boolean mustEnd = this.runs.get(execution.getJobInstance().getJobName()).mustEnd();
		return new FlowExecutionStatus((mustEnd || !plan.finished()) ? "END" : plan.strategy());
	}

	private Step lanes(Link link) {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(link.name() + "-");
		return new StepBuilder("lanes", this.repository).partitioner("lane", LinkJobs::partition)
			.step(step("lane", new LaneTasklet(this.runs, this.stores)))
			.gridSize(link.lanes())
			.taskExecutor(threads)
			.allowStartIfComplete(true)
			.build();
	}

	private static Map<String, ExecutionContext> partition(int lanes) {
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		for (int lane = 0; lane < lanes; lane++) {
			partitions.put(String.valueOf(lane), new ExecutionContext());
		}
		return partitions;
	}

	private Step step(String name, Tasklet tasklet) {
		return new StepBuilder(name, this.repository).tasklet(tasklet, this.transactionManager)
			.transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
			.allowStartIfComplete(true)
			.build();
	}

}
