package io.deltasync.serve;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.deltasync.event.Outcome;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.lease.SlotTakenException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;

/**
 * Starts runs, each in its own thread, up to a maximum number at a time. Runs that this
 * process starts otherwise count towards that number, but are not limited by it.
 * Thread-safe.
 */
public final class Dispatcher implements RunListener {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final JobOperator operator;

	private final JobRegistry jobs;

	private final ActiveRuns live;

	private final SyncEvents events;

	private final int maxRuns;

	private final Executor threads;

	private final LinkProblems problems;

	private final Set<String> dispatched = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a dispatcher and registers it as a listener of the runs.
	 * @param operator starts runs
	 * @param jobs the jobs of the Links
	 * @param live the runs of this process
	 * @param events the stored runs
	 * @param maxRuns the maximum number of runs at a time
	 * @param problems reports runs that cannot be started
	 * @param threads the threads in which runs start
	 */
	public Dispatcher(JobOperator operator, JobRegistry jobs, ActiveRuns live, SyncEvents events, int maxRuns,
			LinkProblems problems, Executor threads) {
		this.operator = operator;
		this.jobs = jobs;
		this.live = live;
		this.events = events;
		this.maxRuns = maxRuns;
		this.problems = problems;
		this.threads = threads;
		live.addListener(this);
	}

	/**
	 * Whether this process runs a Link.
	 * @param link the Link's name
	 * @return true from the time a run is handed to a thread until it has ended
	 */
	boolean isRunning(String link) {
		return this.dispatched.contains(link) || this.live.find(link).isPresent();
	}

	/**
	 * Whether another run may start.
	 * @return false when the maximum number of runs is reached
	 */
	boolean hasRoom() {
		Set<String> running = new HashSet<>(this.live.links());
		running.addAll(this.dispatched);
		return running.size() < this.maxRuns;
	}

	/**
	 * Starts a run without waiting for it.
	 * @param link the Link's name
	 * @param parameters the job parameters of the run
	 */
	void start(String link, JobParameters parameters) {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		dispatch(link, () -> report(this.operator.start(job, parameters)));
	}

	/**
	 * Starts a run without waiting for it, and gives it up if it is refused.
	 * @param link the Link's name
	 * @param parameters the job parameters of the run
	 * @param giveUp ensures that no process tries it again
	 */
	void startOnce(String link, JobParameters parameters, Runnable giveUp) {
		Job job = Objects.requireNonNull(this.jobs.getJob(link));
		dispatch(link, () -> {
			try {
				report(this.operator.start(job, parameters));
			}
			catch (InvalidJobParametersException | RunRefusedException ex) {
				logger.warn("Link '{}': not replayed automatically: {}", link, ex.getMessage());
				giveUp.run();
			}
		});
	}

	/**
	 * Restarts a run without waiting for it.
	 * @param link the Link's name
	 * @param execution its last attempt
	 */
	void restart(String link, JobExecution execution) {
		dispatch(link, () -> report(this.operator.restart(execution)));
	}

	/**
	 * Executes work on a Link that is not running, without waiting for it.
	 * @param link the Link's name
	 * @param work the work
	 */
	void dispatch(String link, Work work) {
		this.dispatched.add(link);
		this.threads.execute(() -> {
			try {
				work.run();
				this.problems.clear(link);
			}
			catch (Throwable thrown) {
				if (!this.live.isClosed() && !isAnothersNow(thrown)) {
					this.problems.report(link, thrown);
				}
				logger.debug("Not done", thrown);
			}
			finally {
				if (this.live.find(link).isEmpty()) {
					this.dispatched.remove(link);
				}
			}
		});
	}

	/** Whether another process started a run first. */
	private static boolean isAnothersNow(Throwable thrown) {
		return thrown instanceof SlotTakenException || thrown instanceof LinkBusyException
				|| thrown.getCause() instanceof LinkBusyException;
	}

	/** Whichever thread ran it, the Link is free. */
	@Override
	public void ended(ActiveRun run) {
		this.dispatched.remove(run.link().name());
	}

	private void report(JobExecution started) {
		SyncEvent event = this.events.find(started.getJobInstanceId()).orElse(null);
		if (event == null || !event.status().ended()) {
			return;
		}
		ExitStatus ended = started.getExitStatus();
		String message = "Link '{}': event {} ended: {}: {} fetched, {} written, {} failed{}";
		Object[] arguments = { event.link(), event.id(), Outcome.words(ended.getExitCode()), event.records().fetched(),
				event.records().written(), event.records().failed(), reason(event, ended.getExitDescription()) };
		if (event.success()) {
			logger.info(message, arguments);
		}
		else {
			logger.warn(message, arguments);
		}
	}

	/** If the run lost its lease, another process has stored another reason. */
	private static String reason(SyncEvent event, String own) {
		if (event.errors().isEmpty()) {
			return "";
		}
		return "; " + ((event.status() == SyncEvent.Status.CRASHED) ? own : event.errors().get(0).message());
	}

	/** Work that is executed in its own thread. */
	interface Work {

		void run() throws Exception;

	}

}
