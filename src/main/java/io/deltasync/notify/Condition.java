package io.deltasync.notify;

import java.time.Instant;

import io.deltasync.notice.NoticeState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a state of a Link at a given time.
 *
 * @param presence whether it exists
 * @param since since when; null unless it exists
 * @param dueAt from when people are told of it; null unless it exists
 */
record Condition(Presence presence, @Nullable Instant since, @Nullable Instant dueAt) {

	/** The state does not exist. */
	static final Condition ABSENT = new Condition(Presence.ABSENT, null, null);

	/** Nobody can tell, for example because a person stopped the run. */
	static final Condition UNKNOWN = new Condition(Presence.UNKNOWN, null, null);

	/** People are not told of the state. */
	static final Condition IGNORED = new Condition(Presence.IGNORED, null, null);

	static Condition present(Instant since, Instant dueAt) {
		return new Condition(Presence.PRESENT, since, dueAt);
	}

	/**
	 * Decides what to store and whether to tell people.
	 * @param stored what is stored; null for nothing
	 * @param now the current time
	 * @return the next step
	 */
	Step next(@Nullable NoticeState stored, Instant now) {
		boolean told = stored != null && stored.told();
		if (this.presence == Presence.UNKNOWN) {
			return new Step(stored, null);
		}
		if (this.since == null || this.dueAt == null) {
			return new Step(null, (told && this.presence == Presence.ABSENT) ? Phase.END : null);
		}
		boolean due = !this.dueAt.isAfter(now);
		if (told) {
			return due ? new Step(stored, null) : new Step(new NoticeState(this.since, this.dueAt, false), Phase.END);
		}
		return new Step(new NoticeState(this.since, this.dueAt, due), due ? Phase.BEGIN : null);
	}

	/** Whether a state exists. */
	enum Presence {

		PRESENT, ABSENT, UNKNOWN, IGNORED

	}

	/** The part of a state of which a message tells. */
	enum Phase {

		BEGIN, END

	}

	/**
	 * The next step.
	 *
	 * @param state what is stored from now on; null for nothing
	 * @param message what people are told; null for nothing
	 */
	record Step(@Nullable NoticeState state, @Nullable Phase message) {

	}

}
