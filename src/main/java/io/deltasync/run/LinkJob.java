package io.deltasync.run;

import io.deltasync.event.Outcome;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.flow.FlowJob;

/**
 * The Spring Batch job of a Link, named like the Link. Its status and exit code are what
 * the verdict says, whatever the statuses of the steps add up to.
 */
class LinkJob extends FlowJob {

	private final LiveRuns runs;

	LinkJob(String link, LiveRuns runs) {
		super(link);
		this.runs = runs;
	}

	@Override
	protected void doExecute(JobExecution execution) throws JobExecutionException {
		LiveRun run = this.runs.get(getName());
		super.doExecute(execution);
		Verdict verdict = run.verdict();
		if (verdict == null) {
			String reason = "Link '%s': the run ended without a verdict; see the log for what the step 'verdict' threw"
				.formatted(getName());
			verdict = new Verdict(Outcome.ABORTED, reason);
		}
		execution.setStatus(verdict.outcome().batchStatus());
		execution.setExitStatus(new ExitStatus(verdict.outcome().name(), verdict.message()));
	}

}
