package io.deltasync.run.start;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.event.LinkChangedException;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunEventPublisher;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Verdict;
import io.deltasync.run.job.Acknowledgements;
import io.deltasync.run.job.LinkJob;
import io.deltasync.run.plan.AnswerLimit;
import io.deltasync.run.plan.KeyCheck;
import io.deltasync.run.retry.Messages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Starts jobs. All ways to start the job of a Link lead here: the lease is acquired, a
 * crashed run is closed, and missing parameters are completed from those of the last
 * successful run. Other jobs are started as usual.
 */
@SuppressWarnings("removal")
public class LinkJobOperator extends TaskExecutorJobOperator {

	/** The highest number of attempts of a run that is resumed automatically. */
	public static final int MOST_RESUMED_ATTEMPTS = 3;

	private static final Logger logger = LoggerFactory.getLogger(LinkJobOperator.class);

	private static final int MOST_ATTEMPTS = 10;

	private final JobRepository repository;

	private final Links links;

	private final ActiveRuns runs;

	private final Leases leases;

	private final SyncEvents events;

	private final RunStorage stores;

	private final Slots slots;

	private final RunEventPublisher published;

	private final CrashRecovery crashRecovery;

	private final ReplayResolver replays;

	private final RunParametersFactory parametersFactory;

	private final Acknowledgements acknowledgements;

	private final AutoReplays autoReplays;

	public LinkJobOperator(JobRepository repository, Links links, ActiveRuns runs, Leases leases, SyncEvents events,
			AutoReplays autoReplays, RunStorage stores, Slots slots, RunEventPublisher published) {
		this.repository = repository;
		this.links = links;
		this.runs = runs;
		this.leases = leases;
		this.events = events;
		this.autoReplays = autoReplays;
		this.stores = stores;
		this.slots = slots;
		this.published = published;
		this.crashRecovery = new CrashRecovery(repository, stores, slots, published);
		this.replays = new ReplayResolver(events, stores);
		this.parametersFactory = new RunParametersFactory(events, this.replays, autoReplays, slots, stores);
		this.acknowledgements = new Acknowledgements(events, stores);
		setJobRepository(repository);
	}

	@Override
	public JobExecution run(Job job, JobParameters parameters) throws JobExecutionAlreadyRunningException,
			JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException {
		if (!(job instanceof LinkJob)) {
			return super.run(job, parameters);
		}
		Link link = this.links.get(job.getName());
		GivenParameters given = GivenParameters.of(link, parameters);
		AnswerLimit limit = new AnswerLimit(link);
		LinkIdentity identity = limit.identity();
		boolean restarting = given.runTimestamp() != null;
		if (given.mode() == Mode.REPLAY && !restarting) {
			this.replays.find(link.name(), given.replayOf());
		}
		if (link.resumeCrashed() && given.mode() != Mode.SET && !restarting) {
			JobExecution resumed = launch(job, link,
					(newest, lease) -> newest.filter((event) -> event.status() == SyncEvent.Status.CRASHED)
						.filter((event) -> event.mode() != Mode.SET)
						.filter((event) -> event.testing() == given.isTesting())
						.filter((event) -> isWorthResuming(event, given))
						.filter((event) -> isAbout(event, identity))
						.map((event) -> parametersOf(event, lease))
						.orElse(null));
			if (resumed != null && (resumed.isRunning() || resumed.getStatus() == BatchStatus.STOPPED)) {
				return resumed;
			}
		}
		return Objects.requireNonNull(launch(job, link, (newest, lease) -> {
			if (given.mode() != Mode.SET) {
				KeyCheck.check(link, limit);
			}
			return (newest.isPresent() && given.areOf(newest.get())) ? restarted(newest.get(), lease, identity)
					: this.parametersFactory.complete(given, newest, limit);
		}));
	}

	private JobParameters restarted(SyncEvent event, Lease lease, LinkIdentity identity) throws LinkChangedException {
		if (event.mode() != Mode.SET) {
			RunParametersFactory.checkUnchanged(event.link(), event.id(),
					this.events.parameters(event.id()).orElse(null), identity);
		}
		return parametersOf(event, lease);
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
		return given.slot() == null || crashed.attempts().size() < MOST_RESUMED_ATTEMPTS;
	}

	/** Acquires the lease and starts the chosen run, or nothing if the choice is null. */
	private @Nullable JobExecution launch(Job job, Link link, Choice choice) throws JobExecutionAlreadyRunningException,
			JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException {
		Lease lease = this.leases.acquire(link.name());
		ActiveRun run = null;
		boolean started = false;
		try {
			JobParameters chosen = choice.parameters(closeCrashed(link.name(), lease), lease);
			if (chosen == null) {
				return null;
			}
			run = new ActiveRun(link, RunParameters.of(chosen), lease, this.stores.now());
			if (run.isTesting()) {
				logger.info("Link '{}': a testing run: target, window and cursor are not changed", link.name());
			}
			if (!this.runs.add(run)) {
				throw new JobExecutionAlreadyRunningException("Link '%s': %s"
					.formatted(link.name(), this.runs.isClosed() ? "this process is ending and starts no more runs"
							: "a run that lost its lease has not ended in this process yet; check what it is waiting for"));
			}
			JobExecution execution = begin(job, chosen, lease);
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
	 * Starts a job, closing steps that keep it from starting: a process that has not yet
	 * noticed that it lost its run may begin another step after all steps have been
	 * closed, and Spring Batch does not restart a run with such a step.
	 */
	private JobExecution begin(Job job, JobParameters chosen, Lease lease) throws JobExecutionAlreadyRunningException,
			JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException {
		for (int attempt = 1;; attempt++) {
			try {
				return super.run(job, chosen);
			}
			catch (JobExecutionAlreadyRunningException ex) {
				SyncEvent newest = this.events.newest(job.getName()).orElse(null);
				if (newest == null || newest.endedAt() == null || attempt == MOST_ATTEMPTS) {
					throw ex;
				}
				closeSteps(newest, lease);
			}
		}
	}

	/**
	 * Launches the job and releases the Link once everything is stored, whichever thread
	 * runs the job and however it ends.
	 */
	@Override
	protected void launchJobExecution(Job job, JobExecution execution) {
		if (job instanceof LinkJob) {
			ActiveRun run = this.runs.of(execution);
			checkHeld(execution, run.lease());
			run.lease().bindToEvent(execution.getJobInstanceId());
			takeSlot(execution, run);
		}
		super.launchJobExecution((job instanceof LinkJob) ? new Job() {

			@Override
			public String getName() {
				return job.getName();
			}

			@Override
			public void execute(JobExecution begun) throws JobInterruptedException {
				ActiveRun run = LinkJobOperator.this.runs.of(begun);
				LinkJobOperator.this.published.started(begun);
				try {
					job.execute(begun);
					LinkJobOperator.this.acknowledgements.send(run, begun);
				}
				finally {
					LinkJobOperator.this.runs.end(run);
				}
				LinkJobOperator.this.published.ended(begun, run.ending().outcome());
			}

			@Override
			public String toString() {
				return job.toString();
			}

		} : job, execution);
	}

	/**
	 * Marks the run's slot as taken. Called only after the run is stored, because a run
	 * that was not stored has not used its slot.
	 */
	private void takeSlot(JobExecution execution, ActiveRun run) {
		String link = run.link().name();
		String trigger = run.parameters().trigger();
		String slot = execution.getJobParameters().getString(RunParameters.SLOT);
		if (run.link().autoReplay() > 0) {
			// a run that is restarted may be followed by a replay once more
			this.slots.giveBack(link, AutoReplays.TRIGGER, run.parameters().runTimestamp());
		}
		if (slot != null) {
			this.slots.take(link, trigger, Instant.parse(slot));
			run.onGiveBackSlot(() -> this.slots.giveBack(link, trigger, Instant.parse(slot)));
		}
		else if (RunParameters.RECOVERY.equals(trigger)) {
			// the run that it recovers took the slot
			boolean full = run.parameters().isFull();
			run.onGiveBackSlot(() -> this.slots.giveBack(link, (cause) -> FullRuns.TRIGGER.equals(cause) == full));
		}
	}

	/**
	 * Checks that the lease is still held, and otherwise ends an execution that was
	 * stored too late: only this process knows of it.
	 */
	private void checkHeld(JobExecution execution, Lease lease) {
		try {
			this.stores.holding(lease, () -> {
			});
		}
		catch (LeaseLostException ex) {
			Verdict.lost(ex).applyTo(execution);
			execution.setEndTime(LocalDateTime.ofInstant(this.stores.now(), ZoneId.systemDefault()));
			this.repository.update(execution);
			throw ex;
		}
	}

	/** Chooses the run to start, given the newest one. */
	private interface Choice {

		@Nullable JobParameters parameters(Optional<SyncEvent> newest, Lease lease)
				throws JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException;

	}

	private Optional<SyncEvent> closeCrashed(String link, Lease lease) {
		Optional<SyncEvent> newest = this.events.newest(link);
		if (newest.isPresent() && newest.get().endedAt() == null) {
			SyncEvent.Attempt last = newest.get().attempts().get(newest.get().attempts().size() - 1);
			this.crashRecovery.close(Objects.requireNonNull(this.repository.getJobExecution(last.jobExecutionId())),
					lease);
			return this.events.newest(link);
		}
		return newest;
	}

	private JobParameters parametersOf(SyncEvent event, Lease lease) {
		return closeSteps(event, lease).getJobParameters();
	}

	/**
	 * Closes the steps of all attempts, because Spring Batch looks for the newest step of
	 * each name.
	 */
	private JobExecution closeSteps(SyncEvent event, Lease lease) {
		JobExecution last = null;
		for (SyncEvent.Attempt attempt : event.attempts()) {
			last = Objects.requireNonNull(this.repository.getJobExecution(attempt.jobExecutionId()));
			this.crashRecovery.closeSteps(last, lease);
		}
		return Objects.requireNonNull(last);
	}

	@Override
	public JobExecution restart(JobExecution execution) throws JobRestartException {
		Job job = this.jobRegistry.getJob(execution.getJobInstance().getJobName());
		if (!(job instanceof LinkJob)) {
			if (isOfLink(execution)) {
				throw new JobRestartException("Link '%s' of event %d is not configured in this process"
					.formatted(execution.getJobInstance().getJobName(), execution.getJobInstanceId()));
			}
			return super.restart(execution);
		}
		try {
			return run(job, execution.getJobParameters());
		}
		catch (JobExecutionAlreadyRunningException | JobInstanceAlreadyCompleteException
				| InvalidJobParametersException ex) {
			throw new JobRestartException(Messages.of(ex), ex);
		}
	}

	@Override
	public JobExecution startNextInstance(Job job) {
		if (!(job instanceof LinkJob)) {
			return super.startNextInstance(job);
		}
		try {
			return start(job, new JobParameters());
		}
		catch (JobExecutionAlreadyRunningException | JobRestartException | JobInstanceAlreadyCompleteException
				| InvalidJobParametersException ex) {
			throw new UnexpectedJobExecutionException(Messages.of(ex), ex);
		}
	}

	/**
	 * Stops a run with a flag that its lanes read at the end of each batch. Spring
	 * Batch's own stop is not used for the job of a Link, because it would conflict with
	 * the run, which writes to the same rows. If the run has ended, prevents the
	 * automatic replay that is to follow it.
	 */
	@Override
	public boolean stop(JobExecution execution) throws JobExecutionNotRunningException {
		JobInstance instance = execution.getJobInstance();
		if (!isOfLink(execution)) {
			return super.stop(execution);
		}
		if (!this.leases.requestStop(instance.getJobName(), instance.getId()) && !preventReplay(instance)) {
			throw new JobExecutionNotRunningException(
					"Link '%s': no run of event %d is going on, and no replay waits to follow it"
						.formatted(instance.getJobName(), instance.getId()));
		}
		return true;
	}

	private boolean preventReplay(JobInstance instance) {
		return this.jobRegistry.getJob(instance.getJobName()) instanceof LinkJob
				&& this.autoReplays.prevent(this.links.get(instance.getJobName()), instance.getId());
	}

	/**
	 * Whether an execution belongs to a Link. The parameters decide if the Link is not
	 * configured in this process.
	 */
	private boolean isOfLink(JobExecution execution) {
		Job job = this.jobRegistry.getJob(execution.getJobInstance().getJobName());
		JobParameters parameters = execution.getJobParameters();
		return job instanceof LinkJob || (job == null && parameters.getParameter(RunParameters.RUN_TIMESTAMP) != null
				&& parameters.getParameter(RunParameters.MODE) != null
				&& parameters.getParameter(RunParameters.TRIGGER) != null);
	}

	/**
	 * Closes a run whose process died, as the next start of its Link would. The newest
	 * run can then be restarted. A run that has ended is not changed.
	 * @throws UnexpectedJobExecutionException if a live run holds the Link; the message
	 * says which one and since when
	 */
	@Override
	public JobExecution recover(JobExecution execution) {
		if (!isOfLink(execution)) {
			return super.recover(execution);
		}
		try (Lease lease = this.leases.acquire(execution.getJobInstance().getJobName())) {
			JobExecution stored = Objects.requireNonNull(this.repository.getJobExecution(execution.getId()));
			lease.bindToEvent(stored.getJobInstanceId());
			if (stored.isRunning()) {
				this.crashRecovery.close(stored, lease);
			}
			this.crashRecovery.closeSteps(stored, lease);
			return stored;
		}
		catch (LinkBusyException ex) {
			throw new UnexpectedJobExecutionException("Execution %d of event %d cannot be recovered: %s"
				.formatted(execution.getId(), execution.getJobInstanceId(), ex.getMessage()), ex);
		}
	}

}
