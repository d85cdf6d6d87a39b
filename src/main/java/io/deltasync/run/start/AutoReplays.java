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
 * Lets replays follow a run by themselves, at most as many as its Link says, each of what
 * the one before has left. The Link is free meanwhile: another run that begins fetches
 * more than a replay would, and is the end of them.
 */
final class AutoReplays {

	/** What starts them. */
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
	 * Waits until a replay is to follow.
	 * @param run what has ended
	 * @param ended its execution
	 * @return what to start; empty when nothing is to follow any more, or this process is
	 * to end
	 * @throws InvalidJobParametersException when nothing of what failed can be replayed,
	 * such as deletions
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
				"Link '{}': event {} was not successful; replay {} of at most {} follows in {}, unless 'stop {}' "
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

	/** Each wait is twice as long as the one before. */
	private static Duration wait(Link link, int before) {
		Duration wait = link.autoReplayAfter().multipliedBy(1L << before);
		return (wait.compareTo(LONGEST_WAIT) < 0) ? wait : LONGEST_WAIT;
	}

}
