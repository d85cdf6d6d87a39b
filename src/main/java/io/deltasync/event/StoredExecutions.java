package io.deltasync.event;

import java.util.Optional;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;

/**
 * Finds job executions that may be pruned at any time.
 */
public final class StoredExecutions {

	private StoredExecutions() {
	}

	/**
	 * Finds an execution.
	 * @param repository the JobRepository, which answers with an exception if an
	 * execution has no instance
	 * @param id its number
	 * @return the execution; empty if it is no longer stored completely
	 */
	public static Optional<JobExecution> find(JobRepository repository, long id) {
		try {
			return Optional.ofNullable(repository.getJobExecution(id));
		}
		catch (EmptyResultDataAccessException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Finds the last attempt of a run.
	 * @param repository the JobRepository
	 * @param event the run
	 * @return its execution; empty if the run has been pruned since
	 */
	public static Optional<JobExecution> last(JobRepository repository, SyncEvent event) {
		SyncEvent.Attempt last = event.attempts().get(event.attempts().size() - 1);
		return find(repository, last.jobExecutionId());
	}

}
