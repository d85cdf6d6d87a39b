package io.deltasync.run.start;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.event.LinkChangedException;
import io.deltasync.event.Mode;
import io.deltasync.event.NewestRun;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.job.Acknowledgements;
import io.deltasync.run.plan.AnswerLimit;
import io.deltasync.run.plan.KeyCheck;
import io.deltasync.run.plan.ReplayPlan;
import io.deltasync.run.retry.Messages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.task.TaskExecutor;

/**
 * Starts, restarts and stops the runs of Links. Before a run starts, the lease of its
 * Link is acquired, a crashed run is closed, and missing parameters are completed from
 * those of the last successful run. Thread-safe.
 */
public final class RunStarter {

	private static final Logger logger = LoggerFactory.getLogger(RunStarter.class);

	private final ActiveRuns runs;

	private final Leases leases;

	private final SyncEvents events;

	private final CrashRecovery crashRecovery;

	private final AutoReplays autoReplays;

	private final ReplayResolver replays;

	private final RunParametersFactory parametersFactory;

	private final RunLauncher launcher;

	/**
	 * Creates the service.
	 * @param repository stores executions
	 * @param executor executes jobs
	 * @param runs the runs of this process
	 * @param leases the holders of Links
	 * @param events the Sync Events
	 * @param crashRecovery closes crashed runs
	 * @param autoReplays the automatic replays, which a stop prevents
	 * @param tables the tables in which runs store their state
	 * @param transactions the transactions in which they store it
	 * @param slots the slots that were run
	 * @param published tells the application of its runs
	 */
	public RunStarter(JobRepository repository, TaskExecutor executor, ActiveRuns runs, Leases leases,
			SyncEvents events, CrashRecovery crashRecovery, AutoReplays autoReplays, RunTables tables,
			RunTransactions transactions, Slots slots, RunEventPublisher published) {
		this.runs = runs;
		this.leases = leases;
		this.events = events;
		this.crashRecovery = crashRecovery;
		this.autoReplays = autoReplays;
		this.replays = new ReplayResolver(events, new ReplayPlan(tables.plans(), tables.pages(), tables.failedScopes(),
				tables.rejectsToDeliver(), transactions), transactions);
		this.parametersFactory = new RunParametersFactory(events, this.replays, autoReplays, slots);
		this.launcher = new RunLauncher(repository, executor, runs, transactions, slots, crashRecovery,
				new Acknowledgements(events, tables.owed(), tables.pages(), transactions), published);
	}

	/**
	 * Starts a run, or restarts the newest one if the parameters are those of it.
	 * @param link the Link
	 * @param job its job
	 * @param parameters the job parameters; all are optional
	 * @return the execution, which has ended unless the job runs in another thread
	 * @throws JobExecutionAlreadyRunningException if another run holds the Link, or this
	 * process starts no more runs
	 * @throws JobRestartException if the run cannot be restarted, or its Link's
	 * configuration does not allow it
	 * @throws JobInstanceAlreadyCompleteException if the run was successful, or its slot
	 * was run
	 * @throws InvalidJobParametersException if a parameter is invalid
	 */
	JobExecution start(Link link, Job job, JobParameters parameters) throws JobExecutionAlreadyRunningException,
			JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException {
		GivenParameters given = GivenParameters.of(link, parameters);
		AnswerLimit limit = new AnswerLimit(link);
		LinkIdentity identity = limit.identity();
		boolean restarting = given.runTimestamp() != null;
		if (given.mode() == Mode.REPLAY && given.record() == null && !restarting) {
			this.replays.find(link.name(), given.replayOf());
		}
		if (link.resumeCrashed() && given.mode() != Mode.SET && !restarting) {
			JobExecution resumed = launch(job, link, null,
					(newest, acquiredAt) -> newest.event()
						.filter((event) -> event.status() == SyncEvent.Status.CRASHED)
						.filter((event) -> event.mode() != Mode.SET)
						.filter((event) -> (event.mode() == Mode.VERIFY) == (given.mode() == Mode.VERIFY))
						.filter((event) -> event.testing() == given.isTesting())
						.filter((event) -> isWorthResuming(event, given))
						.filter((event) -> isAbout(event, identity))
						.map((event) -> this.crashRecovery.lastAttempt(event).getJobParameters())
						.orElse(null));
			if (resumed != null && (resumed.isRunning() || resumed.getStatus() == BatchStatus.STOPPED)) {
				return resumed;
			}
		}
		return Objects.requireNonNull(launch(job, link, given.runTimestamp(), (newest, acquiredAt) -> {
			if (given.mode() != Mode.SET) {
				KeyCheck.check(link, acquiredAt, limit);
			}
			Optional<SyncEvent> last = newest.event();
			return (last.isPresent() && given.areOf(last.get())) ? restarted(last.get(), identity)
					: this.parametersFactory.complete(given, newest, limit, acquiredAt);
		}));
	}

	private JobParameters restarted(SyncEvent event, LinkIdentity identity) throws JobRestartException {
		if (event.mode() == Mode.VERIFY && event.status() == SyncEvent.Status.COMPLETED
				&& event.scopes().failed() == 0) {
			throw new JobRestartException(
					"Link '%s': event %d has compared everything, so there is nothing to restart. Verify the Link again"
						.formatted(event.link(), event.id()));
		}
		if (event.mode() != Mode.SET) {
			RunParametersFactory.checkUnchanged(event.link(), event.id(),
					this.events.parameters(event.id()).orElse(null), identity);
		}
		return this.crashRecovery.lastAttempt(event).getJobParameters();
	}

	/** Whether a crashed run has the Link's current source and target. */
	private boolean isAbout(SyncEvent event, LinkIdentity identity) {
		try {
			RunParametersFactory.checkUnchanged(event.link(), event.id(),
					this.events.parameters(event.id()).orElse(null), identity);
			return true;
		}
		catch (LinkChangedException ex) {
			logger.warn("Event {} crashed and is not resumed: {}", event.id(), ex.getMessage());
			return false;
		}
	}

	/**
	 * Whether a crashed run may be resumed. A resumed run does not consume the slot that
	 * triggered it. Without a limit, a run that kills its process would be resumed for
	 * that slot forever.
	 */
	private static boolean isWorthResuming(SyncEvent crashed, GivenParameters given) {
		return given.slot() == null || CrashRecovery.hasAttemptsLeft(crashed);
	}

	/**
	 * Acquires the lease and starts the chosen run, or nothing if the choice is null. A
	 * given run timestamp may be that of an instance whose process died before an attempt
	 * of it was stored, which is not among the runs.
	 */
	private @Nullable JobExecution launch(Job job, Link link, @Nullable Instant givenTimestamp, Choice choice)
			throws JobExecutionAlreadyRunningException, JobRestartException, JobInstanceAlreadyCompleteException,
			InvalidJobParametersException {
		Lease lease = this.leases.acquire(link.name());
		ActiveRun run = null;
		boolean started = false;
		try {
			NewestRun newest = this.crashRecovery.closeNewest(lease);
			JobParameters chosen = choice.parameters(newest, lease.acquiredAt());
			if (chosen == null) {
				return null;
			}
			run = new ActiveRun(link, RunParameters.of(chosen), lease, lease.acquiredAt());
			if (run.isTesting()) {
				logger.info("Link '{}': a testing run: target, window and cursor are not changed", link.name());
			}
			if (!this.runs.add(run)) {
				throw new JobExecutionAlreadyRunningException("Link '%s': %s"
					.formatted(link.name(), this.runs.isClosed() ? "this process is ending and starts no more runs"
							: "a run that lost its lease has not ended in this process yet; check what it is waiting for"));
			}
			JobExecution execution = this.launcher.launch(job, run, chosen,
					givenTimestamp == null && newest.isBefore(run.parameters().runTimestamp()));
			// a task executor that rejects the run leaves an execution that never started
			started = execution.getStartTime() != null || execution.isRunning();
			return execution;
		}
		finally {
			if (!started) {
				if (run != null) {
					this.runs.remove(run);
				}
				lease.close();
			}
		}
	}

	/**
	 * Restarts a run.
	 * @param link the Link
	 * @param job its job
	 * @param execution an attempt of the newest run
	 * @return the execution
	 * @throws JobRestartException if the run cannot be restarted; the message says why
	 */
	JobExecution restart(Link link, Job job, JobExecution execution) throws JobRestartException {
		try {
			return start(link, job, execution.getJobParameters());
		}
		catch (JobExecutionAlreadyRunningException | JobInstanceAlreadyCompleteException
				| InvalidJobParametersException ex) {
			throw new JobRestartException(Messages.of(ex), ex);
		}
	}

	/**
	 * Stops a run with a flag that its lanes read at the end of each batch. If the run
	 * has ended, prevents the automatic replay that is to follow it.
	 * @param link the Link's name
	 * @param configured the Link; null if it is not configured in this process
	 * @param event the run's Sync Event
	 * @return false if the run is not going on and no replay is to follow it
	 */
	boolean stop(String link, @Nullable Link configured, long event) {
		return this.leases.requestStop(link, event)
				|| (configured != null && this.autoReplays.prevent(configured, event));
	}

	/** Chooses the run to start, given the newest one and when the Link was acquired. */
	private interface Choice {

		@Nullable JobParameters parameters(NewestRun newest, Instant acquiredAt)
				throws JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException;

	}

}
