package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;
import io.deltasync.link.RunAfter;
import org.jspecify.annotations.Nullable;

/**
 * The trigger of a Link's {@code run-after}. Its slots are the run timestamps of the
 * other Link's successful runs.
 *
 * @param link the Link's name
 * @param first the Link after which it runs
 * @param successes the successful runs of that Link
 */
record ChainTrigger(String link, RunAfter first, LatestSuccesses successes) implements Trigger {

	@Override
	public String name() {
		return "run-after";
	}

	@Override
	public String definition() {
		return this.first.toString();
	}

	@Override
	public Mode mode() {
		return Mode.DELTA;
	}

	@Override
	public Instant beginning(Instant now) {
		Instant newest = this.successes.newest(this.first.link());
		return (newest != null) ? newest : Instant.EPOCH;
	}

	@Override
	public @Nullable Instant newest(Instant after, Instant now) {
		Instant newest = this.successes.newest(this.first.link());
		boolean isNew = newest != null && newest.isAfter(after);
		return (isNew && (!this.first.onlyChanges() || this.successes.changedSince(this.first.link(), after))) ? newest
				: null;
	}

}
