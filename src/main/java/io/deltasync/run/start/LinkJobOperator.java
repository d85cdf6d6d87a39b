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
import io.deltasync.lease.ReplayWaits;
import io.deltasync.lease.Slots;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
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
 * Starts jobs. Whoever starts a Link's job, by whichever method, comes through here: its
 * lease is taken, a dead run is closed, and missing parameters are completed from the
 * last successful ones (DESIGN 2.1, 3.2). Other jobs start as ever.
 */
@SuppressWarnings("removal")
public class LinkJobOperator extends TaskExecutorJobOperator {

	/**
	 * How many attempts a run gets that is resumed without anybody having asked for it.
	 */
	public static final int MOST_RESUMED_ATTEMPTS = 3;

	private static final Logger logger = LoggerFactory.getLogger(LinkJobOperator.class);

	private static final int MOST_ATTEMPTS = 10;

	private final JobRepository repository;

	private final Links links;

	private final ActiveRuns runs;

	private final Leases leases;

	private final SyncEvents events;

	private final ReplayWaits replayWaits;

	private final RunStorage stores;

	private final Slots slots;

	private final CrashRecovery crashes;

	private final ReplayResolver replays;

	private final RunParametersFactory newRuns;

	private final Acknowledgements acknowledgements;

	private final AutoReplays autoReplays;

	public LinkJobOperator(JobRepository repository, Links links, ActiveRuns runs, Leases leases, SyncEvents events,
			ReplayWaits replayWaits, RunStorage stores, Slots slots) {
		this.repository = repository;
		this.links = links;
		this.runs = runs;
		this.leases = leases;
		this.events = events;
		this.replayWaits = replayWaits;
		this.stores = stores;
		this.slots = slots;
		this.crashes = new CrashRecovery(repository, stores);
		this.replays = new ReplayResolver(events, stores);
		this.newRuns = new RunParametersFactory(events, this.replays, slots, stores);
		this.acknowledgements = new Acknowledgements(events, stores);
		this.autoReplays = new AutoReplays(runs, events, this.replays, replayWaits);
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
			JobExecution resumed = launch(job, link, true,
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
		return Objects.requireNonNull(launch(job, link, false, (newest, lease) -> {
			if (given.mode() != Mode.SET) {
				KeyCheck.check(link, limit);
			}
			return (newest.isPresent() && given.areOf(newest.get())) ? restarted(newest.get(), lease, identity)
					: this.newRuns.complete(given, newest, limit);
		}));
	}

	private JobParameters restarted(SyncEvent event, Lease lease, LinkIdentity identity) throws LinkChangedException {
		if (event.mode() != Mode.SET) {
			RunParametersFactory.checkUnchanged(event.link(), event.id(),
					this.events.parameters(event.id()).orElse(null), identity);
		}
		return parametersOf(event, lease);
	}

	/** Whether a crashed run has the same source and target as the Link has now. */
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
	 * A resumed run does not take the slot that it is started for. If it kills its
	 * process each time, the slot stays due, and would have it resumed for ever.
	 */
	private static boolean isWorthResuming(SyncEvent crashed, GivenParameters given) {
		return given.slot() == null || crashed.attempts().size() < MOST_RESUMED_ATTEMPTS;
	}

	/** Takes the lease and starts what is chosen; a chosen null starts nothing. */
	private @Nullable JobExecution launch(Job job, Link link, boolean followed, Choice choice)
			throws JobExecutionAlreadyRunningException, JobRestartException, JobInstanceAlreadyCompleteException,
			InvalidJobParametersException {
		Lease lease = this.leases.acquire(link.name());
		ActiveRun run = null;
		boolean started = false;
		try {
			JobParameters chosen = choice.parameters(closeCrashed(link.name(), lease), lease);
			if (chosen == null) {
				return null;
			}
			run = new ActiveRun(link, RunParameters.of(chosen), lease, this.stores.now());
			if (followed) {
				run.noteFollowed();
			}
			if (run.isTesting()) {
				logger.info(
						"Link '{}': a testing run: the target is not changed, window and cursor stay where they are",
						link.name());
			}
			if (!this.runs.add(run)) {
				throw new JobExecutionAlreadyRunningException("Link '%s': %s"
					.formatted(link.name(), this.runs.isClosed() ? "this process is told to end and begins no more runs"
							: "a run that lost its lease has not ended in this process yet; look for what it waits for"));
			}
			JobExecution execution = begin(job, chosen, lease);
			// a task executor that refuses the run leaves an execution that never began
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
	 * A process that does not know yet that its run is dead may begin one more step of it
	 * after all have been closed, and Spring Batch restarts no run with such a step.
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
	 * Gives the Link back when all is stored, in whichever thread the run was, and
	 * whatever went wrong.
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
				try {
					job.execute(begun);
					LinkJobOperator.this.acknowledgements.tell(run, begun);
				}
				finally {
					LinkJobOperator.this.runs.end(run);
				}
				replay(job, run, begun);
			}

			@Override
			public String toString() {
				return job.toString();
			}

		} : job, execution);
	}

	/** Only now: a run that was not stored has not taken its slot. */
	private void takeSlot(JobExecution execution, ActiveRun run) {
		String link = run.link().name();
		String trigger = run.parameters().trigger();
		String slot = execution.getJobParameters().getString(RunParameters.SLOT);
		if (slot != null) {
			this.slots.take(link, trigger, Instant.parse(slot));
			run.onGivenUp(() -> this.slots.giveBack(link, trigger, Instant.parse(slot)));
		}
		else if (RunParameters.RECOVERY.equals(trigger)) {
			// the run that it takes the place of took the slot
			boolean full = run.parameters().isFull();
			run.onGivenUp(() -> this.slots.giveBack(link, (cause) -> FullRuns.TRIGGER.equals(cause) == full));
		}
	}

	/** Nobody but this process knows of an execution that was stored too late. */
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

	/**
	 * Goes on with the replays that follow a run by themselves, in its own thread:
	 * whoever waits for the run waits for them, and is told of the run.
	 */
	private void replay(Job job, ActiveRun run, JobExecution ended) {
		try {
			Optional<JobParameters> next = this.autoReplays.awaitNext(run, ended);
			if (next.isPresent()) {
				run(job, next.get());
			}
		}
		catch (Exception ex) {
			logger.warn("Event {} is not replayed by itself: {}", ended.getJobInstanceId(), Messages.of(ex));
		}
	}

	/** Which run to start, given the newest there is. */
	private interface Choice {

		@Nullable JobParameters parameters(Optional<SyncEvent> newest, Lease lease)
				throws JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException;

	}

	private Optional<SyncEvent> closeCrashed(String link, Lease lease) {
		Optional<SyncEvent> newest = this.events.newest(link);
		if (newest.isPresent() && newest.get().endedAt() == null) {
			SyncEvent.Attempt last = newest.get().attempts().get(newest.get().attempts().size() - 1);
			this.crashes.close(Objects.requireNonNull(this.repository.getJobExecution(last.jobExecutionId())), lease);
			return this.events.newest(link);
		}
		return newest;
	}

	private JobParameters parametersOf(SyncEvent event, Lease lease) {
		return closeSteps(event, lease).getJobParameters();
	}

	/** Closes those of all attempts: Spring Batch looks for the newest of each name. */
	private JobExecution closeSteps(SyncEvent event, Lease lease) {
		JobExecution last = null;
		for (SyncEvent.Attempt attempt : event.attempts()) {
			last = Objects.requireNonNull(this.repository.getJobExecution(attempt.jobExecutionId()));
			this.crashes.closeSteps(last, lease);
		}
		return Objects.requireNonNull(last);
	}

	@Override
	public JobExecution restart(JobExecution execution) throws JobRestartException {
		Job job = this.jobRegistry.getJob(execution.getJobInstance().getJobName());
		if (!(job instanceof LinkJob)) {
			if (isOfLink(execution)) {
				throw new JobRestartException("Link '%s' of event %d is not configured here"
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
	 * Stops a run by a flag that its lanes read at the end of each batch. For a Link's
	 * job Spring Batch's own stop is not used: it writes to the rows that the run is
	 * writing to, and loses. After the run, it prevents the replay that waits to follow
	 * it.
	 */
	@Override
	public boolean stop(JobExecution execution) throws JobExecutionNotRunningException {
		JobInstance instance = execution.getJobInstance();
		if (!isOfLink(execution)) {
			return super.stop(execution);
		}
		if (!this.leases.requestStop(instance.getJobName(), instance.getId())
				&& !this.replayWaits.stop(instance.getJobName(), instance.getId())) {
			throw new JobExecutionNotRunningException(
					"Link '%s': no run of event %d is going on, and no replay waits to follow it"
						.formatted(instance.getJobName(), instance.getId()));
		}
		return true;
	}

	/** Also of a Link that is not configured here: by its parameters then. */
	private boolean isOfLink(JobExecution execution) {
		Job job = this.jobRegistry.getJob(execution.getJobInstance().getJobName());
		JobParameters parameters = execution.getJobParameters();
		return job instanceof LinkJob || (job == null && parameters.getParameter(RunParameters.RUN_TIMESTAMP) != null
				&& parameters.getParameter(RunParameters.MODE) != null
				&& parameters.getParameter(RunParameters.TRIGGER) != null);
	}

	/**
	 * Closes a run whose process died, as the next start of its Link would. It can be
	 * restarted then, if it is the newest. A run that has ended is left as it is.
	 * @throws UnexpectedJobExecutionException while a live run holds the Link: it says
	 * which, and since when
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
				this.crashes.close(stored, lease);
			}
			this.crashes.closeSteps(stored, lease);
			return stored;
		}
		catch (LinkBusyException ex) {
			throw new UnexpectedJobExecutionException("Execution %d of event %d cannot be recovered: %s"
				.formatted(execution.getId(), execution.getJobInstanceId(), ex.getMessage()), ex);
		}
	}

}
