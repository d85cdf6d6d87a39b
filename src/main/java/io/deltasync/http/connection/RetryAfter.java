package io.deltasync.http.connection;

import java.time.Duration;
import java.time.Instant;

import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Retry-After}, and headers that say when a limit ends.
 */
final class RetryAfter {

	private static final Duration LONGEST = Duration.ofDays(30);

	/** Less are seconds, until the year 5138. */
	private static final long FIRST_MILLIS = 100_000_000_000L;

	private RetryAfter() {
	}

	/**
	 * Returns how long a server asks to wait.
	 * @param value the header: seconds, or a date by the server's clock
	 * @param serverTime the server's time, which is the date's measure; null if unknown
	 * @param now the time of this machine
	 * @return the wait, one second or more; null if the header is missing or malformed
	 */
	static @Nullable Duration of(@Nullable String value, @Nullable Instant serverTime, Instant now) {
		if (value == null) {
			return null;
		}
		String text = value.strip();
		if (text.matches("\\d{1,9}")) {
			return bounded(Duration.ofSeconds(Long.parseLong(text)));
		}
		Instant date = DateUtils.parseStandardDate(text);
		return (date != null) ? bounded(Duration.between((serverTime != null) ? serverTime : now, date)) : null;
	}

	/**
	 * Returns the wait until a limit ends.
	 * @param value the header: seconds from now, seconds or milliseconds since 1970, or a
	 * date
	 * @param serverTime the server's time; null if unknown
	 * @param now the time of this machine
	 * @return the wait, one second or more; null if the header is missing or malformed
	 */
	static @Nullable Duration ofReset(@Nullable String value, @Nullable Instant serverTime, Instant now) {
		if (value == null || !value.strip().matches("\\d{10,13}(\\.\\d+)?")) {
			return of(value, serverTime, now);
		}
		long number = Long.parseLong(value.strip().replaceFirst("\\..*", ""));
		Instant end = (number < FIRST_MILLIS) ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
		return bounded(Duration.between((serverTime != null) ? serverTime : now, end));
	}

	private static Duration bounded(Duration wait) {
		if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
			return Duration.ofSeconds(1);
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

}
