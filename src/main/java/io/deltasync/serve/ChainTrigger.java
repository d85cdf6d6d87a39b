package io.deltasync.serve;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A Link's {@code run-after}. Its slots are the run timestamps of the successful runs of
 * the other Link.
 *
 * @param link the Link's name
 * @param first the name of the Link that it runs after
 * @param successes when that one was successful
 */
record ChainTrigger(String link, String first, Successes successes) implements Trigger {

	@Override
	public String name() {
		return "run-after";
	}

	@Override
	public String definition() {
		return this.first;
	}

	@Override
	public Instant beginning(Instant now) {
		Instant newest = this.successes.newest(this.first);
		return (newest != null) ? newest : Instant.EPOCH;
	}

	@Override
	public @Nullable Instant newest(Instant after, Instant now) {
		Instant newest = this.successes.newest(this.first);
		return (newest != null && newest.isAfter(after)) ? newest : null;
	}

}
