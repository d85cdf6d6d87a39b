package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;
import io.deltasync.run.start.AutoReplay;
import io.deltasync.run.start.AutoReplays;
import org.jspecify.annotations.Nullable;

/**
 * The trigger of a Link's {@code auto-replay}. Its slots are the run timestamps of failed
 * runs, each from the end of the wait before its replay.
 *
 * @param link the Link's name
 * @param replays the replays that are to follow
 */
record ReplayTrigger(String link, NextReplays replays) implements Trigger {

	@Override
	public String name() {
		return AutoReplays.TRIGGER;
	}

	@Override
	public String definition() {
		return AutoReplays.TRIGGER;
	}

	@Override
	public Mode mode() {
		return Mode.REPLAY;
	}

	/** A run that failed before this process came is replayed, too. */
	@Override
	public Instant beginning(Instant now) {
		return Instant.EPOCH;
	}

	@Override
	public @Nullable Instant newest(Instant after, Instant now) {
		AutoReplay due = this.replays.due(this.link, now);
		return (due != null && due.slot().isAfter(after)) ? due.slot() : null;
	}

}
