package io.deltasync.notify;

import io.deltasync.link.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.reject.Rejects;
import io.deltasync.reject.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * The state of a Link for an outside monitor. Its components are its fields in JSON.
 *
 * @param link the Link's name
 * @param level how bad it is
 * @param problems why, the worst first; empty if all is well
 * @param lastSuccess the run timestamp of its newest success, or null
 */
public record LinkHealth(String link, Level level, List<String> problems, @Nullable Instant lastSuccess) {

	/**
	 * Reads the state of a Link. The cost does not depend on the length of its history.
	 * @param link the Link
	 * @param maxAge the longest time without a success; null for that of the Link, if any
	 * @param events its runs
	 * @param rejects its rejects
	 * @param now the current time
	 * @return its state
	 */
	public static LinkHealth of(Link link, @Nullable Duration maxAge, SyncEvents events, Rejects rejects, Instant now) {
		return of(LinkFacts.read(link.name(), events, rejects, now),
				(maxAge != null) ? maxAge : link.notifications().staleAfter());
	}

	static LinkHealth of(LinkFacts facts, @Nullable Duration maxAge) {
		List<String> critical = new ArrayList<>();
		List<String> warnings = new ArrayList<>();
		Instant success = facts.success();
		if (success == null) {
			((maxAge != null) ? critical : warnings).add("no run was successful yet");
		}
		else if (maxAge != null && success.isBefore(facts.now().minus(maxAge))) {
			critical.add("no success for %s, the limit is %s"
				.formatted(Formats.age(Duration.between(success, facts.now())), Formats.duration(maxAge)));
		}
		SyncEvent newest = facts.newest();
		if (newest != null && (newest.status() == Status.ABORTED || newest.status() == Status.CRASHED)) {
			critical.add("event %d %s".formatted(newest.id(), Formats.status(newest)));
		}
		else if (newest != null && newest.status() == Status.COMPLETED && !newest.success()) {
			warnings.add("event %d %s".formatted(newest.id(), Formats.status(newest)));
		}
		int holding = facts.backlog(Waiting.HOLDING).count();
		if (holding > 0) {
			warnings.add("%s %s the window".formatted(Formats.records(holding), (holding == 1) ? "holds" : "hold"));
		}
		int quarantined = facts.backlog(Waiting.QUARANTINED).count();
		if (quarantined > 0) {
			warnings.add("%s in quarantine".formatted(Formats.records(quarantined)));
		}
		Level level = !critical.isEmpty() ? Level.CRITICAL : !warnings.isEmpty() ? Level.WARNING : Level.OK;
		critical.addAll(warnings);
		return new LinkHealth(facts.link(), level, List.copyOf(critical), success);
	}

	/** How bad a state is, in the terms of Nagios. */
	public enum Level {

		/** All is well. */
		OK,

		/** Something waits for a person, but records are being moved. */
		WARNING,

		/** Records are not being moved. */
		CRITICAL

	}

}
