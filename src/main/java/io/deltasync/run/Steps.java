package io.deltasync.run;

import java.sql.SQLException;

import io.deltasync.api.AbortRunException;
import io.deltasync.lease.LeaseLostException;
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
 * How the steps of a run end when they cannot go on: the step is marked failed and the
 * flow goes on to the verdict, which alone decides what the run came to.
 */
public final class Steps {

	private static final Logger logger = LoggerFactory.getLogger(Steps.class);

	/** The name of the step that each lane is. */
	public static final String LANE = "lane";

	private Steps() {
	}

	/**
	 * Creates a step that runs outside any transaction, also in a restart.
	 * @param name the step's name
	 * @param tasklet what it does
	 * @param repository where its state is stored
	 * @param transactionManager for that state
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
	 * Does a step's work.
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
			logger.debug("A call was not made any more", ex);
			// only matters where everything was fetched: else the verdict knows already
			run.addUnfinished("everything was delivered");
		}
		catch (Throwable thrown) {
			if (run.isBrokenOff()) {
				logger.debug("What a step waited for was broken off", thrown);
				run.addUnfinished("what it waited for was done");
				return;
			}
			abort(run, contribution, thrown);
		}
	}

	private static void abort(ActiveRun run, StepContribution contribution, Throwable thrown) {
		String reason = "Link '%s': %s".formatted(run.link().name(), Messages.of(thrown));
		run.abort(reason);
		if (isForeseen(thrown)) {
			// the event says why
			logger.debug(reason, thrown);
		}
		else {
			logger.error("Link '{}': the run is aborted, for a reason that nobody foresaw", run.link().name(), thrown);
		}
		contribution.getStepExecution().setStatus(BatchStatus.FAILED);
		contribution.setExitStatus(ExitStatus.FAILED.addExitDescription(reason));
	}

	/** What an operator can put right, rather than a developer. */
	private static boolean isForeseen(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof AbortRunException || cause instanceof LeaseLostException
					|| cause instanceof SQLException) {
				return true;
			}
		}
		return ConnectionFailures.isOutage(thrown);
	}

	/** What a step does. */
	public interface Work {

		void run() throws Exception;

	}

}
