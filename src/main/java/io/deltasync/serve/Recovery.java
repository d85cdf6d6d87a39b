package io.deltasync.serve;

import java.util.List;
import java.util.Objects;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Link;
import io.deltasync.run.start.LinkJobOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Recovers a Link whose run died with its process. Stores the run as crashed. Restarts it
 * if its Link resumes crashed runs; otherwise starts a new run if the Link has a trigger.
 * A run that repeatedly kills its process is not restarted without end: after a few
 * attempts, the next slot starts a new run.
 */
public final class Recovery {

	/** The trigger of the new run. */
	static final String TRIGGER = RunParameters.RECOVERY;

	private static final Logger logger = LoggerFactory.getLogger(Recovery.class);

	private final SyncEvents events;

	private final Leases leases;

	private final JobRepository repository;

	private final JobOperator operator;

	private final Dispatcher dispatcher;

	/**
	 * Creates a recovery.
	 * @param events the stored runs
	 * @param leases whether a process still holds a Link
	 * @param repository the stored executions
	 * @param operator recovers executions
	 * @param dispatcher restarts the run or starts a new one
	 */
	public Recovery(SyncEvents events, Leases leases, JobRepository repository, JobOperator operator,
			Dispatcher dispatcher) {
		this.events = events;
		this.leases = leases;
		this.repository = repository;
		this.operator = operator;
		this.dispatcher = dispatcher;
	}

	/**
	 * Recovers a Link. Does nothing if the maximum number of runs is reached; a later
	 * call will recover it.
	 * @param link a Link whose last lease has expired without being released
	 */
	void recover(Link link) {
		SyncEvent newest = this.events.newest(link.name()).orElse(null);
		if (newest == null || newest.endedAt() != null) {
			this.dispatcher.dispatch(link.name(), () -> release(link.name()));
		}
		else if (link.resumeCrashed() && newest.mode() != Mode.SET
				&& newest.attempts().size() < LinkJobOperator.MOST_RESUMED_ATTEMPTS) {
			if (this.dispatcher.hasRoom()) {
				logger.warn("Link '{}': event {} crashed and is resumed", link.name(), newest.id());
				this.dispatcher.restart(link.name(), execution(newest));
			}
		}
		else if (isRunAgain(link, newest)) {
			if (this.dispatcher.hasRoom()) {
				logger.warn("Link '{}': event {} crashed and is run again", link.name(), newest.id());
				this.dispatcher.start(link.name(),
						new JobParametersBuilder().addString(RunParameters.MODE, newest.mode().name(), false)
							.addString(RunParameters.TRIGGER, TRIGGER, false)
							.toJobParameters());
			}
		}
		else {
			this.dispatcher.dispatch(link.name(), () -> this.operator.recover(execution(newest)));
		}
	}

	private static boolean isRunAgain(Link link, SyncEvent crashed) {
		return (link.schedule() != null || link.fullSchedule() != null || link.runAfter() != null)
				&& !link.resumeCrashed() && !crashed.testing()
				&& List.of(Mode.DELTA, Mode.FULL).contains(crashed.mode()) && !crashed.trigger().equals(TRIGGER);
	}

	private JobExecution execution(SyncEvent event) {
		SyncEvent.Attempt last = event.attempts().get(event.attempts().size() - 1);
		return Objects.requireNonNull(this.repository.getJobExecution(last.jobExecutionId()));
	}

	/** Releases a Link whose holder died before its run was stored or after its end. */
	private void release(String link) throws LinkBusyException {
		try (Lease lease = this.leases.acquire(link)) {
			logger.debug("{} was left by a dead process", lease);
		}
	}

}
