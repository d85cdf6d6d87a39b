package io.deltasync.mapping;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A time that a zone's clocks skip, so that it is no point in time there. */
final class SkippedTimeException extends DateTimeException {

	private static final long serialVersionUID = 1L;

	private final ZoneId zone;

	SkippedTimeException(ZoneId zone) {
		super("clocks were put forward");
		this.zone = zone;
	}

	/** What is wrong with the time, in words that follow it. */
	String reason() {
		return "does not exist in the zone %s, where the clocks are put forward over it".formatted(this.zone);
	}

}
