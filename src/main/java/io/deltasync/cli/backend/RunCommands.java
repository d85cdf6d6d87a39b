package io.deltasync.cli.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.deltasync.cli.text.Progress;
import io.deltasync.cli.text.ProgressDisplay;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.StoredExecutions;
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

	/**
	 * Creates the commands.
	 * @param operator starts and restarts runs
	 * @param jobs the jobs of the Links
	 * @param live the runs of this process
	 * @param events the stored runs
	 * @param repository the stored executions
	 */
	public RunCommands(JobOperator operator, JobRegistry jobs, ActiveRuns live, SyncEvents events,
			JobRepository repository) {
		this.repository = repository;
		this.operator = operator;
		this.jobs = jobs;
		this.live = live;
		this.events = events;
	}

	/**
	 * Runs a Link, showing its progress on a terminal.
	 * @param link the Link
	 * @param given its job parameters; missing ones are added
	 * @return the event
	 * @throws Exception any exception of the JobOperator, for example when it cannot
	 * start the run, a {@link io.deltasync.lease.LinkBusyException} when another run
	 * holds the Link
	 */
	SyncEvent run(Link link, JobParametersBuilder given) throws Exception {
		return run(link, given, COMMAND_LINE);
	}

	/**
	 * Runs a Link for a given trigger.
	 * @param link the Link
	 * @param given its job parameters; missing ones are added
	 * @param trigger the trigger of the run
	 * @return the event
	 * @throws Exception any exception of the JobOperator, for example when it cannot
	 * start the run
	 */
	SyncEvent run(Link link, JobParametersBuilder given, String trigger) throws Exception {
		Job job = Objects.requireNonNull(this.jobs.getJob(link.name()));
		JobParameters parameters = given.addString(RunParameters.TRIGGER, trigger, false).toJobParameters();
		return await(link.name(), () -> this.operator.start(job, parameters));
	}

	/**
	 * Replays a run, showing progress on a terminal.
	 * @param link the Link
	 * @param event the run
	 * @return the event of the replay
	 * @throws Exception any exception of the JobOperator, for example when there is
	 * nothing to replay, or the Link is busy
	 */
	SyncEvent replay(Link link, SyncEvent event) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.REPLAY.name(), false)
			.addString(RunParameters.REPLAY_OF, String.valueOf(event.id()), false));
	}

	/**
	 * Sets the window of a Link.
	 * @param link the Link
	 * @param start the new start of the window
	 * @return the event that records the change
	 * @throws Exception any exception of the JobOperator, for example when the time is in
	 * the future, or the Link is busy
	 */
	SyncEvent setWindow(Link link, Instant start) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.SET.name(), false)
			.addString(RunParameters.SET_TO, start.toString(), false));
	}

	/**
	 * Keeps the window of a Link although the Link has changed.
	 * @param link the Link
	 * @return the event that records the decision
	 * @throws Exception any exception of the JobOperator, for example when there is no
	 * window yet, or the Link is busy
	 */
	SyncEvent keepWindow(Link link) throws Exception {
		return run(link, new JobParametersBuilder().addString(RunParameters.MODE, Mode.SET.name(), false)
			.addString(RunParameters.KEEP, "true", false));
	}

	/**
	 * Restarts a run, showing its progress on a terminal.
	 * @param event the run
	 * @return the event
	 * @throws Exception any exception of the JobOperator, for example when it cannot be
	 * restarted
	 */
	SyncEvent restart(SyncEvent event) throws Exception {
		return await(event.link(), () -> this.operator.restart(execution(event)));
	}

	/**
	 * Asks a run to stop.
	 * @param event the run
	 * @throws Exception any exception of the JobOperator, for example when the run is not
	 * running
	 */
	void stop(SyncEvent event) throws Exception {
		this.operator.stop(execution(event));
	}

	private JobExecution execution(SyncEvent event) {
		return StoredExecutions.last(this.repository, event).orElseThrow(() -> new UnknownEventException(event.id()));
	}

	@SuppressWarnings("try")
	private SyncEvent await(String link, Callable<JobExecution> start) throws Exception {
		long event;
		try (ProgressDisplay display = ProgressDisplay.of(() -> Progress.of(this.live.find(link)))) {
			event = start.call().getJobInstanceId();
			// a host application may have configured an asynchronous executor
			Optional<ActiveRun> run = this.live.find(link);
			if (run.isPresent()) {
				run.get().awaitEnd(FOREVER);
			}
		}
		return this.events.find(event).orElseThrow();
	}

}
