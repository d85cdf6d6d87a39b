package io.deltasync.http.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * What all processes know about a connection. Thread-safe.
 */
interface SharedState {

	/**
	 * Replaces the tokens of a connection, while nobody else does.
	 * @param connection its name
	 * @param change returns the new tokens for the stored ones
	 * @return the new tokens, which are stored
	 * @throws HttpException if the change fails; nothing is stored
	 */
	Stored replaceTokens(String connection, Change change) throws HttpException, InterruptedException;

	/**
	 * Reserves times at which requests may be sent.
	 * @param connection its name
	 * @param interval the time between two requests
	 * @param count how many times to reserve
	 * @param longest the longest wait until the first of them
	 * @return the reservation
	 */
	Slots reserve(String connection, Duration interval, int count, Duration longest);

	/**
	 * Reserves times after the next one that is free.
	 * @param now the current time
	 * @param next the next one that is free, in microseconds since 1970
	 */
	static Slots slots(Instant now, long next, Duration interval, int count, Duration longest) {
		long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
		long first = Math.max(micros, next);
		Duration wait = Duration.of(first - micros, ChronoUnit.MICROS);
		boolean tooLong = wait.compareTo(longest) > 0;
		return new Slots(wait, tooLong ? 0 : count, tooLong ? next : first + count * interval.toNanos() / 1000);
	}

	/**
	 * Reserved times.
	 *
	 * @param delay the time until the first one
	 * @param count how many there are; 0 if the delay is too long and nothing is reserved
	 * @param next the time after them, in microseconds since 1970
	 */
	record Slots(Duration delay, int count, long next) {

	}

	/**
	 * Stored tokens.
	 *
	 * @param configured a digest of the configuration that they come from; null if there
	 * are none
	 * @param tokens the encrypted tokens; null if there are none
	 */
	record Stored(@Nullable String configured, @Nullable String tokens) {

	}

	/** A change of stored tokens. */
	interface Change {

		Stored of(Stored stored) throws HttpException, InterruptedException;

	}

}
