package io.deltasync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * The only clock of a history. It stands still unless the history moves it, so what a
 * seed makes happen does not depend on how busy the machine is. Thread-safe.
 */
final class VirtualClock {

	private static final Instant BEGINNING = Instant.parse("2026-01-12T03:00:00.123456789Z");

	private volatile Instant now = BEGINNING;

	void reset() {
		this.now = BEGINNING;
	}

	Instant now() {
		return this.now;
	}

	/** As Spring Batch stores times: local, in the zone of the JVM. */
	LocalDateTime local() {
		return LocalDateTime.ofInstant(this.now, ZoneId.systemDefault());
	}

	void advance(Duration time) {
		this.now = this.now.plus(time);
	}

}
