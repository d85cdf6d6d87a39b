package io.deltasync.run;

import java.sql.SQLException;

import io.deltasync.api.AbortRunException;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.link.Places;
import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Creates the steps of a run and ends them if they cannot continue: the step is marked
 * failed and the flow continues with the verdict, which alone decides the outcome of the
 * run.
 */
public final class Steps {

	private static final Logger logger = LoggerFactory.getLogger(Steps.class);

	/** The name of a lane's step. */
	public static final String LANE = "lane";

	private Steps() {
	}

	/**
	 * Creates a step that runs outside any transaction, and again in each restart.
	 * @param name the step's name
	 * @param tasklet the work of the step
	 * @param repository where its state is stored
	 * @param transactionManager for the transactions that store that state
	 * @return the step
	 */
	public static Step step(String name, Tasklet tasklet, JobRepository repository,
			PlatformTransactionManager transactionManager) {
		return new StepBuilder(name, repository).tasklet(tasklet, transactionManager)
			.transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
			.allowStartIfComplete(true)
			.build();
	}

	/**
	 * Does the work of a step.
	 * @param run the run, aborted if the work throws
	 * @param contribution the step's contribution, marked failed if the work throws
	 * @param work the work
	 */
	public static void abortOnError(ActiveRun run, StepContribution contribution, Work work) {
		try {
			run.waits().<@Nullable Void>writing(() -> {
				work.run();
				return null;
			});
		}
		catch (LeaseLostException ex) {
			abort(run, contribution, ex);
		}
		catch (RunEndsException ex) {
			logger.debug("A call was not made because the run ends", ex);
			// only matters after all scopes were fetched; otherwise the verdict already
			// knows
			run.ending().addUnfinished("everything was delivered");
		}
		catch (Throwable thrown) {
			if (run.ending().isBrokenOff()) {
				logger.debug("A database call of a step was interrupted because the run ends", thrown);
				run.ending().addUnfinished("the call that it was waiting for had returned");
				return;
			}
			abort(run, contribution, thrown);
		}
	}

	/**
	 * Does work that needs a connection to the source and one to the target. Waits until
	 * this process has a free pair of connections for another lane.
	 * @param run the run
	 * @param work the work
	 * @throws RunEndsException if the run must end before that
	 * @throws Exception if the work fails
	 */
	public static void connected(ActiveRun run, Work work) throws Exception {
		Places places = run.link().places();
		if (!places.take(() -> run.ending().mustEnd() || run.lease().isLost())) {
			run.lease().checkLocally();
			throw new RunEndsException("the run ends before there are connections for another lane");
		}
		try {
			work.run();
		}
		finally {
			places.giveBack();
		}
	}

	private static void abort(ActiveRun run, StepContribution contribution, Throwable thrown) {
		String reason = "Link '%s': %s".formatted(run.link().name(), Messages.of(thrown));
		run.ending().abort(reason);
		if (isExpected(thrown)) {
			// the event says why
			logger.debug(reason, thrown);
		}
		else {
			logger.error("Link '{}': the run is aborted because of an unexpected error", run.link().name(), thrown);
		}
		contribution.getStepExecution().setStatus(BatchStatus.FAILED);
		contribution.setExitStatus(ExitStatus.FAILED.addExitDescription(reason));
	}

	/** Whether an operator can fix the cause, rather than a developer. */
	private static boolean isExpected(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof AbortRunException || cause instanceof LeaseLostException
					|| cause instanceof SQLException) {
				return true;
			}
		}
		return ConnectionFailures.isOutage(thrown);
	}

	/** The work of a step. */
	public interface Work {

		void run() throws Exception;

	}

}
