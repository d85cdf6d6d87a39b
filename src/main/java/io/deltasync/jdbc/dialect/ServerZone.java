package io.deltasync.jdbc.dialect;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A zone that a database's sessions have.
 *
 * @param name its name at the database
 * @param remedy the same zone as a configuration names it
 * @param offsets how far it is ahead of UTC, in seconds, at the times that were asked
 * for; empty when the database cannot say
 */
public record ServerZone(String name, String remedy, List<Integer> offsets) {

	public boolean isUnknown() {
		return this.offsets.isEmpty();
	}

	/** Returns the first time at which another zone has another offset, or null. */
	public @Nullable Instant differsFrom(ZoneId zone, List<Instant> times) {
		for (int i = 0; i < this.offsets.size(); i++) {
			if (zone.getRules().getOffset(times.get(i)).getTotalSeconds() != this.offsets.get(i)) {
				return times.get(i);
			}
		}
		return null;
	}

}
