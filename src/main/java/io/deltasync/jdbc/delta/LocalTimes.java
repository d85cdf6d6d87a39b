package io.deltasync.jdbc.delta;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Converts bounds to local time. When clocks are set back, local times repeat and a later
 * event may have an earlier local time, so a bound in local time must be wider.
 */
final class LocalTimes {

	/** The largest change of a zone's offset, rounded up. */
	private static final int LARGEST_CHANGE_DAYS = 2;

	private final ZoneId zone;

	LocalTimes(ZoneId zone) {
		this.zone = zone;
	}

	/** Returns the earliest local time of all instants from this one on. */
	LocalDateTime earliestFrom(Instant instant) {
		ZoneRules rules = this.zone.getRules();
		LocalDateTime earliest = LocalDateTime.ofInstant(instant, this.zone);
		Instant end = instant.plus(LARGEST_CHANGE_DAYS, ChronoUnit.DAYS);
		ZoneOffsetTransition change = rules.nextTransition(instant);
		while (change != null && change.getInstant().isBefore(end)) {
			if (change.getDateTimeAfter().isBefore(earliest)) {
				earliest = change.getDateTimeAfter();
			}
			change = rules.nextTransition(change.getInstant());
		}
		return earliest;
	}

	/** Returns a local time that exceeds those of all instants before this one. */
	LocalDateTime latestBefore(Instant instant) {
		ZoneRules rules = this.zone.getRules();
		LocalDateTime latest = LocalDateTime.ofInstant(instant, this.zone);
		Instant start = instant.minus(LARGEST_CHANGE_DAYS, ChronoUnit.DAYS);
		ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
		while (change != null && change.getInstant().isAfter(start)) {
			if (change.getDateTimeBefore().isAfter(latest)) {
				latest = change.getDateTimeBefore();
			}
			change = rules.previousTransition(change.getInstant());
		}
		return latest;
	}

}
