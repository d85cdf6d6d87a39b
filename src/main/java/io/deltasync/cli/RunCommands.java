package io.deltasync.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Starts runs from the command line and waits for their end.
 */
public class RunCommands {

	static final String COMMAND_LINE = "command-line";

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final JobOperator operator;

	private final JobRegistry jobs;

	private final ActiveRuns live;

	private final SyncEvents events;

	private final JobRepository repository;

	public RunCommands(JobOperator operator, JobRegistry jobs, ActiveRuns live, SyncEvents events,
			JobRepository repository) {
		this.repository = repository;
		this.operator = operator;
		this.jobs = jobs;
		this.live = live;
		this.events = events;
	}

	/**
	 * Runs a Link, showing its progress where there is a terminal.
	 * @param link the Link
	 * @param given what its job parameters are to be; those that are missing are
	 * completed
	 * @return what became of it
	 * @throws Exception what the JobOperator throws when it cannot start the run, a
	 * {@link io.deltasync.lease.LinkBusyException} when another run holds the Link
	 */
	SyncEvent run(Link link, JobParametersBuilder given) throws Exception {
		return run(link, given, COMMAND_LINE);
	}

	/**
	 * Runs a Link for another reason than that somebody typed it.
	 * @param link the Link
	 * @param given what its job parameters are to be
	 * @param trigger what started the run
	 * @return the event
	 * @throws Exception what the JobOperator throws when it cannot start the run
	 */
	SyncEvent run(Link link, JobParametersBuilder given, String trigger) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link.name()));
		JobParameters parameters = given.addString(RunParameters.TRIGGER, trigger, false).toJobParameters();
		return await(link.name(), () -> this.operator.start(job, parameters));
	}

	/**
	 * Tries again what failed in a run, showing progress where there is a terminal.
	 * @param link the Link
	 * @param event the run
	 * @return what became of the replay
	 * @throws Exception what the JobOperator throws when there is nothing to replay, or
	 * the Link is busy
	 */
	SyncEvent replay(Link link, SyncEvent event) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.REPLAY.name(), false)
			.addString(RunParameters.REPLAY_OF, String.valueOf(event.id()), false));
	}

	/**
	 * Sets the window of a Link.
	 * @param link the Link
	 * @param start where it is to start
	 * @return the event by which it was set
	 * @throws Exception what the JobOperator throws when the time has not come yet, or
	 * the Link is busy
	 */
	SyncEvent setWindow(Link link, Instant start) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.SET.name(), false)
			.addString(RunParameters.SET_TO, start.toString(), false));
	}

	/**
	 * Keeps the window of a Link although the Link has changed.
	 * @param link the Link
	 * @return the event by which it was kept
	 * @throws Exception what the JobOperator throws when there is no window yet, or the
	 * Link is busy
	 */
	SyncEvent keepWindow(Link link) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.SET.name(), false)
			.addString(RunParameters.KEEP, "true", false));
	}

	/**
	 * Goes on with a run, showing its progress where there is a terminal.
	 * @param event the run
	 * @return what became of it
	 * @throws Exception what the JobOperator throws when it cannot be restarted
	 */
	SyncEvent restart(SyncEvent event) throws Exception {
		return await(event.link(), () -> this.operator.restart(execution(event)));
	}

	/**
	 * Asks a run to stop.
	 * @param event the run
	 * @throws Exception what the JobOperator throws when it is not going on
	 */
	void stop(SyncEvent event) throws Exception {
		this.operator.stop(execution(event));
	}

	private JobExecution execution(SyncEvent event) {
		SyncEvent.Attempt last = event.attempts().get(event.attempts().size() - 1);
		return Objects.requireNonNull(this.repository.getJobExecution(last.jobExecutionId()));
	}

	@SuppressWarnings("try")
	private SyncEvent await(String link, Callable<JobExecution> start) throws Exception {
		long event;
		try (ProgressDisplay display = ProgressDisplay.of(link, this.live)) {
			event = start.call().getJobInstanceId();
			// an application may have given Spring Batch an executor that does not wait
			Optional<ActiveRun> run = this.live.find(link);
			if (run.isPresent()) {
				run.get().awaitEnd(FOREVER);
			}
		}
		return this.events.find(event).orElseThrow();
	}

}
