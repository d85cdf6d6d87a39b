package io.deltasync.console.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads the start of a window that a person has typed.
 */
final class WindowStart {

	private WindowStart() {
	}

	/**
	 * Reads a time.
	 * @param text the time in UTC; blanks around it do not matter
	 * @return the time
	 * @throws IllegalArgumentException if it is not a time; the message is for the person
	 */
	static Instant parse(String text) {
		try {
			return Instant.parse(text.strip());
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"'%s' is not a time in UTC, such as 2026-11-21T08:00:00Z".formatted(text.strip()), ex);
		}
	}

}
