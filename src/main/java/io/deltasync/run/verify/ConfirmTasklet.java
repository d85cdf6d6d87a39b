package io.deltasync.run.verify;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.Steps;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Compares again what the lanes of a verification have found to differ, and looks for
 * rows that no record of the source belongs to. Runs only after everything was fetched.
 */
public class ConfirmTasklet implements Tasklet {

	private final ActiveRuns runs;

	private final SecondLook secondLook;

	/**
	 * Creates the tasklet.
	 * @param runs the runs of this process
	 * @param secondLook does the work
	 */
	public ConfirmTasklet(ActiveRuns runs, SecondLook secondLook) {
		this.runs = runs;
		this.secondLook = secondLook;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		ActiveRun run = this.runs.of(execution);
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> {
			if (this.secondLook.isDue(execution.getJobInstanceId())) {
				look(run, execution);
			}
		}));
		return RepeatStatus.FINISHED;
	}

	private void look(ActiveRun run, JobExecution execution) throws Exception {
		try {
			if (run.ending().mustEnd()) {
				throw new RunEndsException();
			}
			run.waits().<@Nullable Void>reading(() -> {
				this.secondLook.take(run, run.rejecting(execution));
				return null;
			});
		}
		catch (RunEndsException ex) {
			run.ending().addUnfinished("the differences were confirmed");
		}
	}

}
