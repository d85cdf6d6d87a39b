package io.deltasync.run;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.deltasync.event.LastSuccess;
import io.deltasync.event.Lease;
import io.deltasync.event.LeaseLostException;
import io.deltasync.event.Leases;
import io.deltasync.event.LinkBusyException;
import io.deltasync.event.Mode;
import io.deltasync.event.Replayed;
import io.deltasync.event.ReplayWaits;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SlotTakenException;
import io.deltasync.event.Slots;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
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
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
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

	private static final Logger logger = LoggerFactory.getLogger(LinkJobOperator.class);

	private static final int MOST_ATTEMPTS = 10;

	private static final Set<String> KNOWN = Set.of(RunParameters.RUN_TIMESTAMP, RunParameters.MODE,
			RunParameters.TESTING, RunParameters.TRIGGER, RunParameters.REPLAY_OF, RunParameters.REWRITE,
			RunParameters.FORCE, RunParameters.SET_TO, RunParameters.SLOT);

	/** What {@link RunParameters} adds by itself, and a restart gives again. */
	private static final Set<String> ADDED = Set.of("lastSuccessful", "replayed");

	private final JobRepository repository;

	private final Links links;

	private final LiveRuns runs;

	private final Leases leases;

	private final SyncEvents events;

	private final ReplayWaits replayWaits;

	private final Stores stores;

	private final Slots slots;

	private final Crashes crashes;

	private final Replays replays;

	private final AutoReplays autoReplays;

	public LinkJobOperator(JobRepository repository, Links links, LiveRuns runs, Leases leases, SyncEvents events,
			ReplayWaits replayWaits, Stores stores, Slots slots) {
		this.repository = repository;
		this.links = links;
		this.runs = runs;
		this.leases = leases;
		this.events = events;
		this.replayWaits = replayWaits;
		this.stores = stores;
		this.slots = slots;
		this.crashes = new Crashes(repository, stores);
		this.replays = new Replays(events, stores);
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
		checkGiven(link, parameters);
		if (isReplay(parameters) && parameters.getString(RunParameters.RUN_TIMESTAMP) == null) {
			this.replays.find(link.name(), text(parameters, RunParameters.REPLAY_OF, ""));
		}
		if (link.resumeCrashed() && !isSetting(parameters)
				&& parameters.getString(RunParameters.RUN_TIMESTAMP) == null) {
			JobExecution resumed = launch(job, link, true,
					(newest, lease) -> newest.filter((event) -> event.status() == SyncEvent.Status.CRASHED)
						.filter((event) -> event.mode() != Mode.SET)
						.filter((event) -> event.testing() == isTesting(link, parameters))
						.map((event) -> parametersOf(event, lease))
						.orElse(null));
			if (resumed != null && (resumed.isRunning() || resumed.getStatus() == BatchStatus.STOPPED)) {
				return resumed;
			}
		}
		return Objects
			.requireNonNull(launch(job, link, false, (newest, lease) -> complete(link, parameters, newest, lease)));
	}

	/** Takes the lease and starts what is chosen; a chosen null starts nothing. */
	private @Nullable JobExecution launch(Job job, Link link, boolean followed, Choice choice)
			throws JobExecutionAlreadyRunningException, JobRestartException, JobInstanceAlreadyCompleteException,
			InvalidJobParametersException {
		Lease lease = this.leases.acquire(link.name());
		LiveRun run = null;
		boolean started = false;
		try {
			JobParameters chosen = choice.parameters(closeCrashed(link.name(), lease), lease);
			if (chosen == null) {
				return null;
			}
			run = new LiveRun(link, RunParameters.of(chosen), lease, this.stores.now());
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
			Lease lease = this.runs.of(execution).lease();
			checkHeld(execution, lease);
			lease.name(execution.getJobInstanceId());
			String slot = execution.getJobParameters().getString(RunParameters.SLOT);
			if (slot != null) {
				// only now: a run that was not stored has not taken it
				this.slots.take(job.getName(), text(execution.getJobParameters(), RunParameters.TRIGGER, ""),
						Instant.parse(slot));
			}
		}
		super.launchJobExecution((job instanceof LinkJob) ? new Job() {

			@Override
			public String getName() {
				return job.getName();
			}

			@Override
			public void execute(JobExecution begun) throws JobInterruptedException {
				LiveRun run = LinkJobOperator.this.runs.of(begun);
				try {
					job.execute(begun);
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
	private void replay(Job job, LiveRun run, JobExecution ended) {
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

	private JobParameters complete(Link settings, JobParameters given, Optional<SyncEvent> newest, Lease lease)
			throws JobRestartException, JobInstanceAlreadyCompleteException, InvalidJobParametersException {
		String link = settings.name();
		String timestamp = given.getString(RunParameters.RUN_TIMESTAMP);
		if (timestamp != null && newest.isPresent()) {
			Instant restarted = Instant.parse(timestamp).truncatedTo(ChronoUnit.MICROS);
			if (restarted.equals(newest.get().runTimestamp())) {
				if (settings.testing() && !newest.get().testing()) {
					throw new JobRestartException(
							("Link '%s': the run of %s (event %d) cannot be restarted: it was to change the target, "
									+ "and the Link is set to testing now. Take that out, or start a new run")
								.formatted(link, timestamp, newest.get().id()));
				}
				return parametersOf(newest.get(), lease);
			}
			if (restarted.isBefore(newest.get().runTimestamp())) {
				throw superseded(link, timestamp, newest.get());
			}
		}
		if (timestamp != null && Instant.parse(timestamp).isAfter(this.stores.now())) {
			throw new InvalidJobParametersException(("Link '%s': job parameter runTimestamp=%s is in the future: what "
					+ "changes until then would never be fetched; give a time that has passed, or leave it out")
				.formatted(link, timestamp));
		}
		String slot = given.getString(RunParameters.SLOT);
		if (slot != null && this.slots.isTaken(link, text(given, RunParameters.TRIGGER, ""), Instant.parse(slot))) {
			throw new SlotTakenException(link, slot);
		}
		LastSuccess lastSuccess = this.events.lastSuccess(link);
		Replayed replayed = isReplay(given)
				? this.replays.decide(this.replays.find(link, text(given, RunParameters.REPLAY_OF, ""))) : null;
		JobParameters parameters = new RunParameters(
				(timestamp != null) ? Instant.parse(timestamp) : runTimestamp(newest),
				Mode.valueOf(text(given, RunParameters.MODE, Mode.DELTA.name())),
				!isSetting(given) && isTesting(settings, given), text(given, RunParameters.TRIGGER, "api"), lastSuccess,
				replayed, isRewriting(given, replayed), isSet(given, RunParameters.FORCE), setTo(link, given))
			.toJobParameters();
		return (slot != null)
				? new JobParametersBuilder(parameters).addString(RunParameters.SLOT, slot, false).toJobParameters()
				: parameters;
	}

	private @Nullable Instant setTo(String link, JobParameters given) throws InvalidJobParametersException {
		String time = given.getString(RunParameters.SET_TO);
		if (time != null && Instant.parse(time).isAfter(this.stores.now())) {
			throw new InvalidJobParametersException(("Link '%s': the window cannot be set to %s, which is in the "
					+ "future: what changes until then would never be fetched; give a time that has passed")
				.formatted(link, time));
		}
		return (time != null) ? Instant.parse(time).truncatedTo(ChronoUnit.MICROS) : null;
	}

	private static JobRestartException superseded(String link, String timestamp, SyncEvent newest) {
		String why = newest.testing()
				? "the newer run of %s (event %d) was a testing one. Start a new run, which covers its window"
				: (newest.mode() == Mode.REPLAY)
						? "the replay of %s (event %d) was started since. Restart that one, or start a new run, which fetches the window again"
						: "the newer run of %s (event %d) already covers its window. Restart that one, or start a new run";
		return new JobRestartException("Link '%s': the run of %s cannot be started or restarted: %s".formatted(link,
				timestamp, why.formatted(newest.runTimestamp(), newest.id())));
	}

	private static boolean isReplay(JobParameters given) {
		return text(given, RunParameters.MODE, "").equals(Mode.REPLAY.name());
	}

	/** A Link that is set to testing is not talked out of it by a job parameter. */
	private static boolean isTesting(Link link, JobParameters given) {
		return link.testing() || isSet(given, RunParameters.TESTING);
	}

	/** What a run was to write though it is unchanged, its replay is to write as well. */
	private boolean isRewriting(JobParameters given, @Nullable Replayed replayed) {
		return isSet(given, RunParameters.REWRITE) || (replayed != null
				&& this.events.parameters(replayed.event()).map(RunParameters::rewrite).orElse(false));
	}

	private static boolean isSet(JobParameters given, String name) {
		return Boolean.parseBoolean(text(given, name, "false"));
	}

	private static boolean isSetting(JobParameters given) {
		return text(given, RunParameters.MODE, "").equals(Mode.SET.name());
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

	/** The database's clock may be set back; the order of runs must not be. */
	private Instant runTimestamp(Optional<SyncEvent> newest) {
		Instant now = this.stores.now();
		return newest.map((event) -> event.runTimestamp().plus(1, ChronoUnit.MICROS))
			.filter((next) -> next.isAfter(now))
			.orElse(now);
	}

	private static void checkGiven(Link settings, JobParameters parameters) throws InvalidJobParametersException {
		String link = settings.name();
		for (JobParameter<?> parameter : parameters) {
			if (!KNOWN.contains(parameter.name()) && ADDED.stream().noneMatch(parameter.name()::startsWith)) {
				logger.warn("Link '{}': job parameter '{}' means nothing to a Link's job and is left out; known are {}",
						link, parameter.name(), KNOWN);
			}
		}
		String mode = text(parameters, RunParameters.MODE, Mode.DELTA.name());
		if (Stream.of(Mode.values()).noneMatch((known) -> known.name().equals(mode))) {
			throw new InvalidJobParametersException("Link '%s': job parameter mode=%s is not known; use one of %s"
				.formatted(link, mode, List.of(Mode.values())));
		}
		checkReplay(settings, parameters);
		checkSet(link, parameters);
		for (String name : List.of(RunParameters.RUN_TIMESTAMP, RunParameters.SET_TO, RunParameters.SLOT)) {
			checkTime(link, name, parameters.getString(name));
		}
	}

	private static void checkTime(String link, String name, @Nullable String time)
			throws InvalidJobParametersException {
		try {
			if (time != null) {
				Instant.parse(time);
			}
		}
		catch (java.time.DateTimeException ex) {
			throw new InvalidJobParametersException(
					"Link '%s': job parameter %s=%s is not a time; give an ISO instant such as 2026-11-21T08:00:00Z, or leave it out"
						.formatted(link, name, time));
		}
	}

	private static void checkSet(String link, JobParameters parameters) throws InvalidJobParametersException {
		boolean named = parameters.getParameter(RunParameters.SET_TO) != null;
		if (isSetting(parameters) != named) {
			throw new InvalidJobParametersException(
					"Link '%s': the job parameters mode=SET and setTo=INSTANT go together; %s is missing"
						.formatted(link, named ? "mode=SET" : "setTo"));
		}
		if (named && Boolean.parseBoolean(text(parameters, RunParameters.TESTING, "false"))) {
			throw new InvalidJobParametersException(
					"Link '%s': a testing run does not set the window; leave out testing=true".formatted(link));
		}
	}

	private static void checkReplay(Link link, JobParameters parameters) throws InvalidJobParametersException {
		boolean named = parameters.getParameter(RunParameters.REPLAY_OF) != null;
		if (isReplay(parameters) != named) {
			throw new InvalidJobParametersException(
					"Link '%s': the job parameters mode=REPLAY and replayOf=EVENT go together; %s is missing"
						.formatted(link.name(), named ? "mode=REPLAY" : "replayOf"));
		}
		if (named && isTesting(link, parameters)) {
			throw new InvalidJobParametersException("Link '%s': a replay cannot be a testing run; %s".formatted(
					link.name(), link.testing() ? "take 'testing' out of the Link first" : "leave out testing=true"));
		}
	}

	private static String text(JobParameters parameters, String name, String otherwise) {
		@Nullable JobParameter<?> parameter = parameters.getParameter(name);
		return (parameter != null) ? String.valueOf(parameter.value()) : otherwise;
	}

	@Override
	public JobExecution restart(JobExecution execution) throws JobRestartException {
		Job job = this.jobRegistry.getJob(execution.getJobInstance().getJobName());
		if (!(job instanceof LinkJob)) {
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

	private boolean isOfLink(JobExecution execution) {
		String job = execution.getJobInstance().getJobName();
		return this.links.all().stream().anyMatch((link) -> link.name().equals(job));
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
			lease.name(stored.getJobInstanceId());
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
