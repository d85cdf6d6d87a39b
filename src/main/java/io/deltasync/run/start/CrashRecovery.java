package io.deltasync.run.start;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.event.FailedRecords;
import io.deltasync.event.Mode;
import io.deltasync.event.NewestRun;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunSummaries;
import io.deltasync.event.RunSummary;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.notify.LinkNotices;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Verdict;
import io.deltasync.scope.FormerRows;
import io.deltasync.scope.ScopePages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Closes runs whose process died, so that they can be restarted and other runs of the
 * Link can start. Only the holder of the Link's lease does so: a live run is never
 * closed. Thread-safe.
 */
public final class CrashRecovery {

	private static final Logger logger = LoggerFactory.getLogger(CrashRecovery.class);

	/** With this many attempts, a run is no longer resumed automatically. */
	private static final int MOST_RESUMED_ATTEMPTS = 3;

	private static final int MOST_ATTEMPTS = 10;

	private final JobRepository repository;

	private final SyncEvents events;

	private final Leases leases;

	private final ScopePages pages;

	private final FormerRows formerRows;

	private final RunSummaries summaries;

	private final Rejects rejects;

	private final FailedRecords failed;

	private final RunTransactions transactions;

	private final Slots slots;

	private final RunEventPublisher published;

	private final LinkNotices notices;

	/**
	 * Creates the service.
	 * @param repository stores executions and steps
	 * @param events the Sync Events
	 * @param leases the holders of Links
	 * @param tables the tables in which runs store their state
	 * @param transactions the transactions in which they store it
	 * @param slots the slots that were run
	 * @param published tells the application of recovered runs
	 * @param notices writes the notifications of Links whose runs crashed
	 */
	public CrashRecovery(JobRepository repository, SyncEvents events, Leases leases, RunTables tables,
			RunTransactions transactions, Slots slots, RunEventPublisher published, LinkNotices notices) {
		this.repository = repository;
		this.events = events;
		this.leases = leases;
		this.pages = tables.pages();
		this.formerRows = tables.formerRows();
		this.summaries = tables.summaries();
		this.rejects = tables.rejects();
		this.failed = tables.failed();
		this.transactions = transactions;
		this.slots = slots;
		this.published = published;
		this.notices = notices;
	}

	/**
	 * Whether a run whose process died is resumed automatically. Without a limit, a run
	 * that kills its process would be resumed forever.
	 * @param link the run's Link
	 * @param crashed the run
	 * @return true if the Link wants it and the run has not been tried too often
	 */
	public boolean isResumed(Link link, SyncEvent crashed) {
		return link.resumeCrashed() && crashed.mode() != Mode.SET && hasAttemptsLeft(crashed);
	}

	static boolean hasAttemptsLeft(SyncEvent crashed) {
		return crashed.attempts().size() < MOST_RESUMED_ATTEMPTS;
	}

	/**
	 * Returns the last attempt of a run.
	 * @param event the run's event
	 * @return the execution as it is stored
	 */
	public JobExecution lastAttempt(SyncEvent event) {
		return stored(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
	}

	private JobExecution stored(long execution) {
		return Objects.requireNonNull(this.repository.getJobExecution(execution));
	}

	/**
	 * Closes a run whose process died, as the next start of its Link would. The newest
	 * run can then be restarted. A run that has ended is not changed.
	 * @param execution an attempt of the run
	 * @return the attempt as it is stored now
	 * @throws UnexpectedJobExecutionException if a live run holds the Link; the message
	 * says which one and since when
	 */
	public JobExecution recover(JobExecution execution) {
		try (Lease lease = this.leases.acquire(execution.getJobInstance().getJobName())) {
			JobExecution stored = stored(execution.getId());
			lease.bindToEvent(stored.getJobInstanceId());
			if (stored.isRunning()) {
				close(stored, lease);
			}
			closeSteps(stored, lease);
			return stored;
		}
		catch (LinkBusyException ex) {
			throw new UnexpectedJobExecutionException("Execution %d of event %d cannot be recovered: %s"
				.formatted(execution.getId(), execution.getJobInstanceId(), ex.getMessage()), ex);
		}
	}

	/**
	 * Releases a Link whose holder died before its run was stored or after its end.
	 * @param link the Link's name
	 * @throws LinkBusyException if a live run holds the Link
	 */
	public void release(String link) throws LinkBusyException {
		try (Lease lease = this.leases.acquire(link)) {
			logger.debug("{} was left by a dead process", lease);
		}
	}

	/**
	 * Closes the newest run of a Link if its process died.
	 * @param lease the lease of the Link
	 * @return the newest run, which has ended
	 */
	NewestRun closeNewest(Lease lease) {
		NewestRun newest = this.events.newestRun(lease.link());
		Optional<SyncEvent> open = newest.event().filter((event) -> event.endedAt() == null);
		if (open.isEmpty()) {
			return newest;
		}
		close(lastAttempt(open.get()), lease);
		return this.events.newestRun(lease.link());
	}

	/**
	 * Returns the attempts of a run that is to be restarted, with closed steps: Spring
	 * Batch does not restart a run with open ones. A process that has not yet noticed
	 * that it lost its run may begin another step after all steps have been closed.
	 * @param instance the run
	 * @param lease the lease of its Link
	 * @return all attempts
	 * @throws JobExecutionAlreadyRunningException if another process runs it, or begins
	 * one step after the other
	 */
	List<JobExecution> closedAttempts(JobInstance instance, Lease lease) throws JobExecutionAlreadyRunningException {
		List<JobExecution> attempts = this.repository.getJobExecutions(instance);
		for (int times = 0; attempts.stream().anyMatch(CrashRecovery::isOpen); times++) {
			if (times == MOST_ATTEMPTS || attempts.stream().anyMatch(JobExecution::isRunning)) {
				throw new JobExecutionAlreadyRunningException(
						"Link '%s': event %d is already running, in another process".formatted(instance.getJobName(),
								instance.getId()));
			}
			attempts.forEach((attempt) -> closeSteps(attempt, lease));
			attempts = this.repository.getJobExecutions(instance);
		}
		return attempts;
	}

	private static boolean isOpen(JobExecution attempt) {
		return attempt.isRunning() || attempt.getStepExecutions().stream().anyMatch(CrashRecovery::isOpen);
	}

	private static boolean isOpen(StepExecution step) {
		return step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN;
	}

	/** Marks steps whose end was not stored as failed. */
	private void closeSteps(JobExecution execution, Lease lease) {
		execution.getStepExecutions().forEach((step) -> close(step, lease));
	}

	/**
	 * Closes a step, also while a worker that has not yet noticed the crash stores the
	 * step's state.
	 */
	private void close(StepExecution known, Lease lease) {
		StepExecution found = known;
		for (int attempt = 1; isOpen(found); attempt++) {
			StepExecution step = found;
			step.setStatus(BatchStatus.FAILED);
			step.setExitStatus(ExitStatus.FAILED.addExitDescription("its end was not stored"));
			step.setEndTime(LocalDateTime.ofInstant(this.transactions.now(), ZoneId.systemDefault()));
			try {
				this.transactions.holding(lease, () -> this.repository.update(step));
			}
			catch (OptimisticLockingFailureException ex) {
				if (attempt == MOST_ATTEMPTS) {
					throw ex;
				}
				found = Objects.requireNonNull(this.repository.getStepExecution(known.getId()));
			}
		}
	}

	/**
	 * Marks an execution as crashed so that it can be restarted. The job's status is
	 * stored last, so if this process dies as well, the next one completes the recovery.
	 */
	private void close(JobExecution execution, Lease lease) {
		long event = execution.getJobInstance().getId();
		LocalDateTime now = LocalDateTime.ofInstant(this.transactions.now(), ZoneId.systemDefault());
		closeSteps(execution, lease);
		this.transactions.holding(lease, () -> {
			this.pages.endLanes(event);
			this.formerRows.move(event);
			execution.getExecutionContext().putString(RunSummary.KEY, this.summaries.of(event, null).toJson());
			this.repository.updateExecutionContext(execution);
			this.failed.keep(execution.getJobInstance().getJobName(), event, this.rejects);
			new Verdict(Outcome.CRASHED, "the process that ran it died without ending its lease").applyTo(execution);
			execution.setEndTime(now);
			this.repository.update(execution);
			giveBackReplay(execution);
			this.notices.update(lease.link());
		});
		logger.warn("Link '{}': the process that ran event {} died without ending it",
				execution.getJobInstance().getJobName(), event);
		this.published.recovered(execution);
	}

	/**
	 * Ensures that an automatic replay that crashed is started again, unless it is
	 * resumed.
	 */
	private void giveBackReplay(JobExecution execution) {
		JobParameters parameters = execution.getJobParameters();
		String slot = parameters.getString(RunParameters.SLOT);
		if (slot != null && AutoReplays.TRIGGER.equals(parameters.getString(RunParameters.TRIGGER))) {
			this.slots.giveBack(execution.getJobInstance().getJobName(), AutoReplays.TRIGGER, Instant.parse(slot));
		}
	}

}
