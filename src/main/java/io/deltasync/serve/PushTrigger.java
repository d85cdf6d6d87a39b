package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The trigger of a Link that is pushed to. Its slots are the times at which requests were
 * received, and further ones as long as some of them wait.
 *
 * @param link the Link's name
 * @param backlog what waits
 */
record PushTrigger(String link, PushBacklog backlog) implements Trigger {

	private static final String NAME = "push";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String definition() {
		return NAME;
	}

	@Override
	public Mode mode() {
		return Mode.DELTA;
	}

	/** Requests from before this process came are delivered, too. */
	@Override
	public Instant beginning(Instant now) {
		return Instant.EPOCH;
	}

	@Override
	public @Nullable Instant newest(Instant after, Instant now) {
		return this.backlog.due(this.link, after, now);
	}

}
