package io.deltasync.run.start;

import java.time.Duration;
import java.util.Optional;

import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.ReplayWaits;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Starts automatic replays after a run, up to the Link's limit; each one replays what the
 * previous one left. The Link is free in between: if another run begins, it fetches more
 * than a replay would, and no further replay follows.
 */
final class AutoReplays {

	/** The trigger of automatic replays. */
	private static final String TRIGGER = "auto-replay";

	private static final Duration LONGEST_WAIT = Duration.ofHours(1);

	private static final Logger logger = LoggerFactory.getLogger(AutoReplays.class);

	private final ActiveRuns runs;

	private final SyncEvents events;

	private final ReplayResolver replays;

	private final ReplayWaits waits;

	AutoReplays(ActiveRuns runs, SyncEvents events, ReplayResolver replays, ReplayWaits waits) {
		this.runs = runs;
		this.events = events;
		this.replays = replays;
		this.waits = waits;
	}

	/**
	 * Waits until a replay must start.
	 * @param run the run that has ended
	 * @param ended the run's execution
	 * @return the parameters of the replay; empty if no replay follows or this process is
	 * ending
	 * @throws InvalidJobParametersException if nothing that failed can be replayed, such
	 * as deletions
	 */
	Optional<JobParameters> awaitNext(ActiveRun run, JobExecution ended) throws InvalidJobParametersException {
		Link link = run.link();
		if (!isToBeReplayed(run, ended)) {
			return Optional.empty();
		}
		int before = replaysUntil(run.parameters());
		if (before >= link.autoReplay()) {
			return Optional.empty();
		}
		long event = ended.getJobInstanceId();
		// decided again when the replay begins
		this.replays.decide(this.replays.find(link.name(), String.valueOf(event)));
		Duration wait = wait(link, before);
		logger.info(
				"Link '{}': event {} was not successful; replay {} of up to {} follows in {}, unless 'stop {}' "
						+ "prevents it or another run begins",
				link.name(), event, before + 1, link.autoReplay(), wait, event);
		if (!this.waits.await(run.lease(), wait, this.runs::pause)) {
			logger.info("Link '{}': no replay follows event {}", link.name(), event);
			return Optional.empty();
		}
		return Optional.of(new JobParametersBuilder().addString(RunParameters.MODE, Mode.REPLAY.name(), false)
			.addString(RunParameters.REPLAY_OF, String.valueOf(event), false)
			.addString(RunParameters.TRIGGER, TRIGGER, false)
			.toJobParameters());
	}

	private static boolean isToBeReplayed(ActiveRun run, JobExecution ended) {
		RunParameters parameters = run.parameters();
		return run.link().autoReplay() > 0 && !run.isFollowed() && !parameters.testing()
				&& !run.lease().isStopRequested()
				&& Outcome.COMPLETED_WITH_FAILURES.name().equals(ended.getExitStatus().getExitCode())
				&& (parameters.replayed() == null || parameters.trigger().equals(TRIGGER));
	}

	private int replaysUntil(RunParameters newest) {
		int count = 0;
		RunParameters parameters = newest;
		while (parameters != null && parameters.replayed() != null && parameters.trigger().equals(TRIGGER)) {
			count++;
			parameters = this.events.parameters(parameters.replayed().event()).orElse(null);
		}
		return count;
	}

	/**
	 * Returns the wait before a replay: twice as long as the previous one, up to an hour.
	 */
	private static Duration wait(Link link, int before) {
		Duration wait = link.autoReplayAfter().multipliedBy(1L << before);
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait : LONGEST_WAIT;
	}

}
