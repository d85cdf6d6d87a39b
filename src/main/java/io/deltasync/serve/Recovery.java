package io.deltasync.serve;

import java.util.List;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.run.start.CrashRecovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

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

	private final CrashRecovery crashRecovery;

	private final Dispatcher dispatcher;

	/**
	 * Creates a recovery.
	 * @param events the stored runs
	 * @param crashRecovery closes runs whose process has died
	 * @param dispatcher restarts the run or starts a new one
	 */
	public Recovery(SyncEvents events, CrashRecovery crashRecovery, Dispatcher dispatcher) {
		this.events = events;
		this.crashRecovery = crashRecovery;
		this.dispatcher = dispatcher;
	}

	/**
	 * Recovers a Link. Does nothing if the maximum number of runs is reached; a later
	 * call will recover it.
	 * @param link a Link whose last lease has expired without being released
	 * @param paused whether a person has paused it: its run is stored as crashed, and
	 * neither resumed nor run again
	 */
	void recover(Link link, boolean paused) {
		SyncEvent newest = this.events.newest(link.name()).orElse(null);
		if (newest == null || newest.endedAt() != null) {
			this.dispatcher.dispatch(link.name(), () -> this.crashRecovery.release(link.name()));
		}
		else if (!paused && this.crashRecovery.isResumed(link, newest)) {
			if (this.dispatcher.hasRoom()) {
				logger.warn("Link '{}': event {} crashed and is resumed", link.name(), newest.id());
				this.dispatcher.restart(link.name(), this.crashRecovery.lastAttempt(newest));
			}
		}
		else if (!paused && isRunAgain(link, newest)) {
			if (this.dispatcher.hasRoom()) {
				logger.warn("Link '{}': event {} crashed and is run again", link.name(), newest.id());
				this.dispatcher.start(link.name(),
						new JobParametersBuilder().addString(RunParameters.MODE, newest.mode().name(), false)
							.addString(RunParameters.TRIGGER, TRIGGER, false)
							.toJobParameters());
			}
		}
		else {
			this.dispatcher.dispatch(link.name(),
					() -> this.crashRecovery.recover(this.crashRecovery.lastAttempt(newest)));
		}
	}

	private static boolean isRunAgain(Link link, SyncEvent crashed) {
		return (link.schedule() != null || link.fullSchedule() != null || link.runAfter() != null)
				&& !link.resumeCrashed() && !crashed.testing()
				&& List.of(Mode.DELTA, Mode.FULL).contains(crashed.mode()) && !crashed.trigger().equals(TRIGGER);
	}

}
