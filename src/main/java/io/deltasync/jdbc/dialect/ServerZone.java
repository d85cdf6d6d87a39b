package io.deltasync.jdbc.dialect;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A time zone in which sessions of a database run.
 *
 * @param name its name in the database
 * @param remedy the same zone as written in a configuration
 * @param offsets its offsets from UTC in seconds at the requested times; empty when the
 * database does not know them
 */
public record ServerZone(String name, String remedy, List<Integer> offsets) {

	/** Whether the database does not know the offsets of the zone. */
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
