package io.deltasync.run.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.deltasync.lease.LeaseLostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * The steps whose end is not stored yet, at most one for each run. An end is stored in
 * the transaction that starts the next step or ends the run, because a run does nothing
 * between the two. A process that dies there leaves a step without an end, as one that
 * dies during the step does. Thread-safe.
 */
final class EndedSteps {

	private static final Logger logger = LoggerFactory.getLogger(EndedSteps.class);

	private final JobRepository repository;

	private final Map<Long, StepExecution> ended = new ConcurrentHashMap<>();

	EndedSteps(JobRepository repository) {
		this.repository = repository;
	}

	/** Keeps the end of a step until {@link #remove}. */
	void add(StepExecution step) {
		this.ended.put(step.getJobExecutionId(), step);
	}

	/**
	 * Returns an action that stores the last end, and with it the start of the next step,
	 * in the caller's transaction. It may be run again after a rollback, which does not
	 * reset the versions in memory. It throws a {@link LeaseLostException} if one of the
	 * steps has been changed, because only the next holder of the Link does that.
	 * @param execution the run's execution
	 * @param next the next step; null if the run ends
	 */
	Runnable storing(JobExecution execution, @Nullable StepExecution next) {
		List<Runnable> changes = Stream.of(this.ended.get(execution.getId()), next)
			.filter(Objects::nonNull)
			.map(this::storing)
			.toList();
		return () -> changes.forEach(Runnable::run);
	}

	private Runnable storing(StepExecution step) {
		int version = Objects.requireNonNull(step.getVersion());
		return () -> {
			step.setVersion(version);
			try {
				this.repository.update(step);
			}
			catch (OptimisticLockingFailureException ex) {
				logger.debug("{} was closed by another process", step, ex);
				throw new LeaseLostException(step.getJobExecution().getJobInstance().getJobName());
			}
		};
	}

	/** Removes an end that is stored, or must not be stored. */
	void remove(JobExecution execution) {
		this.ended.remove(execution.getId());
	}

}
