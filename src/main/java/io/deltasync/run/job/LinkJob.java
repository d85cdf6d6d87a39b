package io.deltasync.run.job;

import io.deltasync.event.Mode;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.retry.Messages;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.SimpleStepHandler;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionException;
import org.springframework.batch.core.job.flow.FlowJob;
import org.springframework.batch.core.job.flow.JobFlowExecutor;
import org.springframework.batch.core.step.Step;

/**
 * The Spring Batch job of a Link, named after the Link. Its status and exit code come
 * from the verdict, not from the statuses of its steps.
 */
public class LinkJob extends FlowJob {

	private final ActiveRuns runs;

	private final Step set;

	private final Flow verification;

	/**
	 * Creates a job without a flow.
	 * @param link the Link's name
	 * @param runs the runs of this process
	 * @param set the step that replaces the flow when a user sets the window
	 * @param verification the flow of verifications
	 */
	LinkJob(String link, ActiveRuns runs, Step set, Flow verification) {
		super(link);
		this.runs = runs;
		this.set = set;
		this.verification = verification;
	}

	@Override
	protected void doExecute(JobExecution execution) throws JobExecutionException {
		ActiveRun run = this.runs.of(execution);
		try {
			if (run.parameters().mode() == Mode.SET) {
				new SimpleStepHandler(getJobRepository()).handleStep(this.set, execution);
			}
			else {
				runFlow(execution, run.parameters().isVerification() ? this.verification : this.flow);
			}
		}
		catch (LeaseLostException ex) {
			run.ending().addLoss(ex);
		}
		run.ending().verdict().applyTo(execution);
	}

	/**
	 * Keeps failed steps from being marked as abandoned because the verdict follows them:
	 * no restart would run them again.
	 */
	private void runFlow(JobExecution execution, Flow flow) throws JobExecutionException {
		JobFlowExecutor executor = new JobFlowExecutor(getJobRepository(), new SimpleStepHandler(getJobRepository()),
				execution) {
			@Override
			public void abandonStepExecution() {
			}
		};
		try {
			executor.updateJobExecutionStatus(flow.start(executor).getStatus());
		}
		catch (FlowExecutionException ex) {
			if (ex.getCause() instanceof LeaseLostException lost) {
				throw lost;
			}
			throw new JobExecutionException(
					"The flow of Link '%s' ended unexpectedly: %s".formatted(getName(), Messages.of(ex)), ex);
		}
	}

}
