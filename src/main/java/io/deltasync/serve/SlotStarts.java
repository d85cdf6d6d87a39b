package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.VerifyOptions;
import io.deltasync.link.Links;
import io.deltasync.run.start.AutoReplay;
import io.deltasync.run.start.AutoReplays;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Starts the runs of due slots, and remembers when. Confined to the thread of
 * {@link ServeLoop}.
 */
final class SlotStarts {

	private static final Duration REFUSED_PAUSE = Duration.ofMinutes(1);

	private final Links links;

	private final Dispatcher dispatcher;

	private final AutoReplays replays;

	private final NextReplays nextReplays;

	/** The time of the last start of each Link in this process. */
	private final Map<String, Instant> started = new HashMap<>();

	SlotStarts(Links links, Dispatcher dispatcher, AutoReplays replays, NextReplays nextReplays) {
		this.links = links;
		this.dispatcher = dispatcher;
		this.replays = replays;
		this.nextReplays = nextReplays;
	}

	/** Only an operator can resolve a refusal, so retries are rare. */
	boolean isRetryDue(String link, Instant now) {
		Instant started = this.started.get(link);
		return started == null || !now.isBefore(started.plus(REFUSED_PAUSE));
	}

	void start(Slot slot, Instant now) {
		this.started.put(slot.link(), now);
		JobParametersBuilder parameters = new JobParametersBuilder()
			.addString(RunParameters.MODE, slot.mode().name(), false)
			.addString(RunParameters.TRIGGER, slot.trigger(), false)
			.addString(RunParameters.SLOT, slot.time().toString(), false);
		if (slot.mode() == Mode.VERIFY) {
			Double sample = this.links.get(slot.link()).verify().sample();
			new VerifyOptions(sample, VerifyOptions.SETTLE, false, false, null).addTo(parameters);
		}
		if (slot.mode() == Mode.REPLAY) {
			AutoReplay replay = this.nextReplays.get(slot.link());
			parameters.addString(RunParameters.REPLAY_OF, String.valueOf(replay.event()), false);
			this.dispatcher.startOnce(slot.link(), parameters.toJobParameters(),
					() -> this.replays.giveUp(slot.link(), replay));
		}
		else {
			this.dispatcher.start(slot.link(), parameters.toJobParameters());
		}
	}

}
