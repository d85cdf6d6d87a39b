package io.deltasync.config;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The times at which a Link is run automatically, its slots.
 *
 * @param cron The times, as a cron expression with the fields second, minute, hour, day
 * of month, month, day of week
 * @param zone The time zone of the expression
 */
public record Schedule(Cron cron, @DefaultValue("UTC") ZoneId zone) {

	/**
	 * Creates a schedule in UTC.
	 * @param cron the times of the slots
	 * @return the schedule
	 * @throws IllegalArgumentException if the text is not a cron expression
	 */
	public static Schedule valueOf(String cron) {
		return new Schedule(Cron.valueOf(cron), ZoneOffset.UTC);
	}

	/**
	 * Returns the latest slot of a period.
	 * @param after the beginning, not included
	 * @param until the end, included
	 * @return the slot, or null when there is none
	 */
	public @Nullable Instant newest(Instant after, Instant until) {
		if (!isFollowed(after.getEpochSecond(), until)) {
			return null;
		}
		// binary search: slots are whole seconds
		long earlier = after.getEpochSecond();
		long last = Math.max(earlier + 1, until.getEpochSecond());
		while (last - earlier > 1) {
			long middle = earlier + (last - earlier) / 2;
			if (isFollowed(middle, until)) {
				earlier = middle;
			}
			else {
				last = middle;
			}
		}
		return next(Instant.ofEpochSecond(earlier));
	}

	private boolean isFollowed(long second, Instant until) {
		Instant next = next(Instant.ofEpochSecond(second));
		return next != null && !next.isAfter(until);
	}

	/**
	 * Returns the next slot.
	 * @param after a time
	 * @return the first slot after it, or null if there is none
	 */
	public @Nullable Instant next(Instant after) {
		ZonedDateTime next = this.cron.next(after.atZone(this.zone));
		return (next != null) ? next.toInstant() : null;
	}

	@Override
	public String toString() {
		return "%s (%s)".formatted(this.cron, this.zone);
	}

}
