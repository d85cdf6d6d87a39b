package io.deltasync.mapping;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Thrown for a local time that does not exist in a zone because its clocks skip it. */
final class SkippedTimeException extends DateTimeException {

	private static final long serialVersionUID = 1L;

	private final ZoneId zone;

	SkippedTimeException(ZoneId zone) {
		super("clocks were put forward");
		this.zone = zone;
	}

	/** Returns the problem in words that follow the time. */
	String reason() {
		return "does not exist in the zone %s, where the clocks are put forward over it".formatted(this.zone);
	}

}
