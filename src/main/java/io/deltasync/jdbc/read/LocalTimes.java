package io.deltasync.jdbc.read;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Bounds in local time. When clocks are put back, local times repeat: what happened later
 * may then bear the earlier time, so a bound in local time must reach further.
 */
final class LocalTimes {

	/** No change of a zone's offset moves clocks by more. */
	private static final int LARGEST_CHANGE_DAYS = 2;

	private final ZoneId zone;

	LocalTimes(ZoneId zone) {
		this.zone = zone;
	}

	/** The earliest local time of all instants from this one on. */
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

	/** A local time that all instants before this one stay below. */
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
